import SqliteDatabase from 'better-sqlite3'
import {
	type ColumnDefinitionBuilder,
	type Dialect,
	type Kysely,
	PostgresAdapter,
	PostgresDialect,
	SqliteAdapter,
	SqliteIntrospector,
	SqliteQueryCompiler,
	sql,
} from 'kysely'
import pg from 'pg'
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

/** A Kysely dialect over a PostgreSQL pool of at most `pool` connections; see OpenOptions. */
export function postgresDialect(url: string, { pool, patience }: { pool: number; patience: number }): Dialect {
	const types = {
		getTypeParser: (oid: number, format?: 'text' | 'binary') =>
			oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC
				? Number
				: pg.types.getTypeParser(oid, format as 'text'),
	} as pg.CustomTypesConfig
	// Who gets no connection in this time is told to come again.
	const limits = { max: pool, connectionTimeoutMillis: 5_000, query_timeout: patience, keepAlive: true }
	const connections = new pg.Pool({ connectionString: url, types, Client: ImpatientClient, ...limits })
	// An idle connection that breaks is replaced by the pool; unheard, its error would end the process.
	connections.on('error', () => {})
	// So would that of one that breaks between two statements of a transaction.
	connections.on('connect', (client) => client.on('error', () => {}))
	return new PostgresDialect({ pool: connections })
}

/** A connection on which an answer has been waited for in vain is of no more use: the next query would wait behind. */
class ImpatientClient extends pg.Client {
	override query(...args: any[]): any {
		const answer = (super.query as (...args: any[]) => any)(...args)
		answer?.catch?.((error: Error) => error.message === 'Query read timeout' && this.connection.stream.destroy())
		return answer
	}
}

const ABILITIES = {
	// Both databases roll DDL back: migrations run whole or not at all.
	supportsTransactionalDdl: { value: true },
	// One writes while others read.
	supportsMultipleConnections: { value: true },
}
