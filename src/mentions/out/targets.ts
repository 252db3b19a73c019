import { descendants, get, parse } from '../../markdown/tree.ts'
import { relsOf } from './link-header.ts'

/** How many pages one translation tells at most: the first in the order of its text. */
export const MOST = 100
const LONGEST = 2000

/** A page that is linked to. */
export interface Target {
	/** As it is linked to first, with its fragment. */
	target: string
	/** Without it. */
	page: string
	host: string
}

/**
 * The pages that a text links to and that are told of it, at most 100, in the order of the text. Not told: links with
 * `rel="nofollow"`, our own site, and front pages of sites, which speak of no one thing.
 */
export function targetsOf(html: string, source: string): Target[] {
	const own = new URL(source).host
	const targets = new Map<string, Target>()
	for (const element of descendants(parse(html))) {
		if (element.tagName !== 'a' || relsOf(get(element, 'rel')).includes('nofollow')) continue
		const target = targetOf(get(element, 'href'), source)
		if (target && target.host !== own && !targets.has(target.page)) targets.set(target.page, target)
		if (targets.size === MOST) break
	}
	return [...targets.values()]
}

function targetOf(href: string | undefined, source: string): Target | undefined {
	const url = href === undefined ? null : URL.parse(href, source)
	if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return undefined
	if ((url.pathname === '/' && url.search === '') || url.href.length > LONGEST) return undefined
	const target = url.href
	url.hash = ''
	return { target, page: url.href, host: url.host }
}
