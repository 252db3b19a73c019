import { createHash } from 'node:crypto'
import type { PostKind, Translation } from '../../db/schema.ts'
import type { Shared } from './sharing.ts'

/** A post as far as joining and splitting ask about it. */
export interface Side {
	id: number
	kind: PostKind
	shared: Shared
	translations: Pick<
		Translation,
		'id' | 'locale' | 'title' | 'status' | 'revision' | 'major_revision' | 'published_at' | 'guid'
	>[]
}

/** Why two posts can't become one. */
export type Refusal = 'same' | 'kind' | 'language' | 'trash'

/** Why two posts can't become one, if so: they are one, a post and a page, in one language, or one is thrown away. */
export function refusalOf(a: Side, b: Side): Refusal | undefined {
	if (a.id === b.id) return 'same'
	if (a.kind !== b.kind) return 'kind'
	if ([...a.translations, ...b.translations].some(({ status }) => status === 'trash')) return 'trash'
	const locales = new Set(a.translations.map(({ locale }) => locale))
	return b.translations.some(({ locale }) => locales.has(locale)) ? 'language' : undefined
}

/** The one whose number stays comes first: the older one. */
export function inOrder(a: Side, b: Side): [kept: Side, other: Side] {
	return a.id <= b.id ? [a, b] : [b, a]
}

/** Stands for all that an author has seen of posts: another one when anything of that has changed. */
export function seenOf(...sides: Side[]): string {
	return createHash('sha256')
		.update(JSON.stringify(sides.map(seen)))
		.digest('base64url')
		.slice(0, 22)
}

function seen({ id, kind, shared, translations }: Side) {
	const texts = translations.map(({ id, locale, status, revision }) => [id, locale, status, revision])
	return [id, kind, { ...shared, terms: shared.terms.toSorted() }, texts.sort()]
}
