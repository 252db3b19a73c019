import type { Context } from '../web/context.ts'
import { secondsToWait } from '../web/rate/rate.ts'
import { readAccount } from './account-queries.ts'
import { verifyPassword } from './password.ts'

/**
 * Whether whoever sits at the desk knows its author's password, which a form sends as `current`: asked for before what
 * opens the door is changed. Gives the key of what to tell when not.
 */
export async function currentProblem(
	ctx: Context,
	authorId: number,
	form: URLSearchParams,
): Promise<string | undefined> {
	if ((await secondsToWait(ctx.blog, 'second step', `current ${authorId}`)) > 0) return 'admin.tooOften'
	const account = await readAccount(ctx.blog.db, authorId)
	const isRight = await verifyPassword(account?.password_hash, form.get('current') ?? '')
	return isRight ? undefined : 'people.wrongCurrent'
}
