import { capitalize } from './dates.ts'

const names = new Map<string, string>()

/** A language by its own name: Русский, English. */
export function languageName(code: string): string {
	const known = names.get(code)
	if (known) return known
	const name = capitalize(new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code, code)
	names.set(code, name)
	return name
}

/** A language named in another one: «английский». */
export function languageNameIn(code: string, locale: string): string {
	return new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code
}

/** Which way the language is written. */
export function direction(code: string): 'ltr' | 'rtl' {
	const known = directions.get(code) ?? (new Intl.Locale(code).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr')
	directions.set(code, known)
	return known
}

const directions = new Map<string, 'ltr' | 'rtl'>()

/** `ru_RU`, as Open Graph writes languages: with the likeliest region. */
export function regionalCode(code: string): string {
	const known = regions.get(code)
	if (known) return known
	const { language, region } = new Intl.Locale(code).maximize()
	regions.set(code, `${language}_${region}`)
	return `${language}_${region}`
}

const regions = new Map<string, string>()
