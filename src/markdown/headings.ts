import GithubSlugger from 'github-slugger'
import { safeId } from './ids.ts'
import { textOf } from './text.ts'
import { descendants, type Element, get, isBlank, type Parent, rename, rewrite, set } from './tree.ts'

/** A heading of a text. */
export interface Heading {
	/** 2 to 6. */
	level: number
	id: string
	text: string
}

/**
 * Makes room for the page's own h1: in Markdown every level moves down by one when there is an h1, in imported
 * HTML an h1 becomes an h2. Headings without text go.
 */
export function levelHeadings(root: Parent, format: 'markdown' | 'html'): void {
	const shift = format === 'markdown' && [...headingsOf(root)].some(({ tagName }) => tagName === 'h1') ? 1 : 0
	rewrite(root, (el) => {
		if (!/^h[1-6]$/.test(el.tagName)) return undefined
		rename(el, `h${Math.min(6, Math.max(2, Number(el.tagName[1]) + shift))}`)
		if (textOf(el) !== '') return undefined
		if (el.childNodes.every(isBlank)) return []
		rename(el, 'p')
		return undefined
	})
}

/** Gives ids to headings that have none, from their text, and lists the headings. */
export function nameHeadings(root: Parent): Heading[] {
	const slugger = new GithubSlugger()
	for (const el of descendants(root)) slugger.slug(get(el, 'id') ?? '')
	return [...headingsOf(root)].map((el) => {
		if (!get(el, 'id')) set(el, 'id', safeId(slugger.slug(textOf(el))))
		return { level: Number(el.tagName[1]), id: get(el, 'id')!, text: textOf(el) }
	})
}

function* headingsOf(root: Parent): Generator<Element> {
	for (const el of descendants(root)) if (/^h[1-6]$/.test(el.tagName)) yield el
}
