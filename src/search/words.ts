/** A word of a text: where it stands (UTF-16 offsets) and its folded form. */
export interface Word {
	start: number
	end: number
	form: string
}

// Han and kana are written without spaces: each sign is a word, and a run of them becomes a phrase.
// Inside a word: combining marks, soft hyphens and joiners.
const WORD =
	/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\p{L}\p{N}](?:(?![\p{sc=Han}])[\p{L}\p{N}\p{M}\u00AD\u200C\u200D])*/gu
const NOT_LETTERS = /[\u0300-\u036F]|[^\p{L}\p{N}\p{M}]/gu
const LONGEST = 64

/** The words of `text` in order; everything else separates them. */
export function* readWords(text: string): Generator<Word> {
	for (const match of text.matchAll(WORD)) {
		const form = fold(match[0])
		if (form !== '') yield { start: match.index, end: match.index + match[0].length, form }
	}
}

/** One form for every way to write a word: case, ё and е, stress marks, compatibility letters; at most 64 units. */
export function fold(word: string): string {
	const lower = word.toLowerCase()
	// Nearly every word is like this, and an index folds millions.
	if (/^[a-zа-я\d]{1,64}$/.test(lower)) return lower
	const plain = word.normalize('NFKC').toLowerCase().replace(NOT_LETTERS, '').replaceAll('ё', 'е')
	return plain.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, '')
}

/**
 * What an index takes from a text: its folded words in order, up to `limit` bytes of UTF-8,
 * for a PostgreSQL tsvector holds no more than 1 MB.
 */
export function takeWords(text: string, limit: number): string[] {
	const forms: string[] = []
	let bytes = 0
	for (const { form } of readWords(text)) {
		bytes += Buffer.byteLength(form)
		if (bytes > limit) break
		forms.push(form)
	}
	return forms
}
