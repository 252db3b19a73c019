import { cutAtWord, textOf } from './text.ts'
import {
	descendants,
	type Element,
	element,
	type Fragment,
	get,
	hasClass,
	isBlank,
	isElement,
	type Node,
	type Parent,
	parse,
	print,
	printElement,
	rewrite,
	set,
	shell,
	textNode,
} from './tree.ts'

const EXCERPT_LENGTH = 300
const MEDIA = new Set(['img', 'video', 'audio', 'figure', 'table', 'pre'])
const MARKS = new Set('a abbr b cite code del em i ins kbd mark q s samp small span strong sub sup u var'.split(' '))

/** The excerpt as safe HTML, and whether the text goes on after it. */
export interface Excerpt {
	html: string
	cut: boolean
}

/** What stands before `<!--more-->`; undefined when there is no such mark or nothing before it. */
export function excerptBeforeMore(root: Fragment): Excerpt | undefined {
	const mark = descendants(root).find((el) => hasClass(el, 'more-mark'))
	if (!mark) return undefined
	const start = parse('')
	start.childNodes = upTo(root.childNodes, mark).nodes
	withoutIds(start)
	dropEmpty(start)
	if (textOf(start) === '' && countMedia(start) === 0) return undefined
	return { html: print(start), cut: textOf(start) !== textOf(root) || countMedia(start) < countMedia(root) }
}

/** Takes the marks out of the text itself. */
export function removeMoreMarks(root: Parent): void {
	rewrite(root, (el) => (hasClass(el, 'more-mark') ? [] : undefined))
}

/** Drops paragraphs, links and marks of text with nothing in them. */
export function dropEmpty(root: Parent): void {
	rewrite(root, (el) => {
		const droppable = el.tagName === 'p' || (MARKS.has(el.tagName) && !get(el, 'id'))
		return droppable && el.childNodes.every(isBlank) ? (el.tagName === 'p' ? [] : el.childNodes) : undefined
	})
}

/** The first paragraph as plain text, cut at a word. */
export function excerptOfFirstParagraph(root: Fragment, text: string, locale: string): Excerpt {
	const found = descendants(root).find((el) => el.tagName === 'p' && textOf(el) !== '')
	const first = found ? textOf(found) : text
	const short = cutAtWord(first, EXCERPT_LENGTH, locale)
	return { html: short && paragraph(short), cut: short !== text || countMedia(root) > 0 }
}

/** The excerpt an author wrote by hand, as plain text, a paragraph for each empty line. */
export function manualExcerpt(text: string): string {
	const paragraphs = text.split(/\n\s*\n/).map((part) => part.replace(/[ \t\n\r]+/g, ' ').trim())
	return paragraphs.flatMap((part) => (part ? [paragraph(part)] : [])).join('\n')
}

function paragraph(text: string): string {
	return printElement(element('p', {}, textNode(text)))
}

function countMedia(root: Parent): number {
	return descendants(root).filter(({ tagName }) => MEDIA.has(tagName)).length
}

/** Copies of the nodes before the mark, open elements closed where it stands. */
function upTo(nodes: Node[], mark: Element): { nodes: Node[]; found: boolean } {
	const copies: Node[] = []
	for (const node of nodes) {
		if (node === mark) return { nodes: copies, found: true }
		if (!isElement(node)) copies.push('value' in node ? textNode(node.value) : node)
		else {
			const inside = upTo(node.childNodes, mark)
			copies.push(shell(node, inside.nodes))
			if (inside.found) return { nodes: copies, found: true }
		}
	}
	return { nodes: copies, found: false }
}

/** A listing shows many excerpts: no ids, and no links to places that only the whole text has. */
function withoutIds(root: Parent): void {
	rewrite(root, (el) => {
		set(el, 'id', undefined)
		if (hasClass(el, 'footnote-ref')) return []
		return el.tagName === 'a' && (get(el, 'href') ?? '#').startsWith('#') ? el.childNodes : undefined
	})
}
