import { stemmer as danish } from '@orama/stemmers/danish'
import { stemmer as dutch } from '@orama/stemmers/dutch'
import { stemmer as english } from '@orama/stemmers/english'
import { stemmer as finnish } from '@orama/stemmers/finnish'
import { stemmer as french } from '@orama/stemmers/french'
import { stemmer as german } from '@orama/stemmers/german'
import { stemmer as italian } from '@orama/stemmers/italian'
import { stemmer as norwegian } from '@orama/stemmers/norwegian'
import { stemmer as portuguese } from '@orama/stemmers/portuguese'
import { stemmer as russian } from '@orama/stemmers/russian'
import { stemmer as spanish } from '@orama/stemmers/spanish'
import { stemmer as swedish } from '@orama/stemmers/swedish'
import { LRUCache } from 'lru-cache'

type Stemmer = (word: string) => string

/** Stemmers by language, named as PostgreSQL names them: migrations/0002_search.ts makes the same list there. */
const STEMMERS: Record<string, Stemmer> = Object.fromEntries(
	Object.entries({
		danish,
		dutch,
		english,
		finnish,
		french,
		german,
		italian,
		norwegian,
		portuguese,
		russian,
		spanish,
		swedish,
	}).map(([name, stemmer]) => [name, remembering(stemmer)]),
)

const NAMES: Record<string, string> = {
	da: 'danish',
	nl: 'dutch',
	en: 'english',
	fi: 'finnish',
	fr: 'french',
	de: 'german',
	it: 'italian',
	no: 'norwegian',
	nb: 'norwegian',
	pt: 'portuguese',
	ru: 'russian',
	es: 'spanish',
	sv: 'swedish',
}

/** The name of the stemmer for texts in `locale`, or undefined when the language has none. */
export function stemmerName(locale: string): string | undefined {
	return NAMES[locale.split('-')[0]!]
}

/**
 * The stem of a folded word. A word in the script of the text's language is stemmed by that language;
 * a Latin word elsewhere is taken for English, a Cyrillic one for Russian.
 * @example stem('книгами', 'ru') === 'книг'; stem('conferences', 'ru') === 'confer'
 */
export function stem(form: string, locale: string): string {
	const script = scriptOf(form)
	if (!script) return form
	const name = script === scriptOfLanguage(locale) ? stemmerName(locale) : script === 'Latn' ? 'english' : 'russian'
	return (name && STEMMERS[name]?.(form)) || form
}

function scriptOf(form: string): 'Latn' | 'Cyrl' | undefined {
	if (/^\p{sc=Latin}+$/u.test(form)) return 'Latn'
	return /^\p{sc=Cyrillic}+$/u.test(form) ? 'Cyrl' : undefined
}

const scripts = new Map<string, string | undefined>()

function scriptOfLanguage(locale: string): string | undefined {
	if (!scripts.has(locale)) scripts.set(locale, new Intl.Locale(locale).maximize().script)
	return scripts.get(locale)
}

/** A text uses few words often: remembering makes indexing several times faster. */
function remembering(stemmer: Stemmer): Stemmer {
	let known: LRUCache<string, string> | undefined
	return (word) => {
		// It takes its memory at once: only for a language that is spoken here.
		known ??= new LRUCache({ max: 50_000, memoMethod: stemmer })
		return known.memo(word)
	}
}
