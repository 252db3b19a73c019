import { existsSync, readFileSync } from 'node:fs'
import i18next, { type FormatterModule, type i18n } from 'i18next'
import { LRUCache } from 'lru-cache'
import { ConfigError } from '../errors.ts'

/** Gives the text of `key` in one language; `count` chooses the plural. */
export type Translate = (key: string, params?: Record<string, unknown>) => string

export interface Catalog {
	languages: string[]
	/** The default language: the first. */
	fallback: string
	translator(locale: string): Translate
	/** Lays a theme's own texts over the section `theme`, by language, in place of another theme's. */
	addThemeStrings(strings: Record<string, object>): void
}

const FOLDER = new URL('../../locales/', import.meta.url)

/**
 * Reads `locales/L.json` of each language.
 * @throws ConfigError when a language has no file or a broken one.
 */
export function loadCatalog(languages: string[]): Catalog {
	const i18n = i18next.createInstance().use(numbers)
	void i18n.init({
		initAsync: false,
		showSupportNotice: false,
		fallbackLng: 'en',
		resources: Object.fromEntries(['en', ...languages].map((code) => [code, { translation: readLocale(code) }])),
		interpolation: { escapeValue: false, alwaysFormat: true },
	} as Parameters<i18n['init']>[0])
	const own = new Map(['en', ...languages].map((code) => [code, (readLocale(code) as { theme?: object }).theme]))
	const translators = new Map(languages.map((code) => [code, translator(i18n, code)]))
	return {
		languages,
		fallback: languages[0]!,
		translator: (locale) => translators.get(locale)!,
		addThemeStrings(strings) {
			for (const locale of ['en', ...languages]) {
				// What another theme had laid over it goes.
				const theme = { ...own.get(locale), ...strings[locale] }
				i18n.addResourceBundle(locale, 'translation', { theme }, true, true)
			}
		},
	}
}

function readLocale(code: string): object {
	const file = new URL(`${code}.json`, FOLDER)
	if (!existsSync(file)) throw new ConfigError(`LANGUAGES names "${code}", but there is no locales/${code}.json`)
	try {
		return JSON.parse(readFileSync(file, 'utf8'))
	} catch (error) {
		throw new ConfigError(`locales/${code}.json: ${(error as Error).message}`)
	}
}

function translator(i18n: i18n, locale: string): Translate {
	const fixed = i18n.getFixedT(locale)
	// Looking a text up takes most of the time of a page: those that never vary are kept.
	const plain = new Map<string, string>()
	const filled = new LRUCache<string, string>({ max: 5_000 })
	i18n.store.on('added', () => {
		plain.clear()
		filled.clear()
	})
	return (key, params) => {
		const filling = params ? Object.entries(params) : []
		if (filling.length === 0) return remember(plain, key, () => fixed(key) as string)
		return remember(filled, `${key} ${filling.join('\0')}`, () => fixed(key, countable(params!)) as string)
	}
}

type Texts = Pick<LRUCache<string, string>, 'get'> & { set(key: string, text: string): unknown }

function remember(texts: Texts, key: string, write: () => string): string {
	const known = texts.get(key)
	if (known !== undefined) return known
	const text = write()
	texts.set(key, text)
	return text
}

/** A count that is a string (as PostgreSQL gives) would print the bare key. */
function countable(params: Record<string, unknown>): Record<string, unknown> {
	return 'count' in params ? { ...params, count: Number(params.count) } : params
}

/** Writes numbers as their language does: 12 345 and 12,345. As a module: i18next takes no format function beside its own. */
const numbers: FormatterModule = {
	type: 'formatter',
	init() {},
	add() {},
	addCached() {},
	format: (value, _format, locale) => (typeof value === 'number' ? formatNumber(value, locale!) : String(value)),
}

const formats = new Map<string, Intl.NumberFormat>()

function formatNumber(value: number, locale: string): string {
	const format = formats.get(locale) ?? new Intl.NumberFormat(locale)
	formats.set(locale, format)
	return format.format(value)
}
