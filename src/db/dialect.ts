import SqliteDatabase from 'better-sqlite3'
import {
	type ColumnDefinitionBuilder,
	type Dialect,
	type Kysely,
	PostgresAdapter,
	SqliteAdapter,
	SqliteIntrospector,
	SqliteQueryCompiler,
	sql,
} from 'kysely'
import { SqliteDriver } from './sqlite-driver.ts'
import { Statements } from './sqlite-statements.ts'
import { Writer } from './sqlite-writer.ts'

/** The one place that knows which database there is (search has its own two indexes). */
export type DatabaseKind = 'sqlite' | 'postgres'

/** Tells which database `db` speaks to. */
export function databaseKind(db: Kysely<any>): DatabaseKind {
	return db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite'
}

/** A column of milliseconds since 1970 UTC: 64 bits on both databases. */
export const timeColumn = 'bigint'

/** A text column that sorts by its bytes on both databases. */
export function wordOrder(db: Kysely<any>) {
	return databaseKind(db) === 'postgres' ? sql`text collate "C"` : sql`text`
}

/** An integer primary key that counts up and is never used twice; explicit values may be inserted. */
export function idColumn(db: Kysely<any>): (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder {
	return databaseKind(db) === 'postgres'
		? (column) => column.generatedByDefaultAsIdentity().primaryKey()
		: (column) => column.primaryKey().autoIncrement()
}

/** Moves the counter of a table's ids past numbers about to be given by hand, so that no new row gets one of them. */
export async function reserveNumbers(db: Kysely<any>, table: string, greatest: number): Promise<void> {
	if (greatest < 1) return
	if (databaseKind(db) === 'postgres') {
		const sequence = sql`pg_get_serial_sequence(${sql.lit(table)}, 'id')`
		const last = sql`(select coalesce(pg_sequence_last_value(${sequence}::regclass), 0))`
		await sql`select setval(${sequence}, greatest(${sql.lit(greatest)}, ${last}))`.execute(db)
		return
	}
	const known = sql`select 1 from sqlite_sequence where name = ${table}`
	await sql`insert into sqlite_sequence (name, seq) select ${table}, 0 where not exists (${known})`.execute(db)
	await sql`update sqlite_sequence set seq = max(seq, ${greatest}) where name = ${table}`.execute(db)
}

/** A Kysely dialect over one SQLite file: WAL, durable commits, foreign keys, waiting for locks. */
export function sqliteDialect(file: string): Dialect {
	const database = new SqliteDatabase(file)
	database.pragma('journal_mode = WAL')
	database.pragma('synchronous = FULL')
	database.pragma('foreign_keys = ON')
	// The driver waits, not the whole program.
	database.pragma('busy_timeout = 0')
	const statements = new Statements(database)
	const openReader = () => {
		if (database.memory) return statements
		const reader = new SqliteDatabase(file, { readonly: true })
		reader.pragma('busy_timeout = 0')
		return new Statements(reader)
	}
	return {
		createDriver: () => new SqliteDriver(new Writer(statements), openReader),
		createAdapter: () => Object.defineProperties(new SqliteAdapter(), ABILITIES),
		createIntrospector: (db) => new SqliteIntrospector(db),
		createQueryCompiler: () => new SqliteQueryCompiler(),
	}
}

const ABILITIES = {
	// Both databases roll DDL back: migrations run whole or not at all.
	supportsTransactionalDdl: { value: true },
	// One writes while others read.
	supportsMultipleConnections: { value: true },
}
