import { readdir } from 'node:fs/promises'
import { sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { ConfigError } from '../errors.ts'
import type { Db } from './schema.ts'

const FOLDER = new URL('../../migrations/', import.meta.url)

/**
 * Brings the database to the newest schema, or to the one that has just the migrations in `only`, under a lock, whole
 * or not at all; gives the names of what ran.
 * @throws ConfigError when the database was made by a newer program.
 */
export async function migrate(db: Db, only?: string[]): Promise<string[]> {
	const known = await listMigrations()
	const done = await readDone(db)
	refuseNewer(done, known)
	if (!only && done.length === known.length) return []
	const all = await readMigrations(known)
	const migrations = only ? Object.fromEntries(only.map((name) => [name, all[name]!])) : all
	const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
	const { error, results } = await migrator.migrateToLatest()
	if (error) throw error
	return (results ?? []).map((result) => result.migrationName)
}

/** What a database still lacks, and what it has that this program doesn't know. */
export async function compareMigrations(db: Db): Promise<{ pending: string[]; unknown: string[] }> {
	const known = await listMigrations()
	const done = await readDone(db)
	return {
		pending: known.filter((name) => !done.includes(name)),
		unknown: done.filter((name) => !known.includes(name)),
	}
}

/** The names of all migrations that this program has. */
export async function listMigrations(): Promise<string[]> {
	const files = (await readdir(FOLDER)).filter((name) => /^\d{4}_\w+\.ts$/.test(name))
	return files.map((name) => name.slice(0, -3)).sort()
}

async function readMigrations(names: string[]): Promise<Record<string, Migration>> {
	const loaded = names.map(async (name) => [name, await import(new URL(`${name}.ts`, FOLDER).href)] as const)
	return Object.fromEntries(await Promise.all(loaded))
}

function refuseNewer(done: string[], known: string[]): void {
	const unknown = done.filter((name) => !known.includes(name))
	if (unknown.length > 0) {
		throw new ConfigError(`The database is newer than this program (it has ${unknown.join(', ')}): update Otklik.`)
	}
}

async function readDone(db: Db): Promise<string[]> {
	const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
	if (!tables.some((table) => table.name === 'kysely_migration')) return []
	const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
	return rows.map((row) => row.name)
}
