import type { Database, Statement } from 'better-sqlite3'
import type { CompiledQuery, QueryResult } from 'kysely'

const MOST_KEPT = 500
/** Longer ones, of many rows, differ each time and take a megabyte. */
const LONGEST_KEPT = 4_000

/** A connection that prepares each statement once. */
export class Statements {
	readonly #database: Database
	readonly #kept = new Map<string, Statement>()

	constructor(database: Database) {
		this.#database = database
	}

	get isInTransaction(): boolean {
		return this.#database.inTransaction
	}

	/** Runs a query of Kysely. @throws SqliteError */
	run({ sql, parameters }: CompiledQuery): QueryResult<any> {
		const statement = this.prepare(sql)
		if (statement.reader) return { rows: statement.all(parameters) }
		const { changes, lastInsertRowid } = statement.run(parameters)
		return { insertId: BigInt(lastInsertRowid), numAffectedRows: BigInt(changes), rows: [] }
	}

	/** Runs a word like `commit`. @throws SqliteError */
	tell(sql: string): void {
		this.prepare(sql).run()
	}

	/** @throws SqliteError */
	prepare(sql: string): Statement {
		const known = this.#kept.get(sql)
		if (known && !known.busy) return known
		const statement = this.#database.prepare(sql)
		if (sql.length > LONGEST_KEPT) return statement
		if (this.#kept.size >= MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!)
		this.#kept.set(sql, statement)
		return statement
	}

	close(): void {
		this.#database.close()
	}
}
