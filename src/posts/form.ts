import type { PostKind, Status, Translation } from '../db/schema.ts'
import { lineOf, numbersOf, textOf } from '../web/fields.ts'
import type { Settling } from './edit.ts'
import type { Changes } from './save.ts'
import { isReserved } from './slug.ts'
import { fromLocal, toLocal } from './zone.ts'

const LONGEST = { title: 300, text: 500_000, excerpt: 10_000, slug: 100, protection: 100, tag: 60 }
const MOST_TAGS = 20
const MOST_TERMS = 500

/** What an author filled in. */
export interface PostInput {
	title: string
	slug: string
	text: string
	excerpt: string
	published: string
	protection: string
	newTags: string
	status: Status
	/** What was shown to be settled; undefined for what wasn't. */
	kind?: PostKind
	sticky?: boolean
	commentsOpen?: boolean
	terms?: number[]
	small: boolean
	upToDate: boolean
	/** The revision the author saw. */
	revision: number
}

/** A field, and what is wrong with it: a key of the catalog's section `admin`. */
export type PostErrors = Partial<
	Record<'title' | 'slug' | 'text' | 'excerpt' | 'published' | 'protection' | 'newTags', string>
>

/** Reads the form of a post; checkboxes that weren't shown (no `terms` field) settle nothing. */
export function readPostForm(form: URLSearchParams, fallback: Status): PostInput {
	const isShown = form.has('terms')
	return {
		title: lineOf(form, 'title'),
		slug: lineOf(form, 'slug').toLowerCase(),
		text: textOf(form, 'text'),
		excerpt: textOf(form, 'excerpt').trim(),
		published: lineOf(form, 'published'),
		protection: lineOf(form, 'protection'),
		newTags: lineOf(form, 'newtags'),
		status: oneOf(form.get('status'), ['draft', 'published', 'private']) ?? fallback,
		kind: oneOf(form.get('kind'), ['post', 'page']),
		sticky: isShown ? form.has('sticky') : undefined,
		commentsOpen: isShown ? form.has('comments') : undefined,
		terms: isShown ? numbersOf(form, 'term').slice(0, MOST_TERMS) : undefined,
		small: form.has('small'),
		upToDate: form.has('uptodate'),
		revision: numbersOf(form, 'revision')[0] ?? 0,
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
	const tags = tagNames(input)
	if (tags.length > MOST_TAGS || tags.some((tag) => tag.length > LONGEST.tag)) errors.newTags = 'admin.errors.tags'
	return errors
}

/** The input as changes to a translation. */
export function changesOf(input: PostInput, before: Translation | undefined, timezone: string): Changes {
	const { title, slug, text, excerpt, status, protection, small, upToDate } = input
	return {
		title,
		source: text,
		manualExcerpt: excerpt,
		status,
		slug: slug || undefined,
		password: protection || null,
		publishedAt: publicationOf(input, before, timezone),
		small,
		upToDate,
	}
}

/** The input as what all translations share. */
export function settlingOf(input: PostInput): Settling {
	const { kind, sticky, commentsOpen, terms } = input
	return { kind, sticky, commentsOpen, terms, newTags: tagNames(input) }
}

function tagNames({ newTags }: PostInput): string[] {
	const names = newTags.split(/[,;]/).map((name) => name.trim())
	return [...new Set(names.filter((name) => name !== ''))]
}

// The field knows no seconds: left as it was, it changes nothing.
function publicationOf({ published }: PostInput, before: Translation | undefined, timezone: string) {
	const stored = before?.published_at ?? undefined
	return stored !== undefined && toLocal(stored, timezone) === published ? stored : fromLocal(published, timezone)
}

function isGoodSlug(slug: string): boolean {
	return slug.length <= LONGEST.slug && /^[\p{L}\p{N}]+([-_.][\p{L}\p{N}]+)*$/u.test(slug) && !isReserved(slug)
}

function oneOf<Value extends string>(value: string | null, values: Value[]): Value | undefined {
	return values.find((known) => known === value)
}
