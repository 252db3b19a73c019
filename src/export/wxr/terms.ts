import type { Names } from '../queries.ts'
import { type Count, translationGroup } from './polylang.ts'
import { around, cdata, meta, plain } from './xml.ts'

/** A term in one language, as a WordPress with Polylang has it. */
interface WpTerm {
	id: number
	taxonomy: 'category' | 'post_tag'
	/** Its own in the taxonomy: languages may have the same one here. */
	slug: string
	name: string
}

/** The terms of a blog as WordPress has them. */
export interface WpTerms {
	xml: string
	/** A term as posts of a language name it, if it has a name there. */
	find(termId: number, locale: string): WpTerm | undefined
}

/** Makes a term of every name of a term, joined by Polylang's groups. */
export function writeTerms({ terms, termNames }: Names, count: Count): WpTerms {
	const made = new Map<string, WpTerm>()
	const taken = new Set<string>()
	for (const { term_id, kind, locale, name, slug: wish } of termNames) {
		const taxonomy = kind === 'category' ? 'category' : 'post_tag'
		const slug = freeSlug(taken, taxonomy, wish, locale)
		made.set(`${term_id}/${locale}`, { id: count(), taxonomy, slug, name })
	}
	const find = (id: number, locale: string) => made.get(`${id}/${locale}`)
	const xml = termNames.map((row) => {
		const term = find(row.term_id, row.locale)!
		const parentId = terms.find(({ id }) => id === row.term_id)?.parent_id
		const parent = parentId ? (find(parentId, row.locale) ?? anyOf(made, parentId)) : undefined
		// What it is called here when that was taken there.
		const own = term.slug === row.slug ? '' : meta('term', '_otklik_slug', row.slug)
		return written(term, row.description, parent?.slug ?? '', own)
	})
	const groups = terms.map(({ id }) => {
		const own = termNames.filter((row) => row.term_id === id)
		const ids = Object.fromEntries(own.map(({ locale }) => [locale, find(id, locale)!.id]))
		return own.length > 0 ? translationGroup('term', `pll_term_${id}`, ids, count) : ''
	})
	return { xml: [...xml, ...groups].join(''), find }
}

function freeSlug(taken: Set<string>, taxonomy: string, wish: string, locale: string): string {
	let slug = wish
	for (let number = 1; taken.has(`${taxonomy}/${slug}`); number++) {
		slug = number === 1 ? `${wish}-${locale}` : `${wish}-${locale}-${number}`
	}
	taken.add(`${taxonomy}/${slug}`)
	return slug
}

function anyOf(made: Map<string, WpTerm>, id: number): WpTerm | undefined {
	return [...made].find(([key]) => key.startsWith(`${id}/`))?.[1]
}

function written({ id, taxonomy, slug, name }: WpTerm, description: string, parent: string, own: string): string {
	if (taxonomy === 'category') {
		return around(
			'wp:category',
			plain('wp:term_id', id) +
				cdata('wp:category_nicename', slug) +
				cdata('wp:category_parent', parent) +
				cdata('wp:cat_name', name) +
				(description ? cdata('wp:category_description', description) : '') +
				own,
		)
	}
	return around(
		'wp:tag',
		plain('wp:term_id', id) +
			cdata('wp:tag_slug', slug) +
			cdata('wp:tag_name', name) +
			(description ? cdata('wp:tag_description', description) : '') +
			own,
	)
}
