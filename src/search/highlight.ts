import { escapeHtml } from '../markdown/escape.ts'
import { parseQuery, type Term } from './query.ts'
import { stem } from './stem.ts'
import { readWords } from './words.ts'

interface Token {
	start: number
	end: number
	form: string
	stem: string
	/** The parts of the query this word belongs to a match of. */
	terms: number[]
}

const LONGEST_TEXT = 250_000
const MOST_MATCHES = 1000

/**
 * The title as safe HTML, what `query` found of it in <mark>.
 * @example highlightTitle('Книга & я', 'книгами', 'ru') === '<mark>Книга</mark> &amp; я'
 */
export function highlightTitle(title: string, query: string, locale: string): string {
	return mark(title, findTokens(title, parseQuery(query), locale), 0, title.length)
}

/**
 * About `length` characters of a plain text as safe HTML: the place where most of `query` was found, in <mark>,
 * or the beginning; an ellipsis stands where the text is cut, always between words.
 */
export function highlightExcerpt(text: string, query: string, locale: string, length = 240): string {
	const tokens = findTokens(text.slice(0, LONGEST_TEXT), parseQuery(query), locale)
	const { start, end } = cut(text, tokens, bestWindow(tokens, length), length)
	const before = text.slice(0, start).trim() === '' ? '' : '…'
	const after = text.slice(end).trim() === '' ? '' : '…'
	return before + mark(text, tokens, start, end) + after
}

function findTokens(text: string, terms: Term[], locale: string): Token[] {
	const tokens = Array.from(readWords(text), (word) => ({
		...word,
		stem: stem(word.form, locale),
		terms: [] as number[],
	}))
	terms.forEach((term, number) => {
		const stems = term.words.map((word) => stem(word, locale))
		for (let i = 0; i + stems.length <= tokens.length; i++) {
			if (!stems.every((_, j) => matches(tokens[i + j]!, stems, term, j))) continue
			for (let j = 0; j < stems.length; j++) tokens[i + j]!.terms.push(number)
		}
	})
	return tokens
}

function matches(token: Token, stems: string[], { words, prefix }: Term, at: number): boolean {
	if (token.stem === stems[at]) return true
	return prefix && at === words.length - 1 && token.form.startsWith(words[at]!)
}

interface Span {
	start: number
	end: number
}

/** The stretch of at most `length` characters with the most parts of the query in it, then the most matches. */
function bestWindow(tokens: Token[], length: number): Span {
	const found = tokens.filter((token) => token.terms.length > 0).slice(0, MOST_MATCHES)
	let best = { start: 0, end: 0, parts: 0, matches: 0 }
	let first = 0
	found.forEach((token, last) => {
		while (first < last && token.end - found[first]!.start > length) first++
		const inside = found.slice(first, last + 1)
		const parts = new Set(inside.flatMap(({ terms }) => terms)).size
		if (parts < best.parts || (parts === best.parts && inside.length <= best.matches)) return
		best = { start: inside[0]!.start, end: token.end, parts, matches: inside.length }
	})
	return best
}

/** Widens a window to `length` with a third of the room before it, and moves its edges to those of words. */
function cut(text: string, tokens: Token[], window: Span, length: number): Span {
	const room = Math.max(0, length - (window.end - window.start))
	const from = Math.max(0, Math.min(window.start - Math.floor(room / 3), text.length - length))
	const start = from === 0 ? 0 : tokens.find((token) => token.start >= from)!.start
	const to = start + length
	if (to >= text.length) return { start, end: text.length }
	const last = tokens.findLast((token) => token.end <= to && token.start >= start)
	return { start, end: last ? last.end : betweenCharacters(text, to) }
}

function betweenCharacters(text: string, at: number): number {
	return text.codePointAt(at - 1)! > 0xffff ? at - 1 : at
}

function mark(text: string, tokens: Token[], start: number, end: number): string {
	let html = ''
	let done = start
	for (const token of tokens) {
		if (token.terms.length === 0 || token.start < start || token.start >= end) continue
		const stop = Math.min(token.end, end)
		html += `${escapeHtml(text.slice(done, token.start))}<mark>${escapeHtml(text.slice(token.start, stop))}</mark>`
		done = stop
	}
	return html + escapeHtml(text.slice(done, end))
}
