import { LRUCache } from 'lru-cache'
import { stem } from './stem.ts'

const MOST_KNOWN = 50_000
let known: LRUCache<string, boolean> | undefined

/**
 * The words that an index keeps whole beside their stems, each once, for readers who typed the beginning of one:
 * "programm" has another stem than "programming", so the stem alone would not be found by it.
 */
export function formsToKeep(words: string[], locale: string): string[] {
	// Room for so many takes time to make, and readers need none.
	known ??= new LRUCache({ max: MOST_KNOWN })
	const isKept = known
	return [...new Set(words)].filter((word) => {
		const key = `${locale} ${word}`
		const kept = isKept.get(key) ?? outgrowsStem(word, locale)
		isKept.set(key, kept)
		return kept
	})
}

function outgrowsStem(word: string, locale: string): boolean {
	const root = stem(word, locale)
	for (let length = 2; length < word.length; length++) {
		const beginning = word.slice(0, length)
		if (!root.startsWith(beginning) && stem(beginning, locale) !== root) return true
	}
	return false
}
