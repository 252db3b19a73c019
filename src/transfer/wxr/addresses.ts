import { decodePercent } from '../../markdown/percent.ts'
import { twoDigits } from '../../posts/permalink.ts'
import { parseDate } from './dates.ts'
import type { WxrItem } from './types.ts'

/** Where the old blog was. */
export interface OldSite {
	/** The blog's address without a slash at the end. */
	url: string
	host: string
	/** Its folder, `/blog`, or ''. */
	folder: string
	/** What tells it from other blogs in `imports`: neither scheme nor www nor the final slash count. */
	key: string
}

/** Reads the old blog's address; one that is no address stands for itself. */
export function oldSite(address: string): OldSite {
	const url = URL.parse(address)
	const folder = url?.pathname.replace(/\/+$/, '') ?? ''
	const host = url?.host.replace(/^www\./, '') ?? ''
	return { url: address.replace(/\/+$/, ''), host, folder, key: url ? `${host}${folder}` : address.trim() }
}

/**
 * The form in which old addresses are kept and looked up: a path, percent-decoded where that gives characters, with a
 * slash at the end unless it ends in a file name, and the query as it is.
 * @example redirectKey('/2010/%d0%b0?p=1') // '/2010/а/?p=1'
 */
export function redirectKey(address: string): string {
	const [path = '', query] = address.replace(/#.*$/, '').split(/\?(.*)/s)
	const slashed = decodePath(path).replace(/\/{2,}/g, '/')
	const whole = slashed.endsWith('/') || /\.\w{1,5}$/.test(slashed) ? slashed : `${slashed}/`
	return query ? `${whole}?${query}` : whole
}

/** The key of an address of the old blog; undefined for other sites and for its front page. */
export function keyOnSite(site: OldSite, address: string): string | undefined {
	const url = URL.parse(address, `${site.url}/`)
	if (!url || url.host.replace(/^www\./, '') !== site.host) return undefined
	const key = redirectKey(url.pathname + url.search)
	return key === '/' || key === `${site.folder}/` ? undefined : key
}

/** A path of the old blog, and the same one at the root when the blog was in a folder. */
export function withFolder(site: OldSite, path: string): string[] {
	return site.folder ? [redirectKey(`${site.folder}${path}`), redirectKey(path)] : [redirectKey(path)]
}

/** The addresses at which the old blog surely showed an item. */
export function exactAddresses(site: OldSite, item: WxrItem): string[] {
	const numbers = /^\d+$/.test(item.id) ? [`/?p=${item.id}`] : []
	if (item.type === 'page') numbers.push(`/?page_id=${item.id}`)
	if (item.type === 'attachment') numbers.push(`/?attachment_id=${item.id}`)
	const written = [item.link, item.guid].flatMap((address) => (/^https?:/.test(address) ? [address] : []))
	const keys = written.flatMap((address) => keyOnSite(site, address) ?? [])
	return [...new Set([...keys, ...numbers.flatMap((path) => withFolder(site, path))])]
}

/** The addresses that other permalink structures of WordPress would give, by each of the item's slugs. */
export function likelyAddresses(site: OldSite, item: WxrItem, slugs: string[]): string[] {
	const date = parseDate(item.date)
	const paths = slugs.flatMap((slug) => {
		if (item.type === 'page' || !date) return [`/${slug}/`]
		const month = `/${String(date.year).padStart(4, '0')}/${twoDigits(date.month)}`
		return [`${month}/${twoDigits(date.day)}/${slug}/`, `${month}/${slug}/`, `/${slug}/`]
	})
	return paths.flatMap((path) => withFolder(site, path))
}

/** A slug as people read it: percent-decoded when that is possible; PostgreSQL keeps no NUL. */
export function decodeSlug(slug: string): string {
	const decoded = decodePercent(slug) ?? slug
	return decoded.includes('\0') ? slug : decoded
}

function decodePath(path: string): string {
	return path.split('/').map(decodeSlug).join('/')
}
