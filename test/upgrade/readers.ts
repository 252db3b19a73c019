import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseHtml } from '../support/html.ts'

/** What a reader finds at an address, in whatever form it is shown. */
export interface Seen {
	path: string
	status: number
	lang?: string
	heading?: string
	text?: string
	terms?: string[]
	/** Where the same is in other languages. */
	languages?: string[]
	responses?: { id: string; name: string; text: string }[]
	location?: string
}

type Ask = (path: string) => Promise<{ status: number; text: string; location?: string }>

/** What readers of the blog at `site` find at every address of pages.json. */
export function readAll(site: string): Promise<Seen[]> {
	return readPages(async (path) => {
		const answer = await fetch(site + path, { redirect: 'manual' })
		const location = answer.headers.get('location') ?? undefined
		return { status: answer.status, text: await answer.text(), location }
	})
}

/** The same of a blog that is asked by `ask`. */
export async function readPages(ask: Ask): Promise<Seen[]> {
	const { pages } = JSON.parse(readFileSync(join(import.meta.dirname, 'pages.json'), 'utf8')) as { pages: string[] }
	const seen: Seen[] = []
	for (const path of pages) {
		const { status, text, location } = await ask(path)
		if (status !== 200) seen.push({ path, status, location: location && pathOf(location) })
		else if (path.includes('feed')) seen.push({ path, status, text: titlesOf(text) })
		else seen.push({ path, status, ...readPage(text) })
	}
	return seen
}

function readPage(html: string): Partial<Seen> {
	const page = parseHtml(html)
	const textOf = (selector: string) => page.$(selector)?.text.replace(/\s+/g, ' ').trim()
	return {
		lang: page.attributes.lang,
		heading: textOf('main h1') ?? textOf('h1'),
		text:
			textOf('.h-entry > .e-content') ??
			page
				.$$('.h-entry .p-name')
				.map(({ text }) => text.trim())
				.join(' · '),
		terms: page
			.$$('.h-entry .p-category')
			.map(({ text }) => text.trim())
			.sort(),
		languages: page
			.$$('link[rel=alternate][hreflang]')
			.map(({ attributes }) => `${attributes.hreflang} ${pathOf(attributes.href!)}`)
			.sort(),
		responses: page.$$('[id^=comment-]').map((response) => ({
			id: response.attributes.id!,
			// Who has no picture has their first letter there.
			name: (response.$('.p-author')?.text.trim() ?? '').replace(/^\p{L}\s+(?=\p{L})/u, ''),
			text: response.$('.e-content')?.text.replace(/\s+/g, ' ').trim() ?? '',
		})),
	}
}

/** The titles of a feed's entries. */
function titlesOf(xml: string): string {
	return [...xml.matchAll(/<(?:title|guid|id)[^>]*>(?:<!\[CDATA\[)?([^<\]]*)/g)]
		.map(([, title]) => pathOf(title!))
		.join(' · ')
}

/** Addresses without the machine: it is another one each time. */
function pathOf(address: string): string {
	return address.replace(/^http:\/\/localhost(:\d+)?/, '')
}
