import { type SelectQueryBuilder, sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Db, PostKind, Time } from '../db/schema.ts'
import { visible } from '../db/visible.ts'
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
	/** Translations to leave out. */
	except?: number[]
	/** Translations to choose from. */
	only?: number[]
}

/** What a link to a translation is made of: its address and its title. */
export const TITLED = [
	't.kind',
	't.locale',
	't.slug',
	't.year',
	't.month',
	't.title',
	't.format',
	't.published_at',
] as const

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
	return dated(await newestCards(db, pageOf(listing, limit, offset)))
}

const newestCards = prepared((db, page: Page) => newestFirst(onPage(db, cards(db), page)))

/** The same with whole texts, for feeds. */
export async function listEntries(db: Db, listing: Listing, { limit }: { limit: number }) {
	return dated(await newestEntries(db, pageOf(listing, limit)))
}

const newestEntries = prepared((db, page: Page) => newestFirst(onPage(db, cards(db).select('t.html'), page)))

/** Shown translations have a date. */
function dated<Row extends { published_at: Time | null }>(rows: Row[]) {
	return rows.map((row) => ({ ...row, published_at: row.published_at! }))
}

/** How many translations a listing has. */
export async function countListed(db: Db, listing: Listing): Promise<number> {
	const [row] = await counted(db, chosenBy(listing))
	return Number(row!.count)
}

const counted = prepared((db, chosen: Chosen) =>
	db.selectFrom(everyId(db, chosen).as('listed')).select((eb) => eb.fn.countAll<number>().as('count')),
)

/** In which of these languages a listing (its locale left aside) has posts. */
export async function localesOf(db: Db, listing: Omit<Listing, 'locale'>, languages: string[]): Promise<string[]> {
	const found = languages.map((locale) => anyListed(db, pageOf({ ...listing, locale }, 1)))
	const rows = await Promise.all(found)
	return languages.filter((_, index) => rows[index]!.length > 0)
}

const anyListed = prepared((db, page: Page) => pageIds(db, page))

/** Ids of translations of sticky posts that are visible in a language, newest first. */
export async function listSticky(db: Db, { locale, now }: { locale: string; now: Time }): Promise<number[]> {
	const posts = await db.selectFrom('posts').select('id').where('sticky', '=', 1).execute()
	if (posts.length === 0) return []
	const ids = posts.map((post) => post.id)
	const rows = await db
		.selectFrom('translations as t')
		.select(['t.id', 't.published_at'])
		.where('t.post_id', 'in', ids)
		.where('t.locale', '=', locale)
		.where('t.kind', '=', 'post')
		.where(visible(now))
		.execute()
	return rows.toSorted((a, b) => b.published_at! - a.published_at! || b.id - a.id).map((row) => row.id)
}

/** The post before and the post after, by date. */
export async function findNeighbours(db: Db, post: { locale: string; now: Time; id: number; at: Time }) {
	// Of what is to come itself, all that has come is older.
	const from = post.at > post.now ? { at: post.now + 1, id: 0 } : {}
	const rows = await neighbours(db, { ...post, ...from })
	return { older: rows.find((row) => row.older), newer: rows.find((row) => !row.older) }
}

const neighbours = prepared((db, { locale, now, id, at }: { locale: string; now: Time; id: number; at: Time }) => {
	const side = (older: boolean) =>
		postsOf(db, locale)
			.select([
				't.id',
				// A bound number would come back from PostgreSQL as text, '0' too.
				sql<number>`${sql.lit(older ? 1 : 0)}`.as('older'),
			])
			.where((eb) => eb(eb.refTuple('t.published_at', 't.id'), older ? '<' : '>', eb.tuple(at, id)))
			.orderBy('t.published_at', older ? 'desc' : 'asc')
			.orderBy('t.id', older ? 'desc' : 'asc')
			.limit(1)
	const newer = side(false).where('t.published_at', '<=', now)
	const both = db
		.selectFrom(side(true).as('o'))
		.selectAll()
		.unionAll(db.selectFrom(newer.as('n')).selectAll())
	return db
		.selectFrom(both.as('side'))
		.innerJoin('translations as t', 't.id', 'side.id')
		.select(['side.older', ...TITLED])
})

/** Of the newest posts under each of these tags, those with most of the tags first. */
export async function listRelated(db: Db, post: { id: number; tags: number[]; locale: string; now: Time }) {
	return post.tags.length === 0 ? [] : related(db, { ...post, lists: termLists(post.tags.slice(0, MOST_LISTS)) })
}

const RELATED = 5
/** Lists that are read one by one: SQLite takes no more than 500 queries in one. */
const MOST_LISTS = 100
/** Newest posts of a tag that are looked at: a tag may have a hundred thousand. */
const CONSIDERED = 40

const related = prepared(
	(db, { id, lists, locale, now }: { id: number; lists: string[]; locale: string; now: Time }) => {
		const newest = lists.map((list) => fromList(db, list, { locale, now, limit: CONSIDERED, offset: 0 }))
		const best = db
			.selectFrom(allOf(db, newest).as('sharing'))
			.select(['id', 'published_at'])
			.where('id', '!=', id)
			.groupBy(['id', 'published_at'])
			.select((eb) => eb.fn.countAll<number>().as('shared'))
			.orderBy('shared', 'desc')
			.orderBy('published_at', 'desc')
			.limit(RELATED)
		return db
			.selectFrom(best.as('best'))
			.innerJoin('translations as t', 't.id', 'best.id')
			.select(TITLED)
			.orderBy('best.shared', 'desc')
			.orderBy('best.published_at', 'desc')
	},
)

/** Translations with what their posts share; a part of other queries. */
export function translations(db: Db) {
	return db.selectFrom('translations as t').innerJoin('posts as p', 'p.id', 't.post_id')
}

/** The same as listings show them. */
export function cards(db: Db) {
	return translations(db)
		.leftJoin('authors as a', 'a.id', 'p.author_id')
		.leftJoin('author_names as n', (join) =>
			join.onRef('n.author_id', '=', 'p.author_id').onRef('n.locale', '=', 't.locale'),
		)
		.leftJoin('media as m', 'm.id', 'p.cover_id')
		.select(CARD)
}

/** A listing as queries take it. */
type Chosen = Omit<Listing, 'terms' | 'author'> & {
	/** The lists that the database keeps (`listings`); none for those that need no list of their own. */
	lists?: string[]
}

function chosenBy({ terms, author, range, ...rest }: Listing): Chosen {
	const within = range && { range: { from: range.from, to: Math.min(range.to, rest.now + 1) } }
	if (author !== undefined) return { ...rest, lists: [`author ${author}`] }
	return terms ? { ...rest, lists: termLists(terms) } : { ...rest, ...within }
}

function termLists(terms: number[]): string[] {
	// `in ()` is no SQL: nothing is under the term 0.
	return terms.length > 0 ? terms.map((term) => `term ${term}`) : ['term 0']
}

interface Page {
	chosen: Chosen
	limit: number
	offset: number
	/** Both together. */
	reach: number
}

function pageOf(listing: Listing, limit: number, offset = 0): Page {
	return { chosen: chosenBy(listing), limit, offset, reach: limit + offset }
}

/** Rows of translations are long: which of them stand on a page is read from indexes alone. */
function onPage<Q extends SelectQueryBuilder<any, any, any>>(db: Db, query: Q, page: Page): Q {
	return query.innerJoin(pageIds(db, page).as('page'), 'page.id', 't.id') as unknown as Q
}

function newestFirst<Q extends SelectQueryBuilder<any, any, any>>(query: Q): Q {
	return query.orderBy('t.published_at', 'desc').orderBy('t.id', 'desc') as unknown as Q
}

function pageIds(db: Db, { chosen, limit, offset, reach }: Page) {
	const { lists, only, locale, now } = chosen
	if (only)
		return newestFirst(among(db, chosen, only))
			.select('t.id')
			.limit(limit)
			.offset(offset)
	if (!lists) return newestFirst(inIndex(db, chosen)).select('t.id').limit(limit).offset(offset)
	const [list] = lists
	if (lists.length === 1)
		return fromList(db, list!, { locale, now, limit, offset }).clearSelect().select('translation_id as id')
	const newest =
		lists.length > MOST_LISTS
			? inLists(db, lists, chosen)
			: allOf(
					db,
					lists.map((list) => fromList(db, list, { locale, now, limit: reach, offset: 0 })),
				)
	return db
		.selectFrom(newest.as('listed'))
		.select('id')
		.groupBy(['id', 'published_at'])
		.orderBy('published_at', 'desc')
		.orderBy('id', 'desc')
		.limit(limit)
		.offset(offset)
}

function everyId(db: Db, chosen: Chosen) {
	const { lists } = chosen
	if (!lists) return inIndex(db, chosen).select('t.id')
	const all = inLists(db, lists, chosen).clearSelect().select('translation_id as id')
	return lists.length === 1 ? all : all.distinct()
}

function inLists(db: Db, lists: string[], { locale, now }: Pick<Chosen, 'locale' | 'now'>) {
	return db
		.selectFrom('listings')
		.select(['translation_id as id', 'published_at'])
		.where('list', 'in', lists)
		.where('locale', '=', locale)
		.where('published_at', '<=', now)
}

/** From the index `translations_listing`, whose columns alone are asked. */
function inIndex(db: Db, { locale, now, kind = 'post', range, except }: Omit<Chosen, 'lists' | 'only'>) {
	let rows = postsOf(db, locale, kind)
	// Of two bounds on the same side SQLite takes one to look in the index: it is given only the nearer.
	if (range) rows = rows.where('t.published_at', '>=', range.from).where('t.published_at', '<', range.to)
	else rows = rows.where('t.published_at', '<=', now)
	return except?.length ? rows.where('t.id', 'not in', except) : rows
}

function postsOf(db: Db, locale: string, kind: PostKind = 'post') {
	return db
		.selectFrom('translations as t')
		.where('t.locale', '=', locale)
		.where('t.kind', '=', kind)
		.where('t.status', '=', 'published')
}

/** The limit keeps SQLite from beginning with the index of listings. */
function among(db: Db, { locale, now, kind = 'post' }: Chosen, ids: number[]) {
	const some = db
		.selectFrom('translations')
		.select(['id', 'locale', 'kind', 'status', 'published_at'])
		// `in ()` is no SQL: no row has the id 0.
		.where('id', 'in', ids.length > 0 ? ids : [0])
		.limit(ids.length)
	return db.selectFrom(some.as('t')).where('t.locale', '=', locale).where('t.kind', '=', kind).where(visible(now))
}

interface Slice {
	locale: string
	now: Time
	limit: number
	offset: number
}

function fromList(db: Db, list: string, { locale, now, limit, offset }: Slice) {
	return inLists(db, [list], { locale, now })
		.orderBy('published_at', 'desc')
		.orderBy('translation_id', 'desc')
		.limit(limit)
		.offset(offset)
}

function allOf(db: Db, lists: ReturnType<typeof fromList>[]) {
	const [first, ...others] = lists.map((list, index) =>
		db.selectFrom(list.as(`list${index}`)).select(['id', 'published_at']),
	)
	return others.reduce((all, one) => all.unionAll(one), first!)
}
