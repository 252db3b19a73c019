import type { Db, Time } from '../db/schema.ts'

/** A page is fetched at most so often in this time. */
const MOST = 6
const SPAN = 10 * 60 * 1000

/** Counts a fetch of a source about to be made; else the milliseconds after which it may be. */
export async function claimFetch(db: Db, sourceKey: string, now: Time): Promise<number> {
	return db.transaction().execute(async (trx) => {
		// Also where the row is there already, it is ours now until the end.
		const row = await trx
			.insertInto('mention_fetches')
			.values({ source_key: sourceKey, last_at: now })
			.onConflict((c) => c.column('source_key').doUpdateSet({ last_at: now }))
			.returning('times')
			.executeTakeFirstOrThrow()
		const times = (JSON.parse(row.times) as Time[]).filter((time) => time > now - SPAN)
		if (times.length >= MOST) return times[0]! + SPAN - now
		await trx
			.updateTable('mention_fetches')
			.set({ times: JSON.stringify([...times, now]) })
			.where('source_key', '=', sourceKey)
			.execute()
		return 0
	})
}

/** Forgets the counts that limit nothing any more. */
export async function forgetFetches(db: Db, now: Time): Promise<void> {
	await db
		.deleteFrom('mention_fetches')
		.where('last_at', '<', now - SPAN)
		.execute()
}
