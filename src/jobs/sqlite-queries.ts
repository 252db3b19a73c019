import { sql } from 'kysely'
import type { Db, Flag, Time, Trx } from '../db/schema.ts'
import {
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

/** Jobs on SQLite: one row each, gone when done. */
export interface JobsTable {
	id: number
	kind: string
	key: string | null
	/** JSON. */
	payload: string
	/** When a waiting job may be taken, and when a leased one may be taken away. */
	due_at: Time
	leased: Flag
	/** The attempts begun; a lease is known by it. */
	attempt: number
	/** The most attempts. */
	attempts: number
	dead_at: Time | null
	error: string
	/** 0 when that was not kept yet. */
	added_at: Time
}

const MOST_DEAD = 1000

/** The queue of an SQLite database. */
export const sqliteQueue: Queue<Db, Trx> = {
	add,
	listDead,
	rerun,
	deleteDead,
	hurry,
	listOverdue,
	countByKind,
	open: async (source) => leases(source),
}

async function add(trx: Trx, { kind, payload, runAt = 0, key, attempts }: NewJob & { attempts: number }) {
	const change = { payload: JSON.stringify(payload ?? null), due_at: runAt }
	// A writer holds the whole database: nobody can put another in between.
	if (key !== undefined && (await merge(trx, kind, key, change))) return
	await jobs(trx)
		.insertInto('jobs')
		.values({ kind, key: key ?? null, attempts, added_at: Date.now(), ...change } as JobsTable)
		.execute()
}

async function merge(trx: Trx, kind: string, key: string, change: { payload: string; due_at: Time }) {
	const { numUpdatedRows } = await jobs(trx)
		.updateTable('jobs')
		.set(change)
		.where('kind', '=', kind)
		.where('key', '=', key)
		.where('leased', '=', 0)
		.where('dead_at', 'is', null)
		.executeTakeFirst()
	return numUpdatedRows > 0n
}

async function listDead(db: Db): Promise<DeadJob[]> {
	const rows = await jobs(db)
		.selectFrom('jobs')
		.selectAll()
		.where('dead_at', 'is not', null)
		.orderBy('dead_at')
		.orderBy('id')
		.limit(MOST_DEAD)
		.execute()
	return rows.map((row) => ({ ...taken(row), error: row.error, diedAt: row.dead_at! }))
}

async function rerun(db: Db, id: string): Promise<boolean> {
	const { numUpdatedRows } = await jobs(db)
		.updateTable('jobs')
		.set({ dead_at: null, error: '', attempt: 0, due_at: 0, leased: 0 })
		.where('id', '=', Number(id))
		.where('dead_at', 'is not', null)
		.executeTakeFirst()
	return numUpdatedRows > 0n
}

async function deleteDead(db: Db, before: Time): Promise<void> {
	await jobs(db).deleteFrom('jobs').where('dead_at', '<', before).execute()
}

async function hurry(db: Db, kind: string): Promise<void> {
	await jobs(db)
		.updateTable('jobs')
		.set({ due_at: 0 })
		.where('kind', '=', kind)
		.where('attempt', '>', 0)
		.where('leased', '=', 0)
		.where('dead_at', 'is', null)
		.execute()
}

/** What is due at once is due since it was written. */
async function listOverdue(db: Db, before: Time, limit: number): Promise<OverdueJob[]> {
	const dueAt = sql<Time>`max(due_at, added_at)`
	const rows = await jobs(db)
		.selectFrom('jobs')
		.select(['id', 'kind', dueAt.as('dueAt')])
		.where('dead_at', 'is', null)
		.where(dueAt, '<', before)
		.orderBy('dueAt')
		.orderBy('id')
		.limit(limit)
		.execute()
	return rows.map(({ id, ...rest }) => ({ id: String(id), ...rest }))
}

async function countByKind(db: Db, now: Time): Promise<JobCount[]> {
	const { rows } = await sql<JobCount>`
		select kind,
			count(*) filter (where dead_at is null and (leased = 1 or due_at <= ${now})) as due,
			count(*) filter (where dead_at is null and leased = 0 and due_at > ${now}) as later,
			count(*) filter (where dead_at is not null) as dead,
			min(max(due_at, added_at)) filter (where dead_at is null and leased = 0 and due_at <= ${now}) as oldest
		from jobs group by kind order by kind`.execute(db)
	return rows
}

function leases({ db, clock }: LeaseSource<Db>): Leases {
	return {
		async take(limit) {
			const now = clock()
			// Looking takes no lock; most of the time there is nothing.
			if (!(await isAnyDue(db, now))) return []
			const rows = await sql<JobsTable>`
				update jobs set leased = 1, due_at = ${now + LEASE}, attempt = attempt + 1
				where id in (
					select id from jobs where dead_at is null and due_at <= ${now} and attempt < attempts
					order by due_at, id limit ${limit}
				) returning *`.execute(db)
			return rows.rows.map(taken).sort((a, b) => Number(a.id) - Number(b.id))
		},
		async complete(job) {
			const { numDeletedRows } = await held(jobs(db).deleteFrom('jobs'), job).executeTakeFirst()
			return numDeletedRows > 0n
		},
		async retry(job, pause, error) {
			const now = clock()
			const ended = sql<Time | null>`case when attempt >= attempts then ${now} end`
			return update(held(jobs(db).updateTable('jobs'), job), { leased: 0, due_at: now + pause, error, dead_at: ended })
		},
		extend: (job) => update(held(jobs(db).updateTable('jobs'), job), { due_at: clock() + LEASE }),
		async reclaim() {
			await shorten(db, clock() + LEASE)
			await buryLost(db, clock())
		},
		close: async () => {},
	}
}

async function isAnyDue(db: Db, now: Time): Promise<boolean> {
	const row = await jobs(db)
		.selectFrom('jobs')
		.select('id')
		.where('dead_at', 'is', null)
		.where('due_at', '<=', now)
		.where((eb) => eb('attempt', '<', eb.ref('attempts')))
		.limit(1)
		.executeTakeFirst()
	return row !== undefined
}

/** A clock that was set back leaves leases that nobody would outlive. */
async function shorten(db: Db, end: Time): Promise<void> {
	const isLong = sql<boolean>`leased = 1 and due_at > ${end}`
	const row = await jobs(db).selectFrom('jobs').select('id').where(isLong).limit(1).executeTakeFirst()
	if (row) await jobs(db).updateTable('jobs').set({ due_at: end }).where(isLong).execute()
}

/** A job that a worker died of at every attempt would be taken for ever. */
async function buryLost(db: Db, now: Time): Promise<void> {
	const lost = sql<boolean>`dead_at is null and leased = 1 and due_at <= ${now} and attempt >= attempts`
	const row = await jobs(db).selectFrom('jobs').select('id').where(lost).limit(1).executeTakeFirst()
	if (!row) return
	await jobs(db)
		.updateTable('jobs')
		.set({ leased: 0, dead_at: now, error: 'the worker was lost' })
		.where(lost)
		.execute()
}

/** Narrows a statement to the attempt that was taken. */
function held<Query extends { where(...args: any[]): Query }>(query: Query, job: TakenJob): Query {
	return query.where('id', '=', Number(job.id)).where('leased', '=', 1).where('attempt', '=', job.attempt)
}

async function update(query: { set(values: object): any }, values: object): Promise<boolean> {
	const { numUpdatedRows } = await query.set(values).executeTakeFirst()
	return numUpdatedRows > 0n
}

function taken({ id, kind, payload, attempt }: JobsTable): TakenJob {
	return { id: String(id), kind, payload: JSON.parse(payload), attempt }
}

function jobs(db: Db) {
	return db.withTables<{ jobs: JobsTable }>()
}
