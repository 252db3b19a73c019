import { type Caller, findToken } from '../authors/application-queries.ts'
import { mayTouch } from '../authors/roles.ts'
import type { Entry } from '../editors/queries.ts'
import type { Context } from '../web/context.ts'
import { invalid, MicropubError } from './errors.ts'
import { findByAddress } from './find.ts'

/** The author whose token a request brings, in its header or in its form. @throws MicropubError 401, 400 */
export async function callerOf(ctx: Context, inForm?: string | null): Promise<Caller> {
	const inHeader = /^Bearer +(\S+)$/i.exec(ctx.get('Authorization'))?.[1]
	if (inHeader && inForm) throw invalid('The token must come once')
	const token = inHeader ?? inForm
	const caller = token ? await findToken(ctx.blog.db, token, ctx.blog.clock()) : undefined
	if (!caller) throw new MicropubError('unauthorized', token ? 'The token is not valid' : 'A token is missing')
	return caller
}

/** Holds a token to its scopes, of which one is enough. @throws MicropubError 403 */
export function needScope({ scopes }: Caller, ...enough: string[]): void {
	if (enough.some((scope) => scopes.includes(scope))) return
	throw new MicropubError('insufficient_scope', `The token needs the scope ${enough[0]}`, enough[0])
}

/** The post at an address, for those who may touch it. @throws MicropubError 400, 403 */
export async function entryAt(ctx: Context, caller: Caller, url: string): Promise<Entry> {
	const entry = await findByAddress(ctx.blog, url)
	if (!entry) throw invalid('There is no such post')
	if (!mayTouch(caller, entry)) throw new MicropubError('forbidden', 'The post is another author’s')
	return entry
}
