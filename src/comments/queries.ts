import type { Insertable } from 'kysely'
import type { CommentsTable, Db, Time, Trx } from '../db/schema.ts'
import { bumpVersions } from '../db/versions.ts'

/** Stores a response and gives its number; listings of every language show it. */
export async function insertComment(trx: Trx, comment: Insertable<CommentsTable>): Promise<number> {
	const { id } = await trx.insertInto('comments').values(comment).returning('id').executeTakeFirstOrThrow()
	await bumpVersions(trx, await listingsOf(trx, comment.post_id))
	return id
}

/** The approved responses of a post, oldest first. */
export async function listResponses(db: Db, postId: number) {
	return db
		.selectFrom('comments')
		.select(['id', 'parent_id', 'kind', 'status', 'locale', 'name', 'url', 'html', 'author_id', 'created_at'])
		.where('post_id', '=', postId)
		.where('status', '=', 'approved')
		.orderBy('created_at')
		.orderBy('id')
		.execute()
}

/** A response as `listResponses` gives it. */
export type Response = Awaited<ReturnType<typeof listResponses>>[number]

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

/** The newest approved responses under posts that are visible in a language. */
export async function listRecentResponses(
	db: Db,
	{ locale, now, postId }: { locale: string; now: Time; postId?: number },
	limit: number,
) {
	let query = db
		.selectFrom('comments as c')
		.innerJoin('translations as t', 't.post_id', 'c.post_id')
		.where('c.status', '=', 'approved')
		.where('t.locale', '=', locale)
		.where('t.status', '=', 'published')
		.where('t.published_at', '<=', now)
		.where('t.password', 'is', null)
	if (postId) query = query.where('c.post_id', '=', postId)
	return query
		.select(['c.id', 'c.kind', 'c.name', 'c.url', 'c.html', 'c.locale as lang', 'c.created_at'])
		.select(['t.kind as post_kind', 't.locale', 't.slug', 't.year', 't.month', 't.title'])
		.orderBy('c.created_at', 'desc')
		.orderBy('c.id', 'desc')
		.limit(limit)
		.execute()
}

/** The post of an approved response: where `?replytocom=` and old links lead. */
export async function findResponsePost(db: Db, id: number): Promise<number | undefined> {
	const row = await db
		.selectFrom('comments')
		.select('post_id')
		.where('id', '=', id)
		.where('status', '=', 'approved')
		.executeTakeFirst()
	return row?.post_id
}

async function listingsOf(trx: Trx, postId: number): Promise<string[]> {
	const rows = await trx.selectFrom('translations').select('locale').where('post_id', '=', postId).execute()
	return rows.map((row) => `listing:${row.locale}`)
}
