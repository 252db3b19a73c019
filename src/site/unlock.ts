import { HttpError, notFound } from '../errors.ts'
import { permalink } from '../posts/permalink.ts'
import { isSame, unlockCookie, unlockKey } from '../posts/unlock.ts'
import { readForm } from '../web/body.ts'
import type { Context } from '../web/context.ts'
import { setCookie } from '../web/cookies.ts'
import { secondsToWait } from '../web/rate/rate.ts'
import { redirect } from '../web/redirect.ts'
import { findVisible } from './post.ts'
import { postModel } from './post-model.ts'
import { answerPage } from './render.ts'

/** The password of a protected post. */
export const unlockPost = (ctx: Context) => unlock(ctx, 'post')
/** The password of a protected page. */
export const unlockPage = (ctx: Context) => unlock(ctx, 'page')

async function unlock(ctx: Context, kind: 'post' | 'page'): Promise<void> {
	const found = await findVisible(ctx, kind)
	if (!found?.password) throw found ? new HttpError(405, { Allow: 'GET, HEAD' }) : notFound()
	const form = await readForm(ctx)
	const wait = await secondsToWait(ctx.blog, 'unlock', ctx.ip)
	const refuse = async (status: number, unlockError: string) =>
		answerPage(ctx, status, 'post', await postModel(ctx, found, { unlockError }))
	if (wait > 0) {
		ctx.set('Retry-After', String(wait))
		return refuse(429, ctx.state.t('admin.tooOften'))
	}
	if (!isSame(form.get('password') ?? '', found.password)) {
		return refuse(422, ctx.state.t('post.wrongPassword'))
	}
	setCookie(ctx, unlockCookie(found), unlockKey(ctx.blog.secret, found))
	redirect(ctx, permalink(found), 303)
}
