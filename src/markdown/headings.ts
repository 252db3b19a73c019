import GithubSlugger from 'github-slugger'
import { safeId } from './ids.ts'
import { textOf } from './text.ts'
import { descendants, type Element, get, isBlank, type Node, type Parent, rename, rewrite, set } from './tree.ts'

const HEADING = /^h[1-6]$/

/** A heading of a text. */
export interface Heading {
	/** 2 to 6. */
	level: number
	id: string
	text: string
}

/**
 * Levels from h2 (the page's own h1 is the title) without a gap: what was under a heading is one level below it,
 * whatever number it had. Headings without text go.
 */
export function levelHeadings(root: Parent): void {
	rewrite(root, dropEmptyHeading)
	const above: number[] = []
	for (const el of headingsOf(root)) {
		const level = Number(el.tagName[1])
		while (above.length > 0 && above.at(-1)! >= level) above.pop()
		rename(el, `h${Math.min(6, above.length + 2)}`)
		above.push(level)
	}
}

function dropEmptyHeading(el: Element): Node[] | undefined {
	if (!HEADING.test(el.tagName) || textOf(el) !== '') return undefined
	if (el.childNodes.every(isBlank)) return []
	rename(el, 'p')
	return undefined
}

/** Gives ids to headings that have none, from their text, and lists the headings. */
export function nameHeadings(root: Parent): Heading[] {
	const slugger = new GithubSlugger()
	for (const el of descendants(root)) slugger.slug(get(el, 'id') ?? '')
	return headingsOf(root).map((el) => {
		if (!get(el, 'id')) set(el, 'id', safeId(slugger.slug(textOf(el))))
		return { level: Number(el.tagName[1]), id: get(el, 'id')!, text: textOf(el) }
	})
}

function headingsOf(root: Parent): Element[] {
	return descendants(root).filter(({ tagName }) => HEADING.test(tagName))
}
