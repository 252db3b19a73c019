import type { Selectable } from 'kysely'
import type { Db, Schema, Time } from '../db/schema.ts'

/** A backup that the blog has made by itself. */
export type Run = Selectable<Schema['backups']>

/** Most rows that are kept. */
const MOST = 500

/** Notes that a backup begins; gives its number. */
export async function insertRun(db: Db, run: Pick<Run, 'name' | 'place' | 'started_at'>): Promise<number> {
	const { id } = await db
		.insertInto('backups')
		.values({ ...run, state: 'running' })
		.returning('id')
		.executeTakeFirstOrThrow()
	await db
		.deleteFrom('backups')
		.where('id', '<=', id - MOST)
		.execute()
	return id
}

/** Notes what came of it. */
export async function endRun(
	db: Db,
	id: number,
	outcome: Pick<Run, 'state' | 'ended_at'> & Partial<Pick<Run, 'bytes' | 'error'>>,
): Promise<void> {
	await db.updateTable('backups').set(outcome).where('id', '=', id).execute()
}

/** The newest backups. */
export function listRuns(db: Db, limit: number): Promise<Run[]> {
	return db.selectFrom('backups').selectAll().orderBy('id', 'desc').limit(limit).execute()
}

/** How many have failed since the last good one. */
export async function countFailedBackups(db: Db): Promise<number> {
	const last = db.selectFrom('backups').select((eb) => eb.fn.coalesce(eb.fn.max('id'), eb.lit(0)).as('id'))
	const { count } = await db
		.selectFrom('backups')
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.where('state', '=', 'failed')
		.where('id', '>', last.where('state', '=', 'done'))
		.executeTakeFirstOrThrow()
	return Number(count)
}

/** One of them. */
export function findRun(db: Db, id: number): Promise<Run | undefined> {
	return db.selectFrom('backups').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Whether one was begun since a moment. */
export async function isBegunSince(db: Db, moment: Time): Promise<boolean> {
	const row = await db.selectFrom('backups').select('id').where('started_at', '>=', moment).limit(1).executeTakeFirst()
	return row !== undefined
}
