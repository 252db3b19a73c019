import { autop } from './autop.ts'
import { DEEPEST, nesting } from './bounds.ts'
import { cleanElements } from './elements.ts'
import {
	dropEmpty,
	type Excerpt,
	excerptBeforeMore,
	excerptOfFirstParagraph,
	manualExcerpt,
	removeMoreMarks,
} from './excerpt.ts'
import { type Heading, levelHeadings, nameHeadings } from './headings.ts'
import { cleanIds } from './ids.ts'
import { markdownToHtml, markMore } from './markdown.ts'
import { embedMedia } from './media.ts'
import { nestRightly } from './nesting.ts'
import { sanitizePost } from './sanitize.ts'
import type { RenderStrings } from './strings.ts'
import { cleanTables } from './tables.ts'
import { printable } from './tame.ts'
import { countWords, textOf } from './text.ts'
import { descendants, type Element, isText, parse, print, set } from './tree.ts'
import { typeset, typesetTitle } from './typography.ts'

export interface PostSource {
	/** What the author wrote. */
	source: string
	format: 'markdown' | 'html'
	/** Language of the text: its typography, its words. */
	locale: string
	strings: RenderStrings
	/** An excerpt written by hand, plain text. */
	manualExcerpt?: string
	/** Put before the ids of footnotes where several texts share a page. */
	idPrefix?: string
}

export interface Rendered {
	/** The whole text, safe, valid inside a <div>. */
	html: string
	/** Safe HTML without ids: up to `<!--more-->`, or the manual excerpt, or the first paragraph. */
	excerpt: string
	/** Whether the text goes on after the excerpt. */
	excerptCut: boolean
	/** Plain text in one line. */
	text: string
	words: number
	headings: Heading[]
	/** It could not be rendered: these are its words alone. */
	failed?: true
}

/**
 * Renders a text here and now, without bound on the time.
 * @throws RangeError when elements nest too deeply.
 */
export function renderDocument(input: PostSource): Rendered {
	const { locale, strings } = input
	const raw = input.format === 'markdown' ? fromMarkdown(input) : fromHtml(input.source)
	// The sanitizer has decoded the entities by now, also those of control characters.
	const root = parse(printable(sanitizePost(shallow(raw))))
	embedMedia(root, strings)
	cleanElements(root, strings)
	nestRightly(root)
	cleanTables(root, strings)
	levelHeadings(root)
	cleanIds(root)
	const more = excerptBeforeMore(root)
	removeMoreMarks(root)
	dropEmpty(root)
	const headings = nameHeadings(root)
	cleanIds(root)
	for (const el of descendants(root)) if (el.tagName === 'pre') finishPre(el)
	const text = textOf(root)
	const excerpt = byHand(input, text) ?? more ?? excerptOfFirstParagraph(root, text, locale)
	return {
		html: print(root).trim(),
		excerpt: excerpt.html.trim(),
		excerptCut: excerpt.cut,
		text,
		words: countWords(text, locale),
		headings,
	}
}

function fromMarkdown({ source, locale, strings, idPrefix = '' }: PostSource): string {
	return typeset(markdownToHtml(source, idPrefix, strings), locale)
}

/** The block editor of WordPress writes its paragraphs itself and says so in comments. */
function fromHtml(source: string): string {
	const html = source.includes('<!-- wp:') ? markMore(source) : autop(markMore(source))
	// What is left open or crossed is first read as browsers do; the sanitizer's own parser would close it too early.
	return print(parse(shallow(html)))
}

/** Long lines scroll, so the keyboard has to get there; a line end at the start would be eaten by the next parser. */
function finishPre(el: Element): void {
	set(el, 'tabindex', '0')
	for (const child of el.childNodes) {
		if (!isText(child)) return
		child.value = child.value.replace(/^\n+/, '')
		if (child.value !== '') return
	}
}

function shallow(html: string): string {
	if (nesting(html).deepest > DEEPEST) throw new RangeError('elements nest too deeply')
	return html
}

function byHand({ manualExcerpt: written = '', format, locale }: PostSource, text: string): Excerpt | undefined {
	const plain = format === 'html' ? textOf(parse(written)) : typesetTitle(written, locale)
	const html = manualExcerpt(plain)
	return html ? { html, cut: text !== '' && plain !== text } : undefined
}
