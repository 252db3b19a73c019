import type { Comment, Db, Time, Trx } from '../db/schema.ts'

/** The visible translations of a post, with what Akismet wants to know of them. */
export async function listPlaces(db: Db, postId: number, now: Time) {
	return db
		.selectFrom('translations')
		.select(['kind', 'locale', 'slug', 'year', 'month', 'modified_at'])
		.where('post_id', '=', postId)
		.where('status', '=', 'published')
		.where('published_at', '<=', now)
		.orderBy('id')
		.execute()
}

/** Lets a response wait for a check. */
export async function markWaiting(trx: Trx, id: number): Promise<void> {
	await trx.updateTable('comments').set({ checked: 'waiting' }).where('id', '=', id).execute()
}

/** Ends the wait of a response and gives it as it is now; undefined when it didn't wait. Nobody else gets it. */
export async function endWaiting(trx: Trx, id: number): Promise<Comment | undefined> {
	return trx
		.updateTable('comments')
		.set({ checked: 'done' })
		.where('id', '=', id)
		.where('checked', '=', 'waiting')
		.returningAll()
		.executeTakeFirst()
}

/** The numbers of responses after `after` that wait for a check. */
export async function listWaiting(db: Db, after: number, limit: number): Promise<number[]> {
	const rows = await db
		.selectFrom('comments')
		.select('id')
		.where('checked', '=', 'waiting')
		.where('id', '>', after)
		.orderBy('id')
		.limit(limit)
		.execute()
	return rows.map(({ id }) => id)
}

/** Readers' responses after `after`, shown or held, that no author has decided on. */
export async function listUndecided(db: Db, after: number, limit: number): Promise<Comment[]> {
	return undecided(db).selectAll().where('id', '>', after).orderBy('id').limit(limit).execute()
}

/** How many of them there are. */
export async function countUndecided(db: Db): Promise<number> {
	const row = await undecided(db)
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.executeTakeFirstOrThrow()
	return Number(row.count)
}

/** Moves a response unless it has been moved since it was read; tells whether it did. */
export async function moveUnchanged(
	trx: Trx,
	{ id, status, reasons }: Pick<Comment, 'id' | 'status' | 'reasons'>,
	to: Pick<Comment, 'status' | 'reasons'>,
): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('comments')
		.set({ status: to.status, reasons: to.reasons })
		.where('id', '=', id)
		.where('status', '=', status)
		.where('reasons', '=', reasons)
		.executeTakeFirst()
	return numUpdatedRows > 0n
}

function undecided(db: Db) {
	return db
		.selectFrom('comments')
		.where('author_id', 'is', null)
		.where('trained', 'is', null)
		.where('status', 'in', ['approved', 'held'])
		.where('reasons', 'not like', '%"rule":"author"%')
}
