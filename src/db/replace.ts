import { copyFile, link, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sql } from 'kysely'
import { databaseKind } from './dialect.ts'
import { migrate } from './migrate.ts'
import { openDatabase } from './open.ts'
import { claimDatabase } from './presence.ts'
import type { Db } from './schema.ts'

/** What comes in the place of a database. */
export interface Replacement {
	/** All tables of the program: those that are there are set aside. */
	tables: string[]
	/** The migrations of what comes; those it lacks run over it. */
	migrations: string[]
	/** In the name of what is set aside: `20250315_090000`. */
	stamp: string
	/** Fills the tables; while it does, rows may refer to what isn't there yet. */
	load(db: Db): Promise<void>
	/** Does the rest, on the newest schema. */
	finish(db: Db): Promise<void>
}

/**
 * Puts another content in the place of a database, whole or not at all, and keeps the old one: gives where.
 * @throws Error when a program works on the database, or what comes isn't whole
 */
export async function replaceDatabase(url: string, replacement: Replacement): Promise<string | undefined> {
	const release = await claimDatabase(url)
	try {
		if (url.startsWith('sqlite:')) return await replaceFile(url.slice('sqlite:'.length), replacement)
		return await replaceTables(url, replacement)
	} finally {
		await release()
	}
}

/** Until it is renamed, the new file is nobody's. */
async function replaceFile(file: string, { stamp, ...replacement }: Replacement): Promise<string | undefined> {
	const made = `${file}.restoring`
	const kept = `${file}.before-${stamp}`
	await remove(made)
	try {
		const db = openDatabase(`sqlite:${made}`)
		try {
			await sql`pragma journal_mode = memory`.execute(db)
			await sql`pragma synchronous = off`.execute(db)
			await fill(db, replacement)
		} finally {
			await db.destroy()
		}
		await sync(made)
		const isKept = await keep(file, kept)
		await rename(made, file)
		await sync(dirname(file))
		return isKept ? kept : undefined
	} finally {
		await remove(made)
	}
}

async function remove(file: string): Promise<void> {
	for (const ending of ['', '-wal', '-shm', '-journal']) await rm(file + ending, { force: true })
}

/** Gives a file a second name, or a copy where there are none; false when there is no file. */
async function keep(file: string, name: string): Promise<boolean> {
	try {
		await link(file, name)
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
		await copyFile(file, name)
		await sync(name)
	}
	return true
}

async function sync(path: string): Promise<void> {
	const handle = await open(path, 'r')
	await handle.sync().finally(() => handle.close())
}

function replaceTables(url: string, { stamp, ...replacement }: Replacement): Promise<string | undefined> {
	const db = openDatabase(url, { pool: 1 })
	const replaced = db.transaction().execute(async (trx) => {
		const schema = `before_${stamp}`
		const isKept = await setAside(trx, replacement.tables, schema)
		await fill(trx, replacement)
		return isKept ? `the schema ${schema}` : undefined
	})
	return replaced.finally(() => db.destroy())
}

/** Moves the program's tables, its ways of search and its jobs into a schema; false when there is nothing. */
async function setAside(trx: Db, tables: string[], schema: string): Promise<boolean> {
	const here = await trx.introspection.getTables({ withInternalKyselyTables: true })
	const { rows: current } = await sql<{ name: string }>`select current_schema() as name`.execute(trx)
	const own = here.filter((table) => table.schema === current[0]!.name && tables.includes(table.name))
	if (own.length === 0) return false
	await trx.schema.createSchema(schema).execute()
	for (const { name } of own) await sql`alter table ${sql.id(name)} set schema ${sql.id(schema)}`.execute(trx)
	// The migrator looks for its tables in every schema, and would take the old ones for the new.
	for (const name of own.map((table) => table.name).filter((name) => name.startsWith('kysely_'))) {
		await sql`create table ${sql.id(name)} (like ${sql.id(schema, name)} including all)`.execute(trx)
	}
	for (const [kind, catalog, column] of SEARCHING) {
		const { rows } = await sql<{ name: string }>`
			select ${sql.ref(`${column}name`)} as name from ${sql.table(catalog)}
			where ${sql.ref(`${column}namespace`)} = current_schema()::regnamespace
				and ${sql.ref(`${column}name`)} like 'otklik\\_%'`.execute(trx)
		for (const { name } of rows) {
			await sql`alter text search ${sql.raw(kind)} ${sql.id(name)} set schema ${sql.id(schema)}`.execute(trx)
		}
	}
	const { rows: jobs } = await sql`select from pg_namespace where nspname = 'pgboss'`.execute(trx)
	if (jobs.length > 0) await sql`alter schema pgboss rename to ${sql.id(`${schema}_jobs`)}`.execute(trx)
	return true
}

const SEARCHING = [
	['configuration', 'pg_ts_config', 'cfg'],
	['dictionary', 'pg_ts_dict', 'dict'],
] as const

async function fill(db: Db, { migrations, load, finish }: Omit<Replacement, 'stamp' | 'tables'>): Promise<void> {
	await migrate(db, migrations)
	const tighten = databaseKind(db) === 'postgres' ? await dropReferences(db) : await ignoreReferences(db)
	await load(db)
	await tighten()
	await migrate(db)
	await finish(db)
}

async function ignoreReferences(db: Db): Promise<() => Promise<void>> {
	await sql`pragma foreign_keys = off`.execute(db)
	return async () => {
		const { rows } = await sql<{ table: string }>`pragma foreign_key_check`.execute(db)
		if (rows[0]) throw new Error(`a row of ${rows[0].table} refers to one that isn’t there`)
		await sql`pragma foreign_keys = on`.execute(db)
	}
}

async function dropReferences(db: Db): Promise<() => Promise<void>> {
	const { rows } = await sql<{ table: string; name: string; definition: string }>`
		select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
		from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`.execute(db)
	for (const { table, name } of rows)
		await sql`alter table ${sql.raw(table)} drop constraint ${sql.id(name)}`.execute(db)
	return async () => {
		for (const { table, name, definition } of rows) {
			await sql`alter table ${sql.raw(table)} add constraint ${sql.id(name)} ${sql.raw(definition)}`.execute(db)
		}
	}
}
