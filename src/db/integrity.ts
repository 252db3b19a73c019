import { existsSync } from 'node:fs'
import { type RawBuilder, sql } from 'kysely'
import { databaseKind } from './dialect.ts'
import type { Db, Time } from './schema.ts'

/** Whether there is a database at `url`, without making one; of a server only asking tells. */
export function mayExist(url: string): boolean {
	return !url.startsWith('sqlite:') || existsSync(url.slice('sqlite:'.length))
}

/** What the database says is broken in itself: damaged pages, indexes out of step, rules that don't hold; a line each. */
export async function findDamage(db: Db, most: number): Promise<string[]> {
	return databaseKind(db) === 'sqlite' ? findDamagedPages(db, most) : findInvalid(db)
}

async function findDamagedPages(db: Db, most: number): Promise<string[]> {
	const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(${sql.lit(most)})`.execute(db)
	const lines = rows.flatMap((row) => row.integrity_check.split('\n'))
	return lines.filter((line) => line !== 'ok' && !line.startsWith('***'))
}

/** PostgreSQL checks its pages by itself; what it can't vouch for are indexes and rules that were left half made. */
async function findInvalid(db: Db): Promise<string[]> {
	const { rows } = await sql<{ said: string }>`
		select 'index ' || indexrelid::regclass || ' of ' || indrelid::regclass || ' is not valid' as said
		from pg_index join pg_class on pg_class.oid = indrelid
		where relnamespace = current_schema()::regnamespace and not (indisvalid and indisready)
		union all
		select 'constraint ' || conname || ' of ' || conrelid::regclass || ' was never checked'
		from pg_constraint where connamespace = current_schema()::regnamespace and not convalidated
		union all
		select 'trigger ' || tgname || ' of ' || tgrelid::regclass || ' is turned off'
		from pg_trigger join pg_class on pg_class.oid = tgrelid
		where relnamespace = current_schema()::regnamespace and tgenabled = 'D'
		order by said`.execute(db)
	return rows.map((row) => row.said)
}

/** A row that refers to one that isn't there. */
export interface Dangling {
	table: string
	/** What names the row: its `id` where it has one. */
	row: string
	parent: string
}

/** Rows whose foreign keys lead nowhere, at most `most`. */
export async function findDangling(db: Db, most: number): Promise<Dangling[]> {
	return databaseKind(db) === 'sqlite' ? findOrphansOfSqlite(db, most) : findOrphansOfPostgres(db, most)
}

async function findOrphansOfSqlite(db: Db, most: number): Promise<Dangling[]> {
	const { rows } = await sql<Dangling>`
		select "table", coalesce(rowid, '') as "row", parent from pragma_foreign_key_check limit ${most}`.execute(db)
	return rows.map(({ table, row, parent }) => ({ table, row: String(row), parent }))
}

interface ForeignKey {
	table: string
	column: string
	parent: string
	key: string
}

/** The server keeps the keys, unless somebody has told it not to for a while. */
async function findOrphansOfPostgres(db: Db, most: number): Promise<Dangling[]> {
	const keys = await sql<ForeignKey>`
		select child.relname as "table", own.attname as "column", parent.relname as parent, theirs.attname as key
		from pg_constraint c
		join pg_class child on child.oid = c.conrelid
		join pg_class parent on parent.oid = c.confrelid
		join pg_attribute own on own.attrelid = c.conrelid and own.attnum = c.conkey[1]
		join pg_attribute theirs on theirs.attrelid = c.confrelid and theirs.attnum = c.confkey[1]
		where c.contype = 'f' and c.connamespace = current_schema()::regnamespace and cardinality(c.conkey) = 1
		order by 1, 2`.execute(db)
	const found: Dangling[] = []
	for (const key of keys.rows) {
		if (found.length >= most) break
		const { rows } = await dangling(key, most - found.length).execute(db)
		found.push(...rows.map(({ row }) => ({ table: key.table, row, parent: key.parent })))
	}
	return found
}

function dangling({ table, column, parent, key }: ForeignKey, most: number): RawBuilder<{ row: string }> {
	return sql`
		select coalesce(to_jsonb(c) ->> 'id', c.ctid::text) as row from ${sql.id(table)} c
		where c.${sql.id(column)} is not null
			and not exists (select 1 from ${sql.id(parent)} p where p.${sql.id(key)} = c.${sql.id(column)})
		limit ${most}`
}

/** What time it is for the database; a file has no clock. */
export async function clockOf(db: Db): Promise<Time | undefined> {
	if (databaseKind(db) === 'sqlite') return undefined
	const { rows } = await sql<{ now: number }>`
		select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(db)
	return rows[0]!.now
}
