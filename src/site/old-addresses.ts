import { permalink } from '../posts/permalink.ts'
import { findRedirect } from '../posts/queries.ts'
import type { Context } from '../web/context.ts'
import { queryOf } from '../web/query.ts'
import { redirect } from '../web/redirect.ts'

/** The queries by which WordPress names things without permalinks. */
const NAMES = ['p', 'page_id', 'attachment_id', 'cat', 'tag', 'author', 'm', 'feed']

/** Leads an address of an imported blog to its new one; tells whether there was one. */
export async function oldAddress(ctx: Context): Promise<boolean> {
	if (!['GET', 'HEAD'].includes(ctx.method)) return false
	for (const { path, rest } of candidates(ctx)) {
		const found = await findRedirect(ctx.blog.db, path)
		const target = found?.slug ? permalink(found as Parameters<typeof permalink>[0]) : found?.target
		if (!target) continue
		redirect(ctx, target + rest)
		return true
	}
	return false
}

/** An old address and what is to follow the new one: its feed, or the comment it named. */
function candidates(ctx: Context): { path: string; rest: string }[] {
	const searchParams = queryOf(ctx)
	const path = decodeURI(ctx.path)
	const reply = searchParams.get('replytocom')
	const comment = reply && /^\d+$/.test(reply) ? `#comment-${reply}` : ''
	const named = NAMES.filter((name) => searchParams.has(name)).map((name) => `/?${name}=${searchParams.get(name)}`)
	const post = path.replace(/comment-page-\d+\/$/, '').replace(/feed\/((rss2?|rdf|atom)\/)?$/, '')
	const isFeed = path !== post && path.includes('/feed/')
	return [
		...(path === '/' ? named : [path]).map((path) => ({ path, rest: comment })),
		...(post !== path ? [{ path: post, rest: isFeed ? 'feed/' : '' }] : []),
	]
}
