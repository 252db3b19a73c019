export interface Locale {
	code: string
	/** Texts by their whole key, as `responses.count_few`. */
	texts: Map<string, string>
}

const PLURAL = /_(zero|one|two|few|many|other)$/

/** Flattens the strings of a locale file. */
export function readLocale(code: string, strings: object): Locale {
	return { code, texts: new Map(flatten(strings, '')) }
}

function flatten(strings: object, prefix: string): [string, string][] {
	return Object.entries(strings).flatMap(([key, value]) =>
		value && typeof value === 'object' ? flatten(value, `${prefix}${key}.`) : [[prefix + key, String(value)]],
	)
}

/** The key that the program says: without the plural category. */
export function baseOf(key: string): string {
	return key.replace(PLURAL, '')
}

/** Keys that a language lacks, empty texts, plural categories missing or foreign to it. */
export function findGaps(locales: Locale[]): string[] {
	const plurals = new Set(
		keysOf(locales)
			.filter((key) => PLURAL.test(key))
			.map(baseOf),
	)
	const bases = [...new Set(keysOf(locales).map(baseOf))]
	return locales.flatMap(({ code, texts }) => {
		const wanted = new Set(bases.flatMap((base) => (plurals.has(base) ? formsOf(base, code) : [base])))
		const missing = [...wanted].filter((key) => !texts.has(key)).map((key) => `${code}: ${key} is missing`)
		const foreign = [...texts.keys()].filter((key) => !wanted.has(key)).map((key) => `${code}: ${key} is never chosen`)
		const empty = [...texts].filter(([, text]) => !text.trim()).map(([key]) => `${code}: ${key} is empty`)
		return [...missing, ...foreign, ...empty]
	})
}

/** Keys whose texts don't take the same variables in every language and form. */
export function findVariables(locales: Locale[]): string[] {
	const first = new Map<string, string>()
	return locales.flatMap(({ code, texts }) =>
		[...texts].flatMap(([key, text]) => {
			const variables = variablesOf(text)
			const expected = first.get(baseOf(key)) ?? variables
			first.set(baseOf(key), expected)
			return variables === expected
				? []
				: [`${code}: ${key} takes ${variables || 'nothing'}, not ${expected || 'nothing'}`]
		}),
	)
}

/** Texts with words in letters of another script, but for names that are written so everywhere. */
export function findForeignWords({ code, texts }: Locale, script: RegExp, names: string[]): string[] {
	return [...texts].flatMap(([key, text]) => {
		if (key.endsWith('.slug')) return []
		const said = text.replace(/\{\{.*?\}\}|`.*?`|<!--.*?-->|\(https?:.*?\)/g, '')
		const words = (said.match(script) ?? []).filter((word) => !names.includes(word))
		return words.map((word) => `${code}: ${key} says ${word}`)
	})
}

function keysOf(locales: Locale[]): string[] {
	return locales.flatMap(({ texts }) => [...texts.keys()])
}

function formsOf(base: string, code: string): string[] {
	return new Intl.PluralRules(code).resolvedOptions().pluralCategories.map((category) => `${base}_${category}`)
}

function variablesOf(text: string): string {
	const names = [...text.matchAll(/\{\{-?\s*([\w.]+).*?\}\}/g)].map((match) => match[1]!)
	return [...new Set(names)].sort().join(', ')
}
