import { parseLinkHeader } from './link-header.ts'
import { readPageLinks } from './page-links.ts'

/** A page as it was fetched. */
export interface Page {
	/** After redirects. */
	url: string
	headers: Headers
	/** Content type in lower case, without parameters. */
	type: string
	charset?: string
	body: Uint8Array
}

/** How a page takes notices, and where. */
export interface Endpoint {
	kind: 'webmention' | 'pingback'
	url: string
}

const HTML = /^(text\/html|application\/xhtml\+xml)$/

/**
 * Finds where a page takes notices: webmention by a Link header, then by the first `<link>` or `<a>` (W3C Webmention
 * 3.1.2); else pingback by X-Pingback, then by `<link>` (Pingback 1.0). Undefined when it takes none.
 */
export async function discover(page: Page): Promise<Endpoint | undefined> {
	const inHeader = parseLinkHeader(page.headers.get('link') ?? '').filter(({ rels }) => rels.includes('webmention'))
	const announced = firstOf(inHeader, page.url)
	if (announced) return { kind: 'webmention', url: announced }
	const { links, base } = HTML.test(page.type) ? await readPageLinks(textOf(page)) : { links: [] }
	const from = resolve(base ?? '', page.url) ?? page.url
	const webmention = firstOf(
		links.filter(({ rels }) => rels.includes('webmention')),
		from,
	)
	if (webmention) return { kind: 'webmention', url: webmention }
	const header = page.headers.get('x-pingback')?.trim()
	const pingback =
		(header && resolve(header, page.url)) ||
		firstOf(
			links.filter(({ tag, rels }) => tag === 'link' && rels.includes('pingback')),
			from,
		)
	return pingback ? { kind: 'pingback', url: pingback } : undefined
}

function firstOf(links: { href: string }[], base: string): string | undefined {
	return links.map(({ href }) => resolve(href, base)).find((url) => url !== undefined)
}

/** An absolute http address without a fragment. */
function resolve(href: string, base: string): string | undefined {
	const url = URL.parse(href, base)
	if (!url || !/^https?:$/.test(url.protocol)) return undefined
	url.hash = ''
	return url.href
}

function textOf({ body, charset }: Page): string {
	try {
		return new TextDecoder(charset).decode(body)
	} catch {
		return new TextDecoder().decode(body)
	}
}
