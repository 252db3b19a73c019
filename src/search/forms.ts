import { LRUCache } from 'lru-cache'
import { stem } from './stem.ts'

const known = new LRUCache<string, boolean>({ max: 50_000 })

/**
 * The words that an index keeps whole beside their stems, each once, for readers who typed the beginning of one:
 * "programm" has another stem than "programming", so the stem alone would not be found by it.
 */
export function formsToKeep(words: string[], locale: string): string[] {
	return [...new Set(words)].filter((word) => {
		const key = `${locale} ${word}`
		const kept = known.get(key) ?? outgrowsStem(word, locale)
		known.set(key, kept)
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
