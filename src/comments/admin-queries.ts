import type { Db, ResponseStatus } from '../db/schema.ts'

/** Which responses: in a state, under the posts of one author or under all. */
export interface Queue {
	status: ResponseStatus
	author?: number
}

/** A page of the queue, newest first. */
export async function listQueue(db: Db, queue: Queue, { limit, offset }: { limit: number; offset: number }) {
	const inState = queued(db).where('c.status', '=', queue.status)
	return (queue.author ? inState.where('p.author_id', '=', queue.author) : inState)
		.orderBy('c.id', 'desc')
		.limit(limit)
		.offset(offset)
		.execute()
}

/** A response of the queue. */
export type Queued = Awaited<ReturnType<typeof listQueue>>[number]

/** One response as the queue shows it. */
export async function findQueued(db: Db, id: number): Promise<Queued | undefined> {
	return queued(db).where('c.id', '=', id).executeTakeFirst()
}

/** The number of responses in each state. */
export async function countQueue(db: Db, author: number | undefined): Promise<Map<ResponseStatus, number>> {
	let query = db.selectFrom('comments as c').groupBy('c.status')
	if (author)
		query = query.innerJoin('posts as p', 'p.id', 'c.post_id').where('p.author_id', '=', author) as typeof query
	const rows = await query.select((eb) => ['c.status', eb.fn.countAll<number>().as('count')]).execute()
	return new Map(rows.map((row) => [row.status, Number(row.count)]))
}

/** The number of responses that wait, under the posts of one author or under all. */
export async function countHeld(db: Db, author: number | undefined): Promise<number> {
	const held = db.selectFrom('comments as c').where('c.status', '=', 'held')
	const theirs = held.innerJoin('posts as p', 'p.id', 'c.post_id').where('p.author_id', '=', author ?? 0)
	const query = author ? (theirs as unknown as typeof held) : held
	const { count } = await query.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
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

function queued(db: Db) {
	return db
		.selectFrom('comments as c')
		.innerJoin('posts as p', 'p.id', 'c.post_id')
		.leftJoin('comments as parent', 'parent.id', 'c.parent_id')
		.select(['c.id', 'c.post_id', 'c.kind', 'c.status', 'c.locale', 'c.name', 'c.email', 'c.url', 'c.html'])
		.select(['c.mention', 'c.title'])
		.select(['c.reasons', 'c.created_at', 'c.author_id', 'parent.name as parent_name'])
}
