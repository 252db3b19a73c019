import { type ExpressionBuilder, sql } from 'kysely'
import type { Db, Schema, Time, Translation } from '../db/schema.ts'
import { visible } from '../db/visible.ts'

const AT_ONCE = 100

/** All translations by their numbers, some at a time. */
export function everyTranslation(db: Db): AsyncGenerator<Translation[]> {
	const query = db.selectFrom('translations').selectAll()
	return inParts(0, (after) => query.where('id', '>', after).orderBy('id').limit(AT_ONCE).execute(), byId)
}

/** All uploads by their numbers, some at a time. */
export function everyMedia(db: Db) {
	const query = db.selectFrom('media').select(['id', 'path', 'name', 'bytes', 'width', 'widths'])
	return inParts(0, (after) => query.where('id', '>', after).orderBy('id').limit(AT_ONCE).execute(), byId)
}

/** The pictures of those who mention posts: keys in the storage, with the response. */
export function everyFace(db: Db) {
	const query = db.selectFrom('comments').select(['id', 'photo']).where('photo', 'like', 'mentions/%')
	return inParts(0, (after) => query.where('id', '>', after).orderBy('id').limit(AT_ONCE).execute(), byId)
}

/** Old addresses that lead to an address of the blog itself, some at a time. */
export function everyRedirect(db: Db) {
	const query = db
		.selectFrom('redirects')
		.select(['path', 'target'])
		.where('target', 'like', '/%')
		.$narrowType<{ target: string }>()
	const read = (after: string) => query.where('path', '>', after).orderBy('path').limit(AT_ONCE).execute()
	return inParts('', read, ({ path }) => path)
}

const byId = ({ id }: { id: number }) => id

/** What `read` gives after each last row, until there is no more; `placeOf` tells where a row stands. */
async function* inParts<Row, Place>(
	first: Place,
	read: (after: Place) => Promise<Row[]>,
	placeOf: (row: Row) => Place,
): AsyncGenerator<Row[]> {
	for (let after = first; ; ) {
		const rows = await read(after)
		if (rows.length > 0) yield rows
		if (rows.length < AT_ONCE) return
		after = placeOf(rows.at(-1)!)
	}
}

/** How much there is to look through. */
export async function countAll(db: Db) {
	const count = async (table: 'translations' | 'media') => {
		const row = await db
			.selectFrom(table)
			.select((eb) => eb.fn.countAll().as('count'))
			.executeTakeFirstOrThrow()
		return Number(row.count)
	}
	return { translations: await count('translations'), media: await count('media') }
}

/** Which of these paths are uploads. */
export async function knownPaths(db: Db, paths: string[]): Promise<Set<string>> {
	if (paths.length === 0) return new Set()
	const rows = await db.selectFrom('media').select('path').where('path', 'in', paths).execute()
	return new Set(rows.map((row) => row.path))
}

/** Which of these keys are pictures of those who mention posts. */
export async function knownFaces(db: Db, keys: string[]): Promise<Set<string>> {
	if (keys.length === 0) return new Set()
	const rows = await db.selectFrom('comments').select('photo').where('photo', 'in', keys).execute()
	return new Set(rows.map((row) => row.photo))
}

/** Whether readers find a post at this address. */
export async function isPostAt(
	db: Db,
	{ locale, year, month, slug }: { locale: string; year: number; month: number; slug: string },
	now: Time,
): Promise<boolean> {
	const row = await db
		.selectFrom('translations as t')
		.select('t.id')
		.where('t.kind', '=', 'post')
		.where('t.locale', '=', locale)
		.where('t.slug', '=', slug)
		.where('t.year', '=', year)
		.where('t.month', '=', month)
		.where(visible(now))
		.executeTakeFirst()
	return row !== undefined
}

/** Responses that don't stand where their thread has them, at most `limit`. */
export async function listMisplaced(db: Db, limit: number) {
	const wrong = {
		elsewhere: sql<boolean>`p.post_id <> c.post_id`,
		above: sql<boolean>`p.post_id = c.post_id and p.place >= c.place`,
		astray: sql<boolean>`p.post_id = c.post_id and (p.root <> c.root or p.depth + 1 <> c.depth)`,
	}
	return db
		.selectFrom('comments as c')
		.innerJoin('comments as p', 'p.id', 'c.parent_id')
		.select(['c.id', 'c.post_id', 'c.parent_id'])
		.select(
			sql<string>`case when ${wrong.elsewhere} then 'elsewhere' when ${wrong.above} then 'above' else 'astray' end`.as(
				'how',
			),
		)
		.where((eb) => eb.or([wrong.elsewhere, wrong.above, wrong.astray]))
		.orderBy('c.id')
		.limit(limit)
		.execute()
}

/** Responses without a place, heads of threads that stand in another's, and two in one place; at most `limit`. */
export async function listUnplaced(db: Db, limit: number) {
	return db
		.selectFrom('comments as c')
		.select(['c.id', 'c.post_id'])
		.where((eb) =>
			eb.or([
				eb('c.place', '=', ''),
				eb.and([eb('c.depth', '=', 0), sql<boolean>`c.root <> c.place`]),
				sql<boolean>`exists (select 1 from comments o where o.post_id = c.post_id and o.place = c.place and o.id < c.id)`,
			]),
		)
		.orderBy('c.id')
		.limit(limit)
		.execute()
}

/** Translations that contradict their post, or whose address can't be told; at most `limit`. */
export async function listContradictions(db: Db, limit: number) {
	return db
		.selectFrom('translations as t')
		.innerJoin('posts as p', 'p.id', 't.post_id')
		.select([
			't.id',
			't.post_id',
			't.locale',
			't.title',
			't.kind',
			'p.kind as post_kind',
			't.year',
			't.month',
			't.slug',
		])
		.where((eb) =>
			eb.or([
				eb('t.kind', '!=', eb.ref('p.kind')),
				eb('t.slug', '=', ''),
				eb.and([eb('t.status', '=', 'published'), eb('t.published_at', 'is', null)]),
				eb.and([eb('t.status', '=', 'published'), eb.or([eb('t.year', 'is', null), eb('t.month', 'is', null)])]),
				eb('t.month', '>', 12),
				eb('t.month', '<', 1),
			]),
		)
		.orderBy('t.id')
		.limit(limit)
		.execute()
}

/** Posts without any translation: nobody can come to them. */
export async function listEmptyPosts(db: Db, limit: number): Promise<number[]> {
	const rows = await db
		.selectFrom('posts as p')
		.select('p.id')
		.where(({ not, exists, selectFrom }) =>
			not(exists(selectFrom('translations as t').select('t.id').whereRef('t.post_id', '=', 'p.id'))),
		)
		.orderBy('p.id')
		.limit(limit)
		.execute()
	return rows.map((row) => row.id)
}

/** How many texts there are in each language. */
export async function countByLanguage(db: Db) {
	const rows = await db
		.selectFrom('translations')
		.select((eb) => ['locale', eb.fn.countAll().as('count')])
		.groupBy('locale')
		.orderBy('locale')
		.execute()
	return rows.map(({ locale, count }) => ({ locale, count: Number(count) }))
}

/** The newest posts that readers see in several languages, with their pages. */
export async function listTranslated(db: Db, now: Time, limit: number) {
	const posts = await db
		.selectFrom('translations as t')
		.select((eb) => ['t.post_id', eb.fn.max('t.published_at').as('newest')])
		.where(visible(now))
		.where('t.password', 'is', null)
		.groupBy('t.post_id')
		.having((eb) => eb.fn.countAll(), '>', 1)
		.orderBy('newest', 'desc')
		.limit(limit)
		.execute()
	if (posts.length === 0) return []
	return db
		.selectFrom('translations as t')
		.select(['t.post_id', 't.kind', 't.locale', 't.slug', 't.year', 't.month'])
		.where(visible(now))
		.where(
			't.post_id',
			'in',
			posts.map((post) => post.post_id),
		)
		.orderBy('t.id')
		.execute()
}

/** Terms under posts of a language in which they have no name, at most `limit`: readers there don't see them. */
export async function listNameless(db: Db, locale: string, limit: number) {
	const names = (eb: ExpressionBuilder<Schema, 'terms'>) =>
		eb.selectFrom('term_names as n').select('n.name').whereRef('n.term_id', '=', 'terms.id')
	return db
		.selectFrom('terms')
		.select((eb) => ['terms.id', 'terms.kind', names(eb).orderBy('n.locale').limit(1).as('name')])
		.where((eb) => eb.not(eb.exists(names(eb).where('n.locale', '=', locale))))
		.where(({ exists, selectFrom }) =>
			exists(
				selectFrom('post_terms as pt')
					.innerJoin('translations as t', 't.post_id', 'pt.post_id')
					.select('t.id')
					.whereRef('pt.term_id', '=', 'terms.id')
					.where('t.locale', '=', locale)
					.where('t.status', '=', 'published'),
			),
		)
		.orderBy('terms.id')
		.limit(limit)
		.execute()
}

/** Which of these posts there are. */
export async function knownPosts(db: Db, ids: number[]): Promise<Set<number>> {
	if (ids.length === 0) return new Set()
	const rows = await db.selectFrom('posts').select('id').where('id', 'in', ids).execute()
	return new Set(rows.map((row) => row.id))
}

/** The settings as they are kept: their values may be anything. */
export async function rawSettings(db: Db) {
	return db.selectFrom('settings').selectAll().execute()
}

/** Moments that have been written down as present: none of them can be to come. */
export async function latestMoments(db: Db) {
	const newest = async <T extends 'comments' | 'audit' | 'revisions'>(table: T, column: string) => {
		const { rows } = await sql<{ at: Time | null }>`select max(${sql.id(column)}) as at from ${sql.id(table)}`.execute(
			db,
		)
		return rows[0]!.at ?? 0
	}
	return {
		'a response': await newest('comments', 'created_at'),
		'the log of changes': await newest('audit', 'created_at'),
		'a saved text': await newest('revisions', 'saved_at'),
	}
}

/** The newest of the blog's own backups. */
export async function newestBackups(db: Db) {
	return db.selectFrom('backups').selectAll().orderBy('id', 'desc').limit(10).execute()
}
