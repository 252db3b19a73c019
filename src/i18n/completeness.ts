import { readdirSync, readFileSync } from 'node:fs'

/** How much of the interface a language speaks. */
export interface Completeness {
	code: string
	/** Texts it has of all that any language has; a text with plurals counts once, and only whole. */
	known: number
	total: number
	/** Keys that it lacks. */
	missing: string[]
}

const FOLDER = new URL('../../locales/', import.meta.url)
const PLURAL = /_(zero|one|two|few|many|other)$/

/** Every language that has a file of texts, by code. */
export function completenessOfAll(): Completeness[] {
	const codes = readdirSync(FOLDER)
		.filter((name) => name.endsWith('.json'))
		.map((name) => name.slice(0, -'.json'.length))
	const texts = new Map(
		codes.map((code) => [code, keysOf(JSON.parse(readFileSync(new URL(`${code}.json`, FOLDER), 'utf8')))]),
	)
	const plural = new Set(
		[...texts.values()]
			.flat()
			.filter((key) => PLURAL.test(key))
			.map(baseOf),
	)
	const all = [...new Set([...texts.values()].flat().map(baseOf))]
	return codes.sort().map((code) => {
		const own = new Set(texts.get(code))
		const missing = all.filter((key) => !formsOf(key, code, plural).every((form) => own.has(form)))
		return { code, known: all.length - missing.length, total: all.length, missing }
	})
}

function keysOf(texts: object, prefix = ''): string[] {
	return Object.entries(texts).flatMap(([key, value]) =>
		value && typeof value === 'object' ? keysOf(value, `${prefix}${key}.`) : value ? [prefix + key] : [],
	)
}

function baseOf(key: string): string {
	return key.replace(PLURAL, '')
}

function formsOf(key: string, code: string, plural: Set<string>): string[] {
	if (!plural.has(key)) return [key]
	return new Intl.PluralRules(code).resolvedOptions().pluralCategories.map((category) => `${key}_${category}`)
}
