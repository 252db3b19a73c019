import SqliteDatabase from 'better-sqlite3'
import pg from 'pg'

/** Rows as they are kept: text, whole numbers and null. */
export type Row = Record<string, string | number | null>

/** One state of a database, read while others write. */
export interface Snapshot {
	/** The names of its tables. */
	tables(): Promise<string[]>
	/** The migrations it has, in their order. */
	migrations(): Promise<string[]>
	/** The greatest number that each table has given out, rows that are gone included. */
	numbers(): Promise<Record<string, number>>
	/** All rows of a table, some at a time. */
	rows(table: string): AsyncGenerator<Row[]>
	close(): Promise<void>
}

const AT_ONCE = 100

/**
 * Opens the present state of the database at `url`, on a connection of its own.
 * @throws Error when the database can't be read
 */
export async function openSnapshot(url: string): Promise<Snapshot> {
	return url.startsWith('sqlite:') ? openSqlite(url.slice('sqlite:'.length)) : openPostgres(url)
}

async function openSqlite(file: string): Promise<Snapshot> {
	const database = new SqliteDatabase(file, { readonly: true, fileMustExist: true })
	// The state is settled by the first reading.
	database.exec('begin; select 1 from sqlite_schema')
	return {
		tables: async () =>
			database.prepare<[], string>("select name from sqlite_schema where type = 'table'").pluck().all(),
		migrations: async () =>
			database.prepare<[], string>('select name from kysely_migration order by name').pluck().all(),
		numbers: async () =>
			Object.fromEntries(database.prepare<[], [string, number]>('select name, seq from sqlite_sequence').raw().all()),
		async *rows(table) {
			let rows: Row[] = []
			for (const row of database.prepare<[], Row>(`select * from "${table}"`).iterate()) {
				rows.push(row)
				if (rows.length < AT_ONCE) continue
				yield rows
				rows = []
			}
			if (rows.length > 0) yield rows
		},
		close: async () => void database.close(),
	}
}

async function openPostgres(url: string): Promise<Snapshot> {
	const { INT8 } = pg.types.builtins
	const getTypeParser = (oid: number, format?: 'text' | 'binary') =>
		oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')
	const client = new pg.Client({ connectionString: url, types: { getTypeParser } as pg.CustomTypesConfig })
	// What is asked next fails by it.
	client.on('error', () => {})
	await client.connect()
	await client.query('begin transaction isolation level repeatable read read only')
	const all = async <T extends object>(sql: string) => (await client.query<T>(sql)).rows
	await all('select 1')
	return {
		tables: async () => (await all<{ name: string }>(TABLES)).map(({ name }) => name),
		migrations: async () =>
			(await all<{ name: string }>('select name from kysely_migration order by name')).map(({ name }) => name),
		numbers: async () => {
			const rows = await all<{ name: string; last: number }>(NUMBERS)
			return Object.fromEntries(rows.map(({ name, last }) => [name, last]))
		},
		async *rows(table) {
			await client.query(`declare reading no scroll cursor for select * from "${table}"`)
			for (let rows: Row[] = []; ; ) {
				rows = await all<Row>(`fetch ${AT_ONCE} from reading`)
				if (rows.length === 0) break
				yield rows
			}
			await client.query('close reading')
		},
		close: () => client.end(),
	}
}

const TABLES = `select tablename as name from pg_tables where schemaname = current_schema()`
const NUMBERS = `
	select table_name as name, pg_sequence_last_value(pg_get_serial_sequence(quote_ident(table_name), 'id')::regclass) as last
	from information_schema.columns
	where table_schema = current_schema() and column_name = 'id' and is_identity = 'YES'
		and pg_sequence_last_value(pg_get_serial_sequence(quote_ident(table_name), 'id')::regclass) is not null`
