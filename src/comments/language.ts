import { eld } from 'eld/small'

/** Shorter texts are too little to be sure of. */
const SHORTEST = 25

/** The language of a text among `languages` when it is long enough to be sure, else `fallback`. */
export function languageOf(text: string, languages: string[], fallback: string): string {
	if ([...text].length < SHORTEST) return fallback
	const found = eld.detect(text)
	return found.isReliable() && languages.includes(found.language) ? found.language : fallback
}
