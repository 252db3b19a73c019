import { isOn, readAddress, type Site, withoutFragment } from './address.ts'
import { blockText, excerptAround } from './excerpt.ts'
import type { Block } from './flow.ts'
import { type Entry, mayHaveEntry, readEntry } from './microformats.ts'
import { type Named, type PageTree, readTree } from './page.ts'
import { clean, titleOf } from './title.ts'

/** A page to be read for what it says about the blog. */
export interface Question {
	content: string
	type: 'html' | 'text' | 'json'
	/** Where the page is. */
	url: string
	site: Site
	/** Addresses that were named to us: these are kept whatever else the page links to. */
	wanted: string[]
}

/** A link of a page to the blog. */
export interface Link {
	url: string
	/** One that readers see and may follow. */
	isLink: boolean
	/** «[…] what is said around it […]» */
	excerpt: string
	/** The text around it, to tell its language from. */
	around: string
	/** The language that the page says it is in, or ''. */
	lang: string
}

/** What a page says about the blog. */
export interface Read {
	links: Link[]
	title: string
	/** Who wrote it, without microformats. */
	author: string
	published: string
	/** Whether microformats may tell more. */
	hasEntry: boolean
}

/** More links to the blog than this of one page aren't looked at. */
const MOST_LINKS = 200
const ADDRESSES = /https?:\/\/[^\s<>"'\\^`{|}]+/g

/** Reads a page. Runs in a thread that may be stopped. @throws Error when it can't be read */
export function read(question: Question): Read {
	return question.type === 'html' ? readHtml(question) : readPlain(question)
}

function readHtml({ content, url, site, wanted }: Question): Read {
	const page = readTree(content)
	const base = readAddress(page.base ?? '', url)?.href ?? url
	const links = chosen(ours(page.links, base, site), wanted)
	return {
		links: links.map((link) => toldOf(page, link)),
		title: titleOf({
			title: page.title,
			shared: page.meta.get('og:title') ?? '',
			site: page.meta.get('og:site_name') ?? page.meta.get('application-name') ?? '',
			headings: page.headings,
			host: new URL(url).hostname,
		}),
		author: clean(page.meta.get('author') ?? ''),
		published: page.meta.get('article:published_time') ?? '',
		hasEntry: mayHaveEntry(content),
	}
}

/** What microformats tell of a page that could be read. */
export function readMicroformats({ content, url, site }: Question): Entry | undefined {
	return readEntry(content, url, (text) => {
		const address = readAddress(text, url)
		return address !== undefined && isOn(site, address)
	})
}

/** Text and JSON name addresses as they are. */
function readPlain({ content, type, url, site, wanted }: Question): Read {
	const texts = type === 'json' ? stringsIn(JSON.parse(content)) : [content]
	const block: Block = { start: 0, end: 0, lang: '' }
	const named = texts.flatMap((text) =>
		(text.match(ADDRESSES) ?? []).map((href) => ({ href: href.replace(/[.,;:!?)\]]+$/, ''), isLink: false })),
	)
	const links = chosen(
		ours(
			named.map((link) => ({ ...link, start: 0, end: 0, block })),
			url,
			site,
		),
		wanted,
	)
	return {
		links: links.map(({ url, isLink }) => ({ url, isLink, excerpt: '', around: '', lang: '' })),
		...{ title: '', author: '', published: '', hasEntry: false },
	}
}

function stringsIn(value: unknown): string[] {
	const found: string[] = []
	const waiting = [value]
	for (let one = waiting.pop(); one !== undefined || waiting.length > 0; one = waiting.pop()) {
		if (typeof one === 'string') found.push(one)
		else if (typeof one === 'object' && one !== null) for (const inner of Object.values(one)) waiting.push(inner)
	}
	return found
}

type Ours = Named & { url: string }

function ours(links: Named[], base: string, site: Site): Ours[] {
	return links.flatMap((link) => {
		const address = readAddress(link.href, base)
		return address && isOn(site, address) ? [{ ...link, url: address.href }] : []
	})
}

/** Each address once, as a link where there is one; those named to us first. */
function chosen(links: Ours[], wanted: string[]): Ours[] {
	const byUrl = new Map<string, Ours>()
	for (const link of links) {
		const known = byUrl.get(link.url)
		if (!known || (link.isLink && !known.isLink)) byUrl.set(link.url, link)
	}
	const names = new Set(wanted)
	const isWanted = ({ url }: Ours) => Number(names.has(withoutFragment(new URL(url))))
	return [...byUrl.values()].sort((a, b) => isWanted(b) - isWanted(a)).slice(0, MOST_LINKS)
}

function toldOf({ text }: PageTree, link: Ours): Link {
	const { url, isLink, block } = link
	return { url, isLink, excerpt: excerptAround(text, link), around: blockText(text, link), lang: block.lang }
}
