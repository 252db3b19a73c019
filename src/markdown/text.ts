import { BLOCKS } from './nesting.ts'
import { hasClass, isElement, isText, type Node, type Parent } from './tree.ts'

/** What a reader reads, in one line: entities decoded, blocks parted by spaces, without marks of footnotes and cards. */
export function textOf(parent: Parent): string {
	const parts: string[] = []
	for (const child of parent.childNodes) collect(child, parts)
	return parts.join('').replace(/\s+/g, ' ').trim()
}

function collect(node: Node, parts: string[]): void {
	if (isText(node)) parts.push(node.value)
	if (!isElement(node) || hasClass(node, 'footnote-ref') || hasClass(node, 'footnote-back') || hasClass(node, 'video'))
		return
	const parting = BLOCKS.has(node.tagName) || node.tagName === 'br' ? ' ' : ''
	parts.push(parting)
	for (const child of node.childNodes) collect(child, parts)
	parts.push(parting)
}

/** The number of words as people count them in a language: parted by its own rules, punctuation left out. */
export function countWords(text: string, locale: string): number {
	let words = 0
	for (const { isWordLike } of segmenter(locale, 'word').segment(text)) if (isWordLike) words++
	return words
}

/** The start of a text of at most `most` characters, cut between words, with … when something is left out. */
export function cutAtWord(text: string, most: number, locale: string): string {
	if (text.length <= most) return text
	const head = text.slice(0, most + 1)
	const space = head.lastIndexOf(' ')
	const end = space > 0 ? space : lastBoundary(head, locale)
	return `${text.slice(0, end).replace(/[\s.,:;!?([{«„“"'–—-]+$/u, '')}…`
}

/** For scripts without spaces: where the last word starts; for one endless word, its last whole character. */
function lastBoundary(head: string, locale: string): number {
	const word = [...segmenter(locale, 'word').segment(head)].at(-1)!.index
	return word > 0 ? word : [...segmenter(locale, 'grapheme').segment(head)].at(-1)!.index
}

const segmenters = new Map<string, Intl.Segmenter>()

function segmenter(locale: string, granularity: 'word' | 'grapheme'): Intl.Segmenter {
	const key = `${locale} ${granularity}`
	const known = segmenters.get(key) ?? new Intl.Segmenter(locale, { granularity })
	segmenters.set(key, known)
	return known
}
