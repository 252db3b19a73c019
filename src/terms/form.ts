import type { TermKind } from '../db/schema.ts'
import { isGoodSlug } from '../posts/form.ts'
import { slugFrom } from '../posts/slug.ts'
import { lineOf, numbersOf, textOf } from '../web/fields.ts'
import type { Term } from './edit-queries.ts'
import type { TermName } from './queries.ts'
import { withDescendants } from './tree.ts'

const LONGEST = { name: 60, description: 1000 }

/** What an editor filled in. */
export interface TermInput {
	kind: TermKind
	parentId: number | null
	/** One for each language of the blog; without a name the term isn't shown in it. */
	names: Required<TermName>[]
}

/** What is wrong, by the id of the field: a key of the catalog. */
export type TermErrors = Record<string, string>

/** Reads the form of a term; a slug that is left empty is made of the name. */
export function readTerm(form: URLSearchParams, languages: string[], kind?: TermKind): TermInput {
	const own = kind ?? (form.get('kind') === 'category' ? 'category' : 'tag')
	return {
		kind: own,
		parentId: own === 'category' ? (numbersOf(form, 'parent')[0] ?? null) : null,
		names: languages.map((locale) => {
			const name = lineOf(form, `name-${locale}`)
			const slug = lineOf(form, `slug-${locale}`).toLowerCase()
			const description = textOf(form, `description-${locale}`).trim()
			return { locale, name, slug: name && (slug || slugFrom(name)), description }
		}),
	}
}

/** What is wrong with a term; `before` is what is stored. Whether a slug is taken is asked elsewhere. */
export function checkTerm({ kind, parentId, names }: TermInput, terms: Term[], before?: Term): TermErrors {
	const errors: TermErrors = {}
	if (names.every(({ name }) => name === '')) errors[`name-${names[0]!.locale}`] = 'terms.errors.noName'
	for (const { locale, name, slug, description } of names) {
		if ([...name].length > LONGEST.name) errors[`name-${locale}`] = 'terms.errors.long'
		if (description.length > LONGEST.description) errors[`description-${locale}`] = 'terms.errors.long'
		const isKept = before?.names.some((own) => own.locale === locale && own.slug === slug)
		if (name !== '' && !isKept && !isGoodSlug(slug)) errors[`slug-${locale}`] = 'admin.errors.slug'
	}
	const below = before ? withDescendants(terms, before.id) : []
	const parents = terms.filter((term) => term.kind === kind && !below.includes(term.id))
	if (parentId !== null && !parents.some(({ id }) => id === parentId)) errors.parent = 'terms.errors.parent'
	return errors
}

/** A stored term as its form shows it. */
export function inputOf(term: Term, languages: string[]): TermInput {
	const { kind, parent_id: parentId } = term
	const empty = { name: '', slug: '', description: '' }
	const names = languages.map((locale) => ({ ...(term.names.find((own) => own.locale === locale) ?? empty), locale }))
	return { kind, parentId, names }
}
