import { databaseKind } from '../db/dialect.ts'
import type { Db, Time, Trx } from '../db/schema.ts'
import {
	attemptsOf,
	type DeadJob,
	type JobCount,
	type LeaseSource,
	type Leases,
	type NewJob,
	type OverdueJob,
	type Queue,
} from './job.ts'
import { sqliteQueue } from './sqlite-queries.ts'

/**
 * Writes a job in the transaction of the change that asks for it; it is done at least once after the commit.
 * @example await enqueue(trx, 'comment.check', { id }, { key: String(id) }); … ; wake()
 */
export async function enqueue(
	trx: Trx,
	kind: string,
	payload: unknown,
	{ runAt, key }: Pick<NewJob, 'runAt' | 'key'> = {},
): Promise<void> {
	await (await queueOf(trx)).add(trx, { kind, payload, runAt, key, attempts: attemptsOf(kind) })
}

/** The jobs that failed too often, oldest first, at most 1000. */
export async function listDead(db: Db): Promise<DeadJob[]> {
	return (await queueOf(db)).listDead(db)
}

/** Gives a dead job all its attempts anew; false when there is no such dead job. */
export async function rerun(db: Db, id: string): Promise<boolean> {
	return (await queueOf(db)).rerun(db, id)
}

/** Forgets jobs that died before a moment. */
export async function deleteDead(db: Db, before: Time): Promise<void> {
	await (await queueOf(db)).deleteDead(db, before)
}

/** Ends the pauses of the failed jobs of a kind: they are due now. Jobs put off to a moment stay so. */
export async function hurry(db: Db, kind: string): Promise<void> {
	await (await queueOf(db)).hurry(db, kind)
}

/** Jobs that were due before a moment and that no worker holds, the oldest first. */
export async function listOverdue(db: Db, before: Time, limit: number): Promise<OverdueJob[]> {
	return (await queueOf(db)).listOverdue(db, before, limit)
}

/** How many jobs of each kind wait, and which are dead. */
export async function countJobs(db: Db, now: Time): Promise<JobCount[]> {
	return (await queueOf(db)).countByKind(db, now)
}

/** Schedules that come no more: put off beyond a moment. */
export async function listPutOff(db: Db, after: Time): Promise<SchedulesTable[]> {
	return schedules(db).selectFrom('schedules').selectAll().where('next_at', '>', after).orderBy('kind').execute()
}

/** Opens the queue for a worker. */
export async function openLeases(source: LeaseSource<Db>): Promise<Leases> {
	return (await queueOf(source.db)).open(source)
}

/** A schedule as it is kept. */
export interface SchedulesTable {
	kind: string
	cron: string
	next_at: Time
}

/** Keeps a schedule unless it is known as it is. */
export async function keepSchedule(db: Db, schedule: SchedulesTable): Promise<void> {
	await schedules(db)
		.insertInto('schedules')
		.values(schedule)
		.onConflict((c) =>
			c
				.column('kind')
				.doUpdateSet({ cron: schedule.cron, next_at: schedule.next_at })
				.where('schedules.cron', '!=', schedule.cron),
		)
		.execute()
}

/** The schedules of these kinds with the moments at which they are due. */
export async function listSchedules(db: Db, kinds: string[]): Promise<Pick<SchedulesTable, 'kind' | 'next_at'>[]> {
	if (kinds.length === 0) return []
	return schedules(db).selectFrom('schedules').select(['kind', 'next_at']).where('kind', 'in', kinds).execute()
}

/** Brings a schedule forward to `next`, if it is later. */
export async function hastenSchedule(db: Db, kind: string, next: Time): Promise<void> {
	const set = schedules(db).updateTable('schedules').set({ next_at: next })
	await set.where('kind', '=', kind).where('next_at', '>', next).execute()
}

/** Turns a due schedule into a job; of several processes that try it, one does it. */
export async function fireSchedule(db: Db, kind: string, now: Time, next: Time): Promise<void> {
	await db.transaction().execute(async (trx) => {
		const { numUpdatedRows } = await schedules(trx)
			.updateTable('schedules')
			.set({ next_at: next })
			.where('kind', '=', kind)
			.where('next_at', '<=', now)
			.executeTakeFirst()
		if (numUpdatedRows > 0n) await enqueue(trx, kind, null, { key: 'schedule' })
	})
}

function schedules(db: Db) {
	return db.withTables<{ schedules: SchedulesTable }>()
}

/** pg-boss takes a while to load: not before it is needed. */
async function queueOf(db: Db): Promise<Queue<Db, Trx>> {
	if (databaseKind(db) === 'sqlite') return sqliteQueue
	return (await import('./postgres-queries.ts')).postgresQueue
}
