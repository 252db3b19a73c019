import { type ExpressionBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Db, PostKind, Schema, Time } from '../db/schema.ts'
import { visible } from '../db/visible.ts'
import { alphabetOf } from '../i18n/collate.ts'
import type { Range } from '../i18n/dates.ts'

/** Which published translations a listing shows. */
export interface Listing {
	locale: string
	now: Time
	kind?: PostKind
	range?: Range
	/** Posts under any of these terms. */
	terms?: number[]
	author?: number
	/** Posts to leave out. */
	except?: number[]
	/** Posts to choose from. */
	only?: number[]
	/** Translations to choose from, by their own ids. */
	translations?: number[]
}

/** What a link to a translation is made of: its address and its title. */
const TITLED = ['t.kind', 't.locale', 't.slug', 't.year', 't.month', 't.title', 't.format', 't.published_at'] as const

const CARD = [
	't.id',
	't.post_id',
	't.kind',
	't.locale',
	't.slug',
	't.title',
	't.format',
	't.excerpt',
	't.excerpt_cut',
	't.words',
	't.password',
	't.published_at',
	't.modified_at',
	't.year',
	't.month',
	't.guid',
	'p.sticky',
	'p.author_id',
	'a.slug as author_slug',
	'n.name as author_name',
	'm.path as cover_path',
	'm.width as cover_width',
	'm.height as cover_height',
	'm.widths as cover_widths',
] as const

/** A translation as listings show it. */
export type Card = Awaited<ReturnType<typeof listCards>>[number]

/** The published translations of a listing, newest first. */
export async function listCards(db: Db, listing: Listing, { limit, offset = 0 }: { limit: number; offset?: number }) {
	const rows = await newestCards(db, { listing, limit, offset })
	return rows.map((row) => ({ ...row, published_at: row.published_at! }))
}

const newestCards = prepared((db, { listing, limit, offset }: { listing: Listing; limit: number; offset: number }) =>
	listed(cards(db), listing).orderBy('t.published_at', 'desc').orderBy('t.id', 'desc').limit(limit).offset(offset),
)

/** The same with whole texts, for feeds. */
export async function listEntries(db: Db, listing: Listing, { limit }: { limit: number }) {
	const rows = await newestEntries(db, { listing, limit })
	return rows.map((row) => ({ ...row, published_at: row.published_at! }))
}

const newestEntries = prepared((db, { listing, limit }: { listing: Listing; limit: number }) =>
	listed(cards(db).select(['t.html', 't.text']), listing)
		.orderBy('t.published_at', 'desc')
		.orderBy('t.id', 'desc')
		.limit(limit),
)

/** Translations by their ids, with their texts, in the order of the ids. */
export async function listFound(db: Db, ids: number[]) {
	if (ids.length === 0) return []
	const rows = await cards(db).select('t.text').where('t.id', 'in', ids).execute()
	return ids.flatMap((id) => rows.filter((row) => row.id === id))
}

/** How many translations a listing has. */
export async function countListed(db: Db, listing: Listing): Promise<number> {
	const [row] = await counted(db, listing)
	return Number(row!.count)
}

const counted = prepared((db, listing: Listing) =>
	listed(translations(db), listing).select((eb) => eb.fn.countAll<number>().as('count')),
)

/** The languages in which a listing (its locale left aside) has posts. */
export async function localesOf(db: Db, listing: Omit<Listing, 'locale'>): Promise<string[]> {
	const rows = await locales(db, listing)
	return rows.map((row) => row.locale)
}

const locales = prepared((db, listing: Omit<Listing, 'locale'>) =>
	listed(translations(db), listing).select('t.locale').distinct(),
)

/** Ids of sticky posts that are visible in a language, newest first. */
export async function listSticky(db: Db, locale: string, now: Time): Promise<number[]> {
	const rows = await sticky(db, { locale, now })
	return rows.map((row) => row.post_id)
}

const sticky = prepared((db, { locale, now }: { locale: string; now: Time }) =>
	listed(translations(db), { locale, now })
		.where('p.sticky', '=', 1)
		.select('t.post_id')
		.orderBy('t.published_at', 'desc')
		.orderBy('t.id', 'desc'),
)

/** When the visible posts of a language were published, oldest first. */
export async function listTimes(db: Db, locale: string, now: Time): Promise<Time[]> {
	const rows = await listed(translations(db), { locale, now })
		.select('t.published_at')
		.orderBy('t.published_at')
		.execute()
	return rows.map((row) => row.published_at!)
}

/** When the next scheduled post or page is to appear, in one language or in any; Infinity when none is. */
export async function nextAppearance(db: Db, now: Time, locale?: string): Promise<Time> {
	let query = db
		.selectFrom('translations')
		.select('published_at')
		.where('status', '=', 'published')
		.where('published_at', '>', now)
	if (locale) query = query.where('locale', '=', locale)
	const row = await query.orderBy('published_at').limit(1).executeTakeFirst()
	return row?.published_at ?? Number.POSITIVE_INFINITY
}

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

/** The visible translations of the posts that this slug names in any language. */
export async function findSlugElsewhere(db: Db, kind: PostKind, slug: string, now: Time) {
	const posts = await db
		.selectFrom('translations as t')
		.select('t.post_id')
		.where('t.kind', '=', kind)
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

/** The post before and the post after, by date. */
export async function findNeighbours(db: Db, post: { locale: string; now: Time; id: number; at: Time }) {
	const rows = await neighbours(db, post)
	return { older: rows.find((row) => row.older), newer: rows.find((row) => !row.older) }
}

const neighbours = prepared((db, { locale, now, id, at }: { locale: string; now: Time; id: number; at: Time }) => {
	const side = (older: boolean) => {
		const compare = older ? '<' : '>'
		return listed(translations(db), { locale, now })
			.select([
				...TITLED,
				// A bound number would come back from PostgreSQL as text, '0' too.
				sql<number>`${sql.lit(older ? 1 : 0)}`.as('older'),
			])
			.where((eb) =>
				eb.or([eb('t.published_at', compare, at), eb.and([eb('t.published_at', '=', at), eb('t.id', compare, id)])]),
			)
			.orderBy('t.published_at', older ? 'desc' : 'asc')
			.orderBy('t.id', older ? 'desc' : 'asc')
			.limit(1)
	}
	return db
		.selectFrom(side(true).as('o'))
		.selectAll()
		.unionAll(db.selectFrom(side(false).as('n')).selectAll())
})

/** Of the newest posts under each of these tags, those with most of the tags first. */
export async function listRelated(db: Db, post: { postId: number; tags: number[]; locale: string; now: Time }) {
	return post.tags.length === 0 ? [] : related(db, post)
}

const RELATED = 5
/** Newest posts of a tag that are looked at: a tag may have a hundred thousand. */
const CONSIDERED = 40

const related = prepared(
	(db, { postId, tags, locale, now }: { postId: number; tags: number[]; locale: string; now: Time }) => {
		const newest = (tag: number) =>
			db
				.selectFrom('post_terms')
				.select('post_id')
				.where('term_id', '=', tag)
				.orderBy('post_id', 'desc')
				.limit(CONSIDERED)
				.as('newest')
		const [first, ...others] = tags.map((tag) => db.selectFrom(newest(tag)).select('post_id'))
		const sharing = others.reduce((all, one) => all.unionAll(one), first!)
		return listed(translations(db), { locale, now, except: [postId] })
			.innerJoin(sharing.as('s'), 's.post_id', 't.post_id')
			.select(TITLED)
			.groupBy(['t.id', ...TITLED])
			.orderBy((eb) => eb.fn.countAll(), 'desc')
			.orderBy('t.published_at', 'desc')
			.limit(RELATED)
	},
)

/** The visible pages of a language with their parents, in the author's order and by the language's alphabet. */
export async function listPages(db: Db, locale: string, now: Time) {
	const rows = await listed(translations(db), { locale, now, kind: 'page' })
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

function translations(db: Db) {
	return db.selectFrom('translations as t').innerJoin('posts as p', 'p.id', 't.post_id')
}

function cards(db: Db) {
	return translations(db)
		.leftJoin('authors as a', 'a.id', 'p.author_id')
		.leftJoin('author_names as n', (join) =>
			join.onRef('n.author_id', '=', 'p.author_id').onRef('n.locale', '=', 't.locale'),
		)
		.leftJoin('media as m', 'm.id', 'p.cover_id')
		.select(CARD)
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

type Joined = Schema & { t: Schema['translations']; p: Schema['posts'] }

function listed<Q extends SelectQueryBuilder<any, any, any>>(
	query: Q,
	listing: Omit<Listing, 'locale'> & { locale?: string },
): Q {
	const { locale, now, kind = 'post', range, terms, author, except, only, translations } = listing
	let rows: SelectQueryBuilder<Joined, 't' | 'p', any> = query.where('t.kind', '=', kind).where(visible(now))
	if (locale) rows = rows.where('t.locale', '=', locale)
	if (range) rows = rows.where('t.published_at', '>=', range.from).where('t.published_at', '<', range.to)
	if (author) rows = rows.where('p.author_id', '=', author)
	if (except?.length) rows = rows.where('t.post_id', 'not in', except)
	if (only) rows = rows.where('t.post_id', 'in', atLeastOne(only))
	if (translations) rows = rows.where('t.id', 'in', atLeastOne(translations))
	if (terms) rows = rows.where((eb) => underAny(eb, terms))
	return rows as unknown as Q
}

/** `in ()` is no SQL: no row has the id 0. */
function atLeastOne(ids: number[]): number[] {
	return ids.length ? ids : [0]
}

function underAny(eb: ExpressionBuilder<Joined, 't' | 'p'>, terms: number[]) {
	return eb.exists(
		eb
			.selectFrom('post_terms')
			.select('post_terms.term_id')
			.whereRef('post_terms.post_id', '=', 't.post_id')
			.where('post_terms.term_id', 'in', atLeastOne(terms)),
	)
}
