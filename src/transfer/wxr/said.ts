import type { Translate } from '../../i18n/catalog.ts'

/** A sentence of the report: a key of `locales/` and what fills it, or words of the file that stand for themselves. */
export type Said = string | { key: string; values?: Record<string, Filling> }
/** A list is said with commas. */
type Filling = Said | number | Said[]

/** A sentence to be said later, in the language of whoever reads the report. */
export function said(key: string, values?: Record<string, Filling>): Said {
	return values ? { key, values } : { key }
}

/** The sentence in the language of `t`. */
export function say(t: Translate, sentence: Said): string {
	if (typeof sentence === 'string') return sentence
	const fill = (value: Filling) =>
		typeof value === 'number'
			? value
			: Array.isArray(value)
				? value.map((one) => say(t, one)).join(', ')
				: say(t, value)
	const filled = Object.entries(sentence.values ?? {}).map(([name, value]) => [name, fill(value)])
	return t(sentence.key, Object.fromEntries(filled))
}
