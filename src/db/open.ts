import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { Kysely, type LogEvent } from 'kysely'
import { sqliteDialect } from './dialect.ts'
import { postgresDialect } from './postgres-dialect.ts'
import type { Db, Schema } from './schema.ts'

export interface OpenOptions {
	/** Connections on PostgreSQL. */
	pool?: number
	/** Milliseconds after which PostgreSQL counts as gone when it doesn't answer a query; without end by default. */
	patience?: number
	/** Hears every query that ran. */
	onQuery?: (event: LogEvent) => void
}

/**
 * Opens the database named by `url` (`sqlite:FILE` or `postgres://…`); an SQLite file and its folder are made.
 * @example const db = openDatabase('sqlite:./data/otklik.db')
 */
export function openDatabase(url: string, { pool = 10, patience = 0, onQuery }: OpenOptions = {}): Db {
	const log = onQuery && ((event: LogEvent) => onQuery(event))
	if (!url.startsWith('sqlite:')) return new Kysely<Schema>({ dialect: postgresDialect(url, { pool, patience }), log })
	const file = url.slice('sqlite:'.length)
	if (file !== ':memory:') makePrivate(file)
	return new Kysely<Schema>({ dialect: sqliteDialect(file), log })
}

/** The file holds what nobody else on the machine is to read; its journals get the same rights. */
function makePrivate(file: string): void {
	mkdirSync(dirname(file), { recursive: true })
	closeSync(openSync(file, 'a', 0o600))
}
