import type { Blog } from '../web/context.ts'
import { type Addressed, permalink } from './permalink.ts'
import { isVisible } from './post.ts'
import { findRedirect } from './queries.ts'

/** The queries by which WordPress names things without permalinks. */
const NAMES = ['p', 'page_id', 'attachment_id', 'cat', 'tag', 'author', 'm', 'feed']

/** An address on this site; the path is percent-decoded. */
export interface OldAddress {
	path: string
	query: URLSearchParams
}

/** The path at which an address of an imported blog is found now; undefined when nobody knows it. */
export async function findOldAddress(blog: Pick<Blog, 'db' | 'config' | 'clock'>, address: OldAddress) {
	for (const { path, rest } of candidates(address)) {
		const target = await targetOf(blog, path)
		if (target) return target + rest
	}
	return undefined
}

/** Where an old address leads now; what readers may not see isn't given away. */
async function targetOf({ db, config, clock }: Pick<Blog, 'db' | 'config' | 'clock'>, path: string) {
	const found = await findRedirect(db, path)
	if (!found?.slug) return found?.target
	const translation = found as Addressed & Parameters<typeof isVisible>[0]
	const isServed = config.languages.includes(translation.locale) && isVisible(translation, clock())
	return isServed ? permalink(translation) : undefined
}

/** The forms in which an old address may be known, and what is to follow the new one: its feed, or a comment. */
function candidates({ path, query }: OldAddress): { path: string; rest: string }[] {
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
