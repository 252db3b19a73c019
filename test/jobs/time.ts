import { sql } from 'kysely'
import { databaseKind } from '../../src/db/dialect.ts'
import type { Db } from '../../src/db/schema.ts'

const passed = new WeakMap<Db, number>()

/** Moves the time of the jobs in a database on by `ms`: a clock by `passTime.of` on SQLite, pg-boss's own on PostgreSQL. */
export async function passTime(db: Db, ms: number): Promise<void> {
	const total = passTime.of(db) + ms
	passed.set(db, total)
	if (databaseKind(db) !== 'postgres') return
	await sql`
		create or replace function pgboss.job_now() returns timestamp with time zone language sql stable
		as ${sql.lit(`select pg_catalog.now() + interval '${total} milliseconds'`)}`.execute(db)
}

/** Milliseconds that have passed so. */
passTime.of = (db: Db): number => passed.get(db) ?? 0
