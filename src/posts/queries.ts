import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Db, PostKind, Time } from '../db/schema.ts'
import { visible } from '../db/visible.ts'
import { alphabetOf } from '../i18n/collate.ts'
import { cards, TITLED, translations } from './listing-queries.ts'

/** Translations by their ids, with their texts, in the order of the ids. */
export async function listFound(db: Db, ids: number[]) {
	if (ids.length === 0) return []
	const rows = await cards(db).select('t.text').where('t.id', 'in', ids).execute()
	return ids.flatMap((id) => rows.filter((row) => row.id === id))
}

/** When the next scheduled post or page is to appear in one of these languages; Infinity when none is. */
export async function nextAppearance(db: Db, now: Time, locales: string[]): Promise<Time> {
	const places = locales.flatMap((locale) => (['post', 'page'] as const).map((kind) => ({ locale, kind })))
	const rows = await Promise.all(places.map((place) => nextOf(db, { ...place, now })))
	const times = rows.flatMap(([row]) => (row?.published_at ? [Number(row.published_at)] : []))
	return Math.min(...times, Number.POSITIVE_INFINITY)
}

// Language and kind are the beginning of an index.
const nextOf = prepared((db, { locale, kind, now }: { locale: string; kind: PostKind; now: Time }) =>
	db
		.selectFrom('translations')
		.select('published_at')
		.where('locale', '=', locale)
		.where('kind', '=', kind)
		.where('status', '=', 'published')
		.where('published_at', '>', now)
		.orderBy('published_at')
		.limit(1),
)

/** A translation whole, by its address, whatever its status. */
export async function findTranslation(db: Db, kind: PostKind, locale: string, slug: string) {
	const [found] = await translationAt(db, { kind, locale, slug })
	return found
}

const translationAt = prepared((db, { kind, locale, slug }: { kind: PostKind; locale: string; slug: string }) =>
	whole(db).where('t.kind', '=', kind).where('t.locale', '=', locale).where('t.slug', '=', slug),
)

/** A translation whole, as `findTranslation` gives it. */
export type Whole = NonNullable<Awaited<ReturnType<typeof findTranslation>>>

/** The same by its number. */
export async function findWhole(db: Db, id: number) {
	return whole(db).where('t.id', '=', id).executeTakeFirst()
}

/** Addresses and titles of the visible translations of posts, and what is needed to tell if they are up to date. */
export async function listSiblingsOf(db: Db, postIds: number[], now: Time) {
	return postIds.length === 0 ? [] : siblings(db, { postIds, now })
}

const siblings = prepared((db, { postIds, now }: { postIds: number[]; now: Time }) =>
	db
		.selectFrom('translations as t')
		.select(['t.post_id', 't.major_revision', ...TITLED])
		.where('t.post_id', 'in', postIds)
		.where(visible(now)),
)

/** The visible translations of the posts that this slug names in any of these languages. */
export async function findSlugElsewhere(db: Db, kind: PostKind, locales: string[], slug: string, now: Time) {
	const posts = await db
		.selectFrom('translations as t')
		.select('t.post_id')
		.where('t.kind', '=', kind)
		.where('t.locale', 'in', locales)
		.where('t.slug', '=', slug)
		.where(visible(now))
		.execute()
	return listSiblingsOf(db, [...new Set(posts.map((post) => post.post_id))], now)
}

/** The translation that once had this slug in this language. */
export async function findByOldSlug(db: Db, kind: PostKind, locale: string, slug: string, now: Time) {
	return db
		.selectFrom('old_slugs as o')
		.innerJoin('translations as t', 't.id', 'o.translation_id')
		.select(['t.kind', 't.locale', 't.slug', 't.year', 't.month'])
		.where('o.kind', '=', kind)
		.where('o.locale', '=', locale)
		.where('o.slug', '=', slug)
		.where(visible(now))
		.executeTakeFirst()
}

/** The visible pages of a language with their parents, in the author's order and by the language's alphabet. */
export async function listPages(db: Db, locale: string, now: Time) {
	const rows = await translations(db)
		.where('t.locale', '=', locale)
		.where('t.kind', '=', 'page')
		.where(visible(now))
		.select([...TITLED, 't.post_id', 'p.parent_id', 'p.position'])
		.orderBy('p.position')
		.orderBy('t.id')
		.limit(1000)
		.execute()
	// Databases put Ё before А.
	const compare = alphabetOf(locale)
	return rows.toSorted((a, b) => a.position - b.position || compare(a.title, b.title))
}

/** Files of a translation, as a feed's enclosures. */
export async function listEnclosures(db: Db, translationIds: number[]) {
	return translationIds.length === 0 ? [] : enclosures(db, { translationIds })
}

const enclosures = prepared((db, { translationIds }: { translationIds: number[] }) =>
	db.selectFrom('enclosures').selectAll().where('translation_id', 'in', translationIds),
)

/** The answer of an old address (a path with its query), if it has one. */
export async function findRedirect(db: Db, path: string) {
	return db
		.selectFrom('redirects as r')
		.leftJoin('translations as t', 't.id', 'r.translation_id')
		.select(['r.target', 't.kind', 't.locale', 't.slug', 't.year', 't.month', 't.status', 't.published_at'])
		.where('r.path', '=', path)
		.executeTakeFirst()
}

/** Whether there is any post at all. */
export async function isEmpty(db: Db): Promise<boolean> {
	return (await db.selectFrom('posts').select('id').limit(1).executeTakeFirst()) === undefined
}

function whole(db: Db) {
	return cards(db).select([
		't.html',
		// What describes a text without words of its own.
		sql<string>`substr(t.text, 1, 1000)`.as('text'),
		't.status',
		't.revision',
		't.major_revision',
		't.source_locale',
		't.source_revision',
		'p.parent_id',
		'p.comments_open',
		'p.pings_open',
	])
}
