import { type Addressed, permalink } from '../posts/permalink.ts'
import { isVisible } from '../posts/post.ts'
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
		const target = await targetOf(ctx, path)
		if (!target) continue
		redirect(ctx, target + rest)
		return true
	}
	return false
}

/** Where an old address leads now; what readers may not see isn't given away. */
async function targetOf({ blog }: Context, path: string): Promise<string | null | undefined> {
	const found = await findRedirect(blog.db, path)
	if (!found?.slug) return found?.target
	const translation = found as Addressed & Parameters<typeof isVisible>[0]
	const isServed = blog.config.languages.includes(translation.locale) && isVisible(translation, blog.clock())
	return isServed ? permalink(translation) : undefined
}

/** The forms in which an old address may be known, and what is to follow the new one: its feed, or a comment. */
function candidates(ctx: Context): { path: string; rest: string }[] {
	const query = queryOf(ctx)
	const path = decodeURIComponent(ctx.path)
	const reply = query.get('replytocom')
	const comment = reply && /^\d{1,15}$/.test(reply) ? `#comment-${reply}` : ''
	const lang = query.has('lang') ? `lang=${query.get('lang')}` : ''
	const names = NAMES.filter((name) => query.has(name)).map((name) => `${name}=${query.get(name)}`)
	const queries = [...names.flatMap((name) => (lang ? [`${name}&${lang}`, name] : [name])), ...(lang ? [lang] : [])]
	const post = path.replace(/comment-page-\d+\/$/, '').replace(/feed\/((rss2?|rdf|atom)\/)?$/, '')
	const isFeed = path !== post && path.includes('/feed/')
	return [
		...queries.map((query) => ({ path: `${path}?${query}`, rest: comment })),
		...(path !== '/' ? [{ path, rest: comment }] : []),
		...(post !== path ? [{ path: post, rest: isFeed ? 'feed/' : '' }] : []),
	].filter(({ path }) => !path.includes('\0'))
}
