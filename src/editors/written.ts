import { isEditor } from '../authors/roles.ts'
import type { PostKind, Role, Status, TermKind, Time, Translation } from '../db/schema.ts'
import type { Settling } from '../posts/edit.ts'
import { isGoodSlug, LONGEST } from '../posts/form.ts'
import type { Changes } from '../posts/save.ts'
import { slugFrom } from '../posts/slug.ts'

const MOST_TERMS = 50

/** What an author wrote elsewhere, whatever brought it here; what is missing stays as it is. */
export interface Written {
	title?: string
	text?: string
	format?: 'markdown' | 'html'
	excerpt?: string
	slug?: string
	status?: Status
	publishedAt?: Time
	/** '' takes it away. */
	password?: string
	kind?: PostKind
	sticky?: boolean
	commentsOpen?: boolean
	pingsOpen?: boolean
	/** A picture's number; null takes it away. */
	coverId?: number | null
	/** All of that kind, by name or by number. */
	categories?: (string | number)[]
	tags?: (string | number)[]
}

/** Why it can't be taken. */
export type Mistake = 'empty' | 'long' | 'terms' | 'category' | 'cover' | 'forbidden'

/** What is wrong with it, given what is stored. */
export function mistakeIn(written: Written, before: Translation | undefined, role: Role): Mistake | undefined {
	const title = written.title ?? before?.title ?? ''
	const text = written.text ?? before?.source ?? ''
	if (title === '' && text.trim() === '') return 'empty'
	if ([...title].length > LONGEST.title || text.length > LONGEST.text) return 'long'
	if ((written.excerpt ?? '').length > LONGEST.excerpt) return 'long'
	if ((written.password ?? '').length > LONGEST.protection) return 'long'
	if (!areGoodTerms(written.categories) || !areGoodTerms(written.tags)) return 'terms'
	// Only those who look after the whole blog settle what is a page and what is pinned.
	const settles = written.kind === 'page' ? before?.kind !== 'page' : written.sticky === true
	return settles && !isEditor({ role }) ? 'forbidden' : undefined
}

function areGoodTerms(terms: (string | number)[] = []): boolean {
	return terms.length <= MOST_TERMS && terms.every((term) => typeof term === 'number' || term.length <= LONGEST.term)
}

/** It as changes to a translation, or as a new one. */
export function changesOf(written: Written, before?: Translation): Changes {
	const { title, text, excerpt, status, publishedAt, password } = written
	return defined({
		title,
		source: text,
		format: written.format ?? before?.format ?? 'html',
		manualExcerpt: excerpt,
		slug: slugOf(written, before),
		status,
		publishedAt,
		password: password === '' ? null : password,
	})
}

function slugOf({ slug = '' }: Written, before?: Translation): string | undefined {
	if (slug === '' || slug === before?.slug) return undefined
	const lower = slug.toLowerCase()
	return isGoodSlug(lower) ? lower : slugFrom(lower) || undefined
}

/** A term that a post is under, with its name in the language written in, if it has one there. */
export interface Filed {
	id: number
	kind: TermKind
	name: string | null
}

/**
 * It as what all translations share. Terms without a name in the language can't have been meant by what was written:
 * they stay.
 */
export function settlingOf(written: Written, locale: string, filed: Filed[]): Settling {
	const { kind, sticky, commentsOpen, pingsOpen, coverId, categories, tags } = written
	const shared = { kind, sticky, commentsOpen, pingsOpen, coverId }
	if (!categories && !tags) return { ...shared, newTerms: [] }
	const isReplaced = (term: Filed) => term.name !== null && (term.kind === 'category' ? categories : tags) !== undefined
	const given = [...(categories ?? []), ...(tags ?? [])].filter((term) => typeof term === 'number')
	return {
		...shared,
		terms: [...filed.filter((term) => !isReplaced(term)).map(({ id }) => id), ...given],
		newTerms: [...named('category', categories, locale), ...named('tag', tags, locale)],
	}
}

function named(kind: TermKind, terms: (string | number)[] = [], locale: string): Settling['newTerms'] {
	const names = new Set(terms.filter((term) => typeof term === 'string' && term !== ''))
	return [...names].map((name) => ({ kind, names: [{ locale, name: String(name) }] }))
}

/** Without what is undefined: a spread of it would take away what is stored. */
function defined<T extends object>(object: T): T {
	return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T
}
