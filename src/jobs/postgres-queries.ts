import { sql } from 'kysely'
import { type ConstructorOptions, fromKysely, getConstructionPlans, type JobWithMetadata, PgBoss } from 'pg-boss'
import type { Db, Time, Trx } from '../db/schema.ts'
import {
	BEAT,
	type DeadJob,
	type JobCount,
	LEASE,
	type LeaseSource,
	type Leases,
	type NewJob,
	type OverdueJob,
	type Queue,
	type TakenJob,
} from './job.ts'

interface Stored {
	kind: string
	payload: unknown
}

const JOBS = 'jobs'
const DEAD = 'dead'
const DAY = 86_400
const MOST = 1000
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

// Schedules are the same on both databases (queries.ts), and nobody reads its registry of processes.
const PLAIN: ConstructorOptions = { schedule: false, supervise: false, registerInstance: false }

/** The queue of a PostgreSQL database: pg-boss with one queue for every kind, so that looking for jobs is one query. */
export const postgresQueue: Queue<Db, Trx> = { add, listDead, rerun, deleteDead, hurry, listOverdue, countByKind, open }

/** Makes pg-boss's schema and its two queues in the transaction of a migration. */
export async function installPgBoss(db: Db): Promise<void> {
	const { executeSql } = fromKysely(db)
	// pg-boss brings its own transaction, which would end the migration's.
	const inside = { executeSql: (text: string, values?: unknown[]) => executeSql(withoutTransaction(text), values) }
	await inside.executeSql(getConstructionPlans())
	const boss = new PgBoss({ ...PLAIN, db: inside })
	const kept = { retentionSeconds: 365 * DAY }
	await boss.createQueue(DEAD, kept)
	await boss.createQueue(JOBS, {
		...kept,
		deadLetter: DEAD,
		deleteAfterSeconds: DAY,
		heartbeatSeconds: LEASE / 1000,
		expireInSeconds: DAY,
	})
}

function withoutTransaction(text: string): string {
	return text.replace(/^\s*BEGIN;/, '').replace(/COMMIT;\s*$/, '')
}

async function add(trx: Trx, { kind, payload, runAt, key, attempts }: NewJob & { attempts: number }) {
	const boss = over(trx)
	const data: Stored = { kind, payload: payload ?? null }
	const options = { retryLimit: attempts - 1 }
	const startAfter = runAt === undefined ? 0 : new Date(runAt)
	if (key === undefined) await boss.send(JOBS, data, { ...options, startAfter })
	else await boss.upsert(JOBS, data, { ...options, startAfter, singletonKey: `${kind}:${key}` })
}

async function listDead(db: Db): Promise<DeadJob[]> {
	const rows = await over(db).findJobs<Stored>(DEAD, { limit: MOST })
	return rows.map((row) => ({
		id: row.id,
		...row.data,
		attempt: (row.sourceRetryCount ?? 0) + 1,
		error: errorOf(row),
		diedAt: row.createdOn.getTime(),
	}))
}

function errorOf({ sourceOutput }: JobWithMetadata<Stored>): string {
	const output = sourceOutput as { message?: string; value?: { message?: string } } | null
	return output?.message ?? output?.value?.message ?? ''
}

async function rerun(db: Db, id: string): Promise<boolean> {
	return UUID.test(id) && (await over(db).redrive(DEAD, { ids: [id] })) > 0
}

async function deleteDead(db: Db, before: Time): Promise<void> {
	const rows = await over(db).findJobs(DEAD, { limit: MOST })
	const old = rows.filter(({ createdOn }) => createdOn.getTime() < before).map(({ id }) => id)
	if (old.length > 0) await over(db).deleteJob(DEAD, old)
}

async function hurry(db: Db, kind: string): Promise<void> {
	const boss = over(db)
	let after: string | undefined
	do {
		const page = await boss.findJobs<Stored>(JOBS, { queued: true, data: { kind }, limit: MOST, after })
		const waiting = page.filter(({ state, startAfter }) => state === 'retry' && startAfter.getTime() > Date.now())
		for (const { id } of waiting) await boss.update(JOBS, undefined, { id, startAfter: 0 })
		after = page.length === MOST ? page.at(-1)!.id : undefined
	} while (after)
}

/** A job that runs for long is touched again and again, so the last sign of life decides. */
async function listOverdue(db: Db, before: Time, limit: number): Promise<OverdueJob[]> {
	const { rows } = await sql<{ id: string; kind: string; due: Date }>`
		select id, data ->> 'kind' as kind, due from (
			select id, data,
				case when state = 'active' then coalesce(heartbeat_on, started_on) else start_after end as due
			from pgboss.job where name = ${JOBS} and state in ('created', 'retry', 'active')
		) as waiting
		where due < ${new Date(before)} order by due, id limit ${limit}`.execute(db)
	return rows.map(({ id, kind, due }) => ({ id, kind, dueAt: due.getTime() }))
}

async function countByKind(db: Db, now: Time): Promise<JobCount[]> {
	const isDue = sql`state = 'active' or start_after <= ${new Date(now)}`
	const { rows } = await sql<Omit<JobCount, 'oldest'> & { oldest: Date | null }>`
		select data ->> 'kind' as kind,
			count(*) filter (where name = ${JOBS} and (${isDue})) as due,
			count(*) filter (where name = ${JOBS} and not (${isDue})) as later,
			count(*) filter (where name = ${DEAD}) as dead,
			min(start_after) filter (where name = ${JOBS} and state <> 'active' and start_after <= ${new Date(now)}) as oldest
		from pgboss.job where name in (${JOBS}, ${DEAD}) and state in ('created', 'retry', 'active')
		group by 1 order by 1`.execute(db)
	return rows.map((row) => ({ ...row, oldest: row.oldest?.getTime() ?? null }))
}

async function open({ db, url, onError }: LeaseSource<Db>): Promise<Leases> {
	const monitorIntervalSeconds = BEAT / 1000
	const boss = new PgBoss({ ...PLAIN, connectionString: url, max: 2, monitorIntervalSeconds, flowIntervalSeconds: DAY })
	boss.on('error', onError)
	await boss.start()
	return {
		async take(limit) {
			const rows = await boss.fetch<Stored>(JOBS, { batchSize: limit })
			return rows.map(({ id, data, retryCount }) => ({ id, ...data, attempt: retryCount + 1 }))
		},
		complete: async (job) => isAffected(await boss.deleteJob(JOBS, fenced(job))),
		retry: (job, pause, error) => db.transaction().execute((trx) => retry(trx, job, pause, error)),
		extend: async (job) => isAffected(await boss.touch(JOBS, fenced(job))),
		reclaim: () => boss.supervise(JOBS),
		close: () => boss.stop(),
	}
}

async function retry(trx: Trx, job: TakenJob, pause: number, message: string): Promise<boolean> {
	const boss = over(trx)
	if (!isAffected(await boss.fail(JOBS, fenced(job), { message }))) return false
	// It has its own pauses, but none that a handler chose.
	await boss.update(JOBS, undefined, { id: job.id, startAfter: pause / 1000 })
	return true
}

/** pg-boss on a connection or in a transaction of ours: it has nothing to start or to stop. */
function over(db: Db): PgBoss {
	return new PgBoss({ ...PLAIN, db: fromKysely(db) })
}

function fenced({ id, attempt }: TakenJob) {
	return { id, retryCount: attempt - 1 }
}

function isAffected(answer: unknown): boolean {
	return (answer as { affected: number }).affected > 0
}
