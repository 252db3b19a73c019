import { direction, languageName } from '../../i18n/languages.ts'
import { around, cdata } from './xml.ts'

/** Gives numbers to terms: WordPress counts those of all taxonomies together. */
export type Count = () => number

interface WrittenTerm {
	id: number
	taxonomy: string
	slug: string
	name: string
	description?: string
}

/** The languages as Polylang keeps them: one term for texts and one for terms. */
export function languageTerms(languages: string[], count: Count): string {
	return languages
		.map((code) => {
			const { language, region = '' } = new Intl.Locale(code).maximize()
			const flag = region.toLowerCase()
			const description = serialized({
				locale: region ? `${language}_${region}` : language,
				rtl: direction(code) === 'rtl' ? 1 : 0,
				flag_code: flag,
			})
			const name = languageName(code)
			return (
				term({ id: count(), taxonomy: 'language', slug: code, name, description }) +
				term({ id: count(), taxonomy: 'term_language', slug: `pll_${code}`, name })
			)
		})
		.join('')
}

/** The group that makes posts or terms translations of one another: which number is which language. */
export function translationGroup(
	kind: 'post' | 'term',
	key: string,
	ids: Record<string, number>,
	count: Count,
): string {
	const description = serialized(ids)
	return term({ id: count(), taxonomy: `${kind}_translations`, slug: key, name: key, description })
}

function term({ id, taxonomy, slug, name, description }: WrittenTerm): string {
	return around(
		'wp:term',
		cdata('wp:term_id', String(id)) +
			cdata('wp:term_taxonomy', taxonomy) +
			cdata('wp:term_slug', slug) +
			cdata('wp:term_parent', '') +
			cdata('wp:term_name', name) +
			(description ? cdata('wp:term_description', description) : ''),
	)
}

/** As PHP's serialize() writes an array of texts and whole numbers; lengths are in bytes. */
function serialized(values: Record<string, string | number>): string {
	const text = (value: string) => `s:${Buffer.byteLength(value)}:"${value}";`
	const entries = Object.entries(values).map(
		([key, value]) => text(key) + (typeof value === 'number' ? `i:${value};` : text(value)),
	)
	return `a:${entries.length}:{${entries.join('')}}`
}
