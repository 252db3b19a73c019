import type { Db } from '../../db/schema.ts'
import { isTerm, isText } from './queries.ts'

/** Parts of addresses that are the blog's own, under a language and at the top. */
const OWN = new Set(['feed', 'page', 'search', 'comments', 'author', 'subscriptions'])
const TOP = new Set([
	...['admin', 'assets', 'media', 'avatars', 'feed', 'preview', 'trackback', 'webmention', 'micropub', 'xmlrpc'],
	...['healthz', 'readyz', 'metrics', 'robots.txt', 'sitemap.xml', 'opensearch.xml', 'rsd.xml', 'xmlrpc.php'],
	...['favicon.ico'],
])

/** Whether the blog has a page at this decoded path: a redirect from there would never be followed. */
export async function isTaken(db: Db, path: string, languages: string[]): Promise<boolean> {
	const [first = '', ...rest] = path.split('/').filter((part) => part !== '')
	if (!languages.includes(first)) return TOP.has(first) || /^sitemap-\d+\.xml$/.test(first)
	const [second = '', third = '', fourth = ''] = rest
	if (rest.length === 0 || OWN.has(second)) return true
	if (second === 'category' || second === 'tag') return isTerm(db, first, second, third)
	if (rest.length < 4 && rest.every((part) => /^\d{2}$|^\d{4}$/.test(part))) return true
	if (/^\d{4}$/.test(second) && /^\d{2}$/.test(third)) return isText(db, first, 'post', fourth)
	return isText(db, first, 'page', second)
}
