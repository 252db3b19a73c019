import { readWords } from './words.ts'

/** A part of a reader's query: every part must be found. */
export interface Term {
	/** Folded words that stand next to each other in this order. */
	words: string[]
	/** The last word may be only the beginning of one. */
	prefix: boolean
}

const LONGEST = 200
const MOST_WORDS = 16
const SHORTEST_PREFIX = 2
const PARTS = /"([^"]*)"?|«([^»]*)»?|[“„]([^”“]*)[”“]?|[^\s"«“„]+/g

/**
 * Reads what a reader typed: words, "phrases" and «phrases»; the last word, when it isn't quoted, is a prefix.
 * Nothing is an error: signs only separate words, and what goes beyond 200 characters or 16 words is dropped.
 */
export function parseQuery(text: string): Term[] {
	const terms: Term[] = []
	let room = MOST_WORDS
	let quoted = false
	for (const match of text.slice(0, LONGEST).matchAll(PARTS)) {
		const words = readForms(match[0]).slice(0, room)
		if (words.length === 0) continue
		terms.push({ words, prefix: false })
		room -= words.length
		quoted = match.slice(1).some((phrase) => phrase !== undefined)
	}
	const last = terms.at(-1)
	if (last && !quoted) last.prefix = last.words.at(-1)!.length >= SHORTEST_PREFIX
	return terms
}

function readForms(text: string): string[] {
	return Array.from(readWords(text), ({ form }) => form)
}
