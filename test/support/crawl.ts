import type { TestBlog } from './app.ts'
import { type Node, parseHtml } from './html.ts'

// Of the three feeds of each listing one is enough here.
const LINKS = `a[href], link[href]:not([type='application/atom+xml'], [type='application/feed+json']), img[src], script[src],
	source[src], form[action]`
/** Links to what programs send to. */
const MACHINES = /\b(webmention|pingback|trackback|micropub)\b/

interface Found {
	lang: string | undefined
	canonical: string | undefined
	alternates: [lang: string, href: string][]
	ids: Set<string>
}

/** What a crawl found. */
export interface Crawl {
	/** Pages by their paths. */
	pages: Map<string, Found>
	problems: string[]
}

/** Follows every link of every page from `/` on; `onPage` hears each page. */
export async function crawl(
	{ url, get }: TestBlog<unknown>,
	onPage: (path: string, html: string) => void = () => {},
): Promise<Crawl> {
	const pages = new Map<string, Found>()
	const problems: string[] = []
	const fragments: { from: string; to: string; id: string }[] = []
	const waiting = new Map([['/ru/', '/']])
	for (const [path, from] of waiting) {
		const { status, headers, text } = await get(path)
		if (status !== 200) problems.push(`${path} is ${status}, linked from ${from}`)
		if (status !== 200 || !headers['content-type']?.startsWith('text/html')) continue
		onPage(path, text)
		const page = parseHtml(text)
		pages.set(path, found(page))
		for (const { attributes, name } of page.$$(LINKS)) {
			if (name === 'form' && attributes.method === 'post') continue
			if (MACHINES.test(attributes.rel ?? '')) continue
			const link = URL.parse(attributes.href ?? attributes.src ?? attributes.action ?? '', url + path)
			if (link?.origin !== url) continue
			const to = link.pathname + link.search
			if (link.hash) fragments.push({ from: path, to, id: decodeURIComponent(link.hash.slice(1)) })
			if (!waiting.has(to)) waiting.set(to, path)
		}
	}
	for (const { from, to, id } of fragments) {
		if (!pages.get(to)?.ids.has(id)) problems.push(`${to} has no #${id}, linked from ${from}`)
	}
	return { pages, problems }
}

/** Pages that say of themselves what isn't so. */
export function contradictions({ pages }: Crawl, url: string): string[] {
	return [...pages].flatMap(([path, page]) => {
		const { canonical, alternates } = page
		const found: string[] = []
		const isSearch = /^\/..\/search\//.test(path)
		// Views of a conversation (`?only=`, `?reply=`) are the post itself.
		const address = url + path.split('?')[0]
		if (isSearch ? canonical : canonical !== address) found.push(`canonical of ${path} is ${canonical}`)
		for (const [lang, href] of alternates) {
			const other = pages.get(href.slice(url.length))
			if (!other) found.push(`${lang} of ${path} is ${href}, which no page links or which isn't there`)
			else if (JSON.stringify(other.alternates) !== JSON.stringify(alternates))
				found.push(`${href} doesn't name ${path}`)
			else if (lang !== 'x-default' && other.lang !== lang) found.push(`${href} isn't in ${lang}`)
		}
		if (alternates.length > 0 && !alternates.some(([, href]) => href === canonical))
			found.push(`${path} isn't its own alternate`)
		return found
	})
}

function found(page: Node): Found {
	return {
		lang: page.attributes.lang,
		canonical: page.$('link[rel=canonical]')?.attributes.href,
		alternates: page
			.$$('link[rel=alternate][hreflang]')
			.map(({ attributes }) => [attributes.hreflang!, attributes.href!]),
		ids: new Set(page.$$('[id]').map(({ attributes }) => attributes.id!)),
	}
}
