import type { PostKind, Status, Time, Translation } from '../db/schema.ts'
import { lineOf, numbersOf, textOf } from '../web/fields.ts'
import type { Settling } from './edit.ts'
import { type Changes, isPermalinkFixed } from './save.ts'
import { isReserved, slugFrom } from './slug.ts'
import { fromLocal, toLocal } from './zone.ts'

/** How many characters an author may fill in. */
export const LONGEST = { title: 300, text: 500_000, excerpt: 10_000, slug: 100, protection: 100, term: 60 }
const MOST_NEW_TERMS = 20
/** Between the commas of one field: some may be empty. */
const MOST_PLACES = 200
const MOST_TERMS = 500

/** What an author filled in. */
export interface PostInput {
	title: string
	slug: string
	text: string
	excerpt: string
	published: string
	protection: string
	/** New terms by language, between commas; those at the same place are one term. */
	newTags: Record<string, string>
	newCategories: Record<string, string>
	status: Status
	/** What was shown to be settled; undefined for what wasn't. */
	kind?: PostKind
	sticky?: boolean
	commentsOpen?: boolean
	pingsOpen?: boolean
	/** A picture's number; null for none. */
	cover?: number | null
	terms?: number[]
	small: boolean
	upToDate: boolean
	/** The revision the author saw. */
	revision: number
	/** Of the form: sent twice, a new one makes one post. */
	formKey?: string
}

/** A field, and what is wrong with it: a key of the catalog's section `admin`. */
export type PostErrors = Partial<
	Record<
		'title' | 'slug' | 'text' | 'excerpt' | 'published' | 'protection' | 'newTags' | 'newCategories' | 'cover',
		string
	>
>

/** Reads the form of a post in `lang`; checkboxes that weren't shown (no `terms` field) settle nothing. */
export function readPostForm(form: URLSearchParams, fallback: Status, lang: string, languages: string[]): PostInput {
	const isShown = form.has('terms')
	const inLanguages = (name: string) =>
		Object.fromEntries(languages.map((code) => [code, lineOf(form, code === lang ? name : `${name}-${code}`)]))
	return {
		title: lineOf(form, 'title'),
		slug: lineOf(form, 'slug').toLowerCase(),
		text: textOf(form, 'text'),
		excerpt: textOf(form, 'excerpt').trim(),
		published: lineOf(form, 'published'),
		protection: lineOf(form, 'protection'),
		newTags: inLanguages('newtags'),
		newCategories: inLanguages('newcategories'),
		status: oneOf(form.get('status'), ['draft', 'published', 'private']) ?? fallback,
		kind: oneOf(form.get('kind'), ['post', 'page']),
		sticky: isShown ? form.has('sticky') : undefined,
		commentsOpen: isShown ? form.has('comments') : undefined,
		pingsOpen: isShown ? form.has('pings') : undefined,
		cover: form.has('cover') ? (numbersOf(form, 'cover')[0] ?? null) : undefined,
		terms: isShown ? numbersOf(form, 'term').slice(0, MOST_TERMS) : undefined,
		small: form.has('small'),
		upToDate: form.has('uptodate'),
		revision: numbersOf(form, 'revision')[0] ?? 0,
		formKey: /^[\w-]{8,64}$/.exec(form.get('key') ?? '')?.[0],
	}
}

/** What is wrong with a post, by field; `before` is what is stored. Whether a slug is taken is asked elsewhere. */
export function checkPost(input: PostInput, before: Translation | undefined, timezone: string): PostErrors {
	const { title, text, slug, excerpt, published, protection } = input
	const errors: PostErrors = {}
	if (title === '' && text.trim() === '') errors.title = 'admin.errors.empty'
	if ([...title].length > LONGEST.title) errors.title = 'admin.errors.long'
	if (text.length > LONGEST.text) errors.text = 'admin.errors.long'
	if (excerpt.length > LONGEST.excerpt) errors.excerpt = 'admin.errors.long'
	if (protection.length > LONGEST.protection) errors.protection = 'admin.errors.long'
	if (slug !== '' && slug !== before?.slug && !isGoodSlug(slug)) errors.slug = 'admin.errors.slug'
	if (published !== '' && fromLocal(published, timezone) === undefined) errors.published = 'admin.errors.date'
	if (!isGoodTerms(input.newTags)) errors.newTags = 'admin.errors.tags'
	if (!isGoodTerms(input.newCategories)) errors.newCategories = 'admin.errors.tags'
	return errors
}

/** The input as changes to a translation. */
export function changesOf(
	input: PostInput,
	before: Translation | undefined,
	{ timezone, now }: { timezone: string; now: Time },
): Changes {
	const { title, slug, text, excerpt, status, protection, small, upToDate } = input
	return {
		title,
		source: text,
		manualExcerpt: excerpt,
		status,
		slug: slug || newSlugOf(input, before, now),
		password: protection || null,
		publishedAt: publicationOf(input, before, timezone),
		small,
		upToDate,
	}
}

/** Whether an input holds just what is stored. */
export function isAsStored({ title, text, excerpt, status }: PostInput, stored: Translation): boolean {
	const { manual_excerpt } = stored
	return title === stored.title && text === stored.source && excerpt === manual_excerpt && status === stored.status
}

/** The input as what all translations share. */
export function settlingOf(input: PostInput): Settling {
	const { kind, sticky, commentsOpen, pingsOpen, cover, terms, newTags, newCategories } = input
	const newTerms = [
		...termsNamed(newCategories).map((names) => ({ kind: 'category' as const, names })),
		...termsNamed(newTags).map((names) => ({ kind: 'tag' as const, names })),
	]
	return { kind, sticky, commentsOpen, pingsOpen, coverId: cover, terms, newTerms }
}

/** «Зима, Книги» and "Winter, Books": two terms with a name in each language. */
function termsNamed(lists: Record<string, string>): Settling['newTerms'][number]['names'][] {
	const names = Object.entries(lists).map(([locale, list]) => ({ locale, list: list.split(/[,;]/, MOST_PLACES) }))
	const most = Math.max(...names.map(({ list }) => list.length))
	return Array.from({ length: most }, (_, place) =>
		names.map(({ locale, list }) => ({ locale, name: (list[place] ?? '').trim() })).filter(({ name }) => name !== ''),
	).filter((term) => term.length > 0)
}

function isGoodTerms(lists: Record<string, string>): boolean {
	const terms = termsNamed(lists)
	return terms.length <= MOST_NEW_TERMS && terms.flat().every(({ name }) => name.length <= LONGEST.term)
}

/** Until readers know its address, it follows the title. */
function newSlugOf({ title }: PostInput, before: Translation | undefined, now: Time): string | undefined {
	if (!before || title === before.title || isPermalinkFixed(before, now)) return undefined
	return slugFrom(title) || undefined
}

/** Whether a slug was made from the title and so needn't be shown to be filled in. */
export function isMadeSlug({ slug, title }: Pick<Translation, 'slug' | 'title'>): boolean {
	const made = slugFrom(title) || 'post'
	return slug === made || (slug.startsWith(`${made}-`) && /^\d+$/.test(slug.slice(made.length + 1)))
}

// The field knows no seconds: left as it was, it changes nothing.
function publicationOf({ published }: PostInput, before: Translation | undefined, timezone: string) {
	const stored = before?.published_at ?? undefined
	return stored !== undefined && toLocal(stored, timezone) === published ? stored : fromLocal(published, timezone)
}

/** Whether an author may choose a slug, if it isn't taken. */
export function isGoodSlug(slug: string): boolean {
	return slug.length <= LONGEST.slug && /^[\p{L}\p{N}]+([-_.][\p{L}\p{N}]+)*$/u.test(slug) && !isReserved(slug)
}

function oneOf<Value extends string>(value: string | null, values: Value[]): Value | undefined {
	return values.find((known) => known === value)
}
