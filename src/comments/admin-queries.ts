import type { SelectQueryBuilder } from 'kysely'
import type { Db, ResponseStatus, Schema } from '../db/schema.ts'
import { responsesWith } from '../search/responses.ts'
import { type Filters, type Place, STATES } from './filters.ts'
import { WORDLESS } from './thread-queries.ts'

/** Counts end here: who has more counts by pages. */
export const MOST_COUNTED = 1000

/** Whose queue: responses under the posts of one author, or under all. */
interface Whose {
	author?: number
}

/** The numbers of a page of the queue, newest first, and whether there are others on either side of it. */
export async function listPage(db: Db, place: Place & Whose, size: number) {
	const { before, after } = place
	const isBackward = after !== undefined
	const rows = await pageQuery(db, place, size + 1)
		.orderBy('id', isBackward ? 'asc' : 'desc')
		.limit(size + 1)
		.execute()
	const ids = rows.slice(0, size).map(({ id }) => id)
	const isCut = rows.length > size
	return isBackward
		? { ids: ids.reverse(), hasNewer: isCut, hasOlder: true }
		: { ids, hasNewer: before !== undefined, hasOlder: isCut }
}

/** A part of each state that is asked for: the index begins with the state. A search has an index of its own. */
function pageQuery(db: Db, place: Place & Whose, limit: number) {
	const { state, after } = place
	if (state === 'all' && place.q !== '') return db.selectFrom(fromPlace(db, place).as('page')).select('id')
	const [first, ...others] = (state === 'all' ? STATES : [state]).map((one) => {
		const part = fromPlace(db, place).where('c.status', '=', one)
		const newest = part.orderBy('c.id', after === undefined ? 'desc' : 'asc').limit(limit)
		return db.selectFrom(newest.as('part')).select('id')
	})
	return db.selectFrom(others.reduce((all, one) => all.unionAll(one), first!).as('page')).select('id')
}

function fromPlace(db: Db, place: Place & Whose) {
	const { before, after } = place
	let query = matching(db, place).select('c.id')
	if (before !== undefined) query = query.where('c.id', '<', before)
	if (after !== undefined) query = query.where('c.id', '>', after)
	return query
}

/** Responses as the queue shows them, newest first. */
export async function listQueued(db: Db, ids: number[]) {
	if (ids.length === 0) return []
	return db
		.selectFrom('comments as c')
		.innerJoin('posts as p', 'p.id', 'c.post_id')
		.leftJoin('comments as parent', 'parent.id', 'c.parent_id')
		.select(['c.id', 'c.post_id', 'c.kind', 'c.status', 'c.locale', 'c.name', 'c.email', 'c.url', 'c.ip', 'c.html'])
		.select(['c.mention', 'c.title', 'c.source', 'c.format', 'c.reasons', 'c.created_at', 'c.author_id'])
		.select(['parent.name as parent_name', 'p.author_id as owner'])
		.where('c.id', 'in', ids)
		.orderBy('c.id', 'desc')
		.execute()
}

/** A response of the queue. */
export type Queued = Awaited<ReturnType<typeof listQueued>>[number]

/**
 * How many responses there are in each state, whatever state is asked for: at most MOST_COUNTED of each. Of a search
 * that finds more than that in all there are no counts.
 */
export async function countQueue(db: Db, filters: Filters & Whose): Promise<Map<ResponseStatus, number> | undefined> {
	return filters.q === '' ? countStates(db, filters) : countFound(db, filters)
}

async function countFound(db: Db, filters: Filters & Whose): Promise<Map<ResponseStatus, number> | undefined> {
	const found = await matching(db, filters)
		.select('c.status')
		.limit(MOST_COUNTED + 1)
		.execute()
	if (found.length > MOST_COUNTED) return undefined
	const byState = Map.groupBy(found, ({ status }) => status)
	return new Map([...byState].map(([state, rows]) => [state, rows.length]))
}

async function countStates(db: Db, filters: Filters & Whose): Promise<Map<ResponseStatus, number>> {
	const counts = STATES.map((state) =>
		db
			.selectFrom(matching(db, filters).where('c.status', '=', state).select('c.id').limit(MOST_COUNTED).as('counted'))
			.select((eb) => [eb.val<string>(state).as('status'), eb.fn.countAll<number>().as('count')]),
	)
	const [first, ...others] = counts
	const rows = await others.reduce((all, one) => all.unionAll(one), first!).execute()
	return new Map(rows.map((row) => [row.status as ResponseStatus, Number(row.count)]))
}

/** The posts that were responded to last, among as many of the newest responses as one looks through quickly. */
export async function listRecentPosts(db: Db, { author }: Whose, limit: number): Promise<number[]> {
	const newest = owned(db.selectFrom('comments as c'), author).select(['c.id', 'c.post_id']).orderBy('c.id', 'desc')
	const rows = await db
		.selectFrom(newest.limit(MOST_COUNTED).as('newest'))
		.select('post_id')
		.groupBy('post_id')
		.orderBy((eb) => eb.fn.max('id'), 'desc')
		.limit(limit)
		.execute()
	return rows.map(({ post_id }) => post_id)
}

/** The number of responses that wait, under the posts of one author or under all. */
export async function countHeld(db: Db, author: number | undefined): Promise<number> {
	const { count } = await owned(db.selectFrom('comments as c').where('c.status', '=', 'held'), author)
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.executeTakeFirstOrThrow()
	return Number(count)
}

/** Responses with the authors of the posts they are under. */
export async function listOwners(db: Db, ids: number[]) {
	if (ids.length === 0) return []
	return db
		.selectFrom('comments as c')
		.innerJoin('posts as p', 'p.id', 'c.post_id')
		.select(['c.id', 'c.status', 'p.author_id'])
		.where('c.id', 'in', ids)
		.execute()
}

type Comments = SelectQueryBuilder<Schema & { c: Schema['comments'] }, 'c', object>

function matching(db: Db, { lang, post, kind, q, author }: Filters & Whose) {
	let query = owned(db.selectFrom('comments as c') as unknown as Comments, author)
	if (lang) query = query.where('c.locale', '=', lang)
	if (post) query = query.where('c.post_id', '=', post)
	if (kind === 'like' || kind === 'repost') query = query.where('c.mention', '=', kind)
	else if (kind) query = query.where('c.kind', '=', kind).where('c.mention', 'not in', WORDLESS)
	const words = responsesWith(db, q)
	if (words) query = query.where(words)
	// What is asked for has letters; what was typed has none.
	return q !== '' && !words ? query.where('c.id', '<', 0) : query
}

function owned<Query>(query: Query, author: number | undefined): Query {
	if (!author) return query
	const comments = query as Comments
	return comments.where('c.post_id', 'in', (eb) =>
		eb.selectFrom('posts').select('id').where('author_id', '=', author),
	) as Query
}
