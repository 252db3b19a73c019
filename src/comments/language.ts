/** Shorter texts are too little to be sure of. */
const SHORTEST = 25

/** The language of a text among `languages` when it is long enough to be sure, else `fallback`. */
export async function languageOf(text: string, languages: string[], fallback: string): Promise<string> {
	if (languages.length === 1 || [...text].length < SHORTEST) return fallback
	// A hundred megabytes, which only a blog that is written to needs.
	const { eld } = await import('eld/extrasmall')
	const found = eld.detect(text)
	return found.isReliable() && languages.includes(found.language) ? found.language : fallback
}
