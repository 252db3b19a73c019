import type { Insertable } from 'kysely'
import type { Comment, CommentsTable, Db, ResponseStatus, Time, Trx } from '../db/schema.ts'
import { visible } from '../db/visible.ts'
import { pageAt } from '../views/paging.ts'
import type { CommentPolicy } from './policy.ts'
import { insertPlaced, standingBefore, WORDLESS } from './thread-queries.ts'

/** Stores a response whose parent is known by its number, and gives its own. */
export async function insertComment(trx: Trx, comment: Insertable<CommentsTable>): Promise<number> {
	const { parent_id, ...rest } = comment
	const parent = parent_id
		? await trx
				.selectFrom('comments')
				.select(['id', 'place', 'root', 'depth'])
				.where('id', '=', parent_id)
				.executeTakeFirst()
		: undefined
	return (await insertPlaced(trx, rest, parent)).id
}

/** PostgreSQL takes no larger number for an id, not even to look for. */
const GREATEST_ID = 2 ** 31 - 1

/** The approved response of a post that is replied to; `id` may be any whole number. */
export async function findParent(db: Db, postId: number, id: number) {
	if (id > GREATEST_ID) return undefined
	return db
		.selectFrom('comments')
		.select(['id', 'name', 'locale', 'place', 'root', 'depth', 'author_id'])
		.where('id', '=', id)
		.where('post_id', '=', postId)
		.where('status', '=', 'approved')
		.where('mention', 'not in', WORDLESS)
		.executeTakeFirst()
}

/** Whether a writer with this name and e-mail has been approved before. */
export async function isKnownWriter(db: Db, { name, email }: { name: string; email: string }): Promise<boolean> {
	if (email === '') return false
	const row = await db
		.selectFrom('comments')
		.select('id')
		.where('email', '=', email)
		.where('name', '=', name)
		.where('status', '=', 'approved')
		.limit(1)
		.executeTakeFirst()
	return row !== undefined
}

/** Whether the same has been said under the same post by the same writer. */
export async function isDuplicate(db: Db, postId: number, digest: string): Promise<boolean> {
	const row = await db
		.selectFrom('comments')
		.select('id')
		.where('post_id', '=', postId)
		.where('digest', '=', digest)
		.where('status', '!=', 'trash')
		.limit(1)
		.executeTakeFirst()
	return row !== undefined
}

/** The number of approved responses of each post. */
export async function countResponses(db: Db, postIds: number[]): Promise<Map<number, number>> {
	if (postIds.length === 0) return new Map()
	const rows = await db
		.selectFrom('comments')
		.where('post_id', 'in', postIds)
		.where('status', '=', 'approved')
		.groupBy('post_id')
		.select((eb) => ['post_id', eb.fn.countAll<number>().as('count')])
		.execute()
	return new Map(rows.map((row) => [row.post_id, Number(row.count)]))
}

interface RecentResponses {
	locale: string
	now: Time
	postId?: number
	/** How conversations are paged: each response is given with its page. */
	comments: Pick<CommentPolicy, 'order' | 'perPage'>
}

/** The newest approved responses that say something, under posts that anybody may read in a language, or under one of them. */
export async function listRecentResponses(db: Db, { locale, now, postId, comments }: RecentResponses, limit: number) {
	let query = db
		.selectFrom('comments as c')
		.innerJoin('translations as t', 't.post_id', 'c.post_id')
		.where('c.status', '=', 'approved')
		.where('c.mention', 'not in', WORDLESS)
		.where('t.locale', '=', locale)
		.where(visible(now))
		.where('t.password', 'is', null)
	if (postId) query = query.where('c.post_id', '=', postId)
	const rows = await query
		.select(['c.id', 'c.name', 'c.url', 'c.html', 'c.locale as lang', 'c.created_at'])
		.select(['t.kind', 't.locale', 't.slug', 't.year', 't.month'])
		.select(['t.title', 't.format', 't.published_at', 't.guid'])
		.select(standingBefore(db, comments))
		.orderBy('c.created_at', 'desc')
		.orderBy('c.id', 'desc')
		.limit(limit)
		.execute()
	return rows.map(({ before, ...row }) => ({ ...row, page: pageAt(before ?? 0, comments.perPage) }))
}

/** Responses whole, by their numbers. */
export async function readComments(db: Db, ids: number[]): Promise<Comment[]> {
	if (ids.length === 0) return []
	return db.selectFrom('comments').selectAll().where('id', 'in', ids).orderBy('id').execute()
}

/** Puts a response into a state, with its reasons as JSON. */
export async function updateStatus(trx: Trx, id: number, status: ResponseStatus, reasons: string): Promise<void> {
	await trx.updateTable('comments').set({ status, reasons }).where('id', '=', id).execute()
}

/** Responses in a state, newest first; of every state when none is named. */
export async function listByState(db: Db, status: ResponseStatus | undefined, limit: number): Promise<Comment[]> {
	let query = db.selectFrom('comments').selectAll()
	if (status) query = query.where('status', '=', status)
	return query.orderBy('id', 'desc').limit(limit).execute()
}
