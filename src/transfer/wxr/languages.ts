import { splitLanguages } from './qtranslate.ts'
import type { WxrItem, WxrTerm } from './types.ts'

/** An item in one language. */
export interface Version {
	locale: string
	title: string
	content: string
	excerpt: string
}

/** In which languages an item is written. */
export interface ItemLanguages {
	versions: Version[]
	/** Languages of the item that the blog doesn't have. */
	unknown: string[]
	/** Items of the same group are translations of one another. */
	group?: string
	/** One item holds several languages. */
	isSplit: boolean
}

/** Tells the language of a text among the blog's; undefined when unsure. */
export type Detect = (text: string) => string | undefined

/** The blog's language that a code of another system names: `en_US` → `en`, `pt-br` → `pt-br`. */
export function matchLanguage(code: string, languages: string[]): string | undefined {
	const wanted = code.trim().toLowerCase().replaceAll('_', '-')
	const base = wanted.split('-')[0]
	return languages.find((one) => one === wanted) ?? languages.find((one) => one === base)
}

/** A detector that knows only the blog's languages. */
export async function makeDetector(languages: string[]): Promise<Detect> {
	// Its tables take a third of a second to load: only when they are needed.
	const { eld } = await import('eld/small')
	const detector = eld.newInstance()
	detector.setLanguageSubset([...new Set(languages.map((code) => code.split('-')[0]!))])
	return (text) => {
		const words = text.replace(/<[^>]*>|https?:\S+|\[[^\]]*\]/g, ' ').slice(0, 5000)
		const found = detector.detect(words)
		return found.language && found.isReliable() ? matchLanguage(found.language, languages) : undefined
	}
}

const WPML_LANGUAGE = ['_icl_lang_code', '_wpml_import_language_code', 'wpml_language', '_wpml_language']
const WPML_GROUP = ['trid', '_icl_trid', '_wpml_import_translation_group']
const WPML_ORIGINAL = ['_icl_translation_of', '_icl_lang_duplicate_of']

/** Finds the languages of an item: by Polylang, by WPML, by qTranslate's marks, else `fallback` of its text. */
export function languagesOf(item: WxrItem, languages: string[], fallback: (text: string) => string): ItemLanguages {
	const { title, content, excerpt } = item
	const code = polylangCode(item) ?? metaOf(item, WPML_LANGUAGE)
	if (code !== undefined) {
		const locale = matchLanguage(code, languages)
		const versions = locale ? [{ locale, title, content, excerpt }] : []
		return { versions, unknown: locale ? [] : [code], group: groupOf(item), isSplit: false }
	}
	const split = splitItem(item, languages)
	if (split) return split
	const locale = fallback(`${title}\n${content}`)
	return { versions: [{ locale, title, content, excerpt }], unknown: [], isSplit: false }
}

function polylangCode(item: WxrItem): string | undefined {
	return item.terms.find(({ taxonomy }) => taxonomy === 'language')?.slug
}

function groupOf(item: WxrItem): string | undefined {
	const polylang = item.terms.find(({ taxonomy }) => taxonomy === 'post_translations')
	if (polylang) return `polylang ${polylang.slug}`
	const group = metaOf(item, WPML_GROUP)
	if (group) return `wpml ${item.type} ${group}`
	return metaOf(item, WPML_LANGUAGE) && `wpml of ${metaOf(item, WPML_ORIGINAL) ?? item.id}`
}

function metaOf(item: WxrItem, keys: string[]): string | undefined {
	return item.meta.find(({ key, value }) => keys.includes(key) && value.trim() !== '')?.value.trim()
}

function splitItem(item: WxrItem, languages: string[]): ItemLanguages | undefined {
	const title = splitLanguages(item.title)
	const content = splitLanguages(item.content)
	const excerpt = splitLanguages(item.excerpt)
	const codes = content.languages.length ? content.languages : title.languages
	if (codes.length === 0) return undefined
	const titleIn = (code: string) => (title.in(code).trim() ? title.in(code) : title.in(title.languages[0] ?? code))
	const versions = codes.flatMap((code) => {
		const locale = matchLanguage(code, languages)
		return locale ? [{ locale, title: titleIn(code), content: content.in(code), excerpt: excerpt.in(code) }] : []
	})
	return { versions, unknown: codes.filter((code) => !matchLanguage(code, languages)), isSplit: true }
}

/** Which terms are one term in several languages by Polylang: from a term's id to its group and language. */
export function polylangTerms(terms: WxrTerm[]): Map<string, { group: string; language: string }> {
	const found = new Map<string, { group: string; language: string }>()
	for (const { taxonomy, slug, description } of terms) {
		if (taxonomy !== 'term_translations') continue
		// PHP's serialize(): a:2:{s:2:"en";i:4;s:2:"fr";s:1:"2";}
		for (const [, language, int, string] of description.matchAll(/s:\d+:"([\w-]+)";(?:i:(\d+)|s:\d+:"(\d+)");/g)) {
			found.set((int ?? string)!, { group: slug, language: language! })
		}
	}
	return found
}
