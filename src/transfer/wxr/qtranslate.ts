const MARK = /\[:([a-z]{2})?\]|<!--:([a-z]{2})?-->|\{:([a-z]{2})?\}/g

/** A text of qTranslate taken apart; without marks `languages` is empty and every language has the whole. */
export interface Multilingual {
	/** Languages that have words of their own, in the order of the text. */
	languages: string[]
	/** The text in a language; what is outside the marks belongs to all. */
	in(language: string): string
}

/**
 * Takes apart `[:ru]…[:en]…[:]`, `<!--:ru-->…<!--:-->` and `{:ru}…{:}`.
 * @see https://github.com/qtranslate/qtranslate-xt/wiki/Multilingual-fields
 */
export function splitLanguages(text: string): Multilingual {
	const parts = partsOf(text)
	if (!parts.some(({ language }) => language)) return { languages: [], in: () => text }
	const own = parts.filter((part) => part.language && part.text.trim() !== '')
	const inLanguage = (language: string) => {
		return parts
			.filter((part) => !part.language || part.language === language)
			.map((part) => part.text)
			.join('')
	}
	return { languages: [...new Set(own.map((part) => part.language!))], in: inLanguage }
}

function partsOf(text: string): { language: string | undefined; text: string }[] {
	const parts: { language: string | undefined; text: string }[] = []
	let language: string | undefined
	let from = 0
	for (const mark of text.matchAll(MARK)) {
		parts.push({ language, text: text.slice(from, mark.index) })
		language = mark[1] ?? mark[2] ?? mark[3]
		from = mark.index + mark[0].length
	}
	parts.push({ language, text: text.slice(from) })
	return parts
}
