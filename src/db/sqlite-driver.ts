import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import { patiently } from './sqlite-busy.ts'
import type { Statements } from './sqlite-statements.ts'
import type { Group, Writer } from './sqlite-writer.ts'

const READS = /^\s*(?:select|with|\()/i
const WRITES = /^\s*(?:insert|update|delete|replace|with)\b/i

/** Two connections to one file: readers never wait for writers, nor see what isn't committed. */
export class SqliteDriver implements Driver {
	readonly #writer: Writer
	readonly #openReader: () => Statements
	#reader: Statements | undefined
	readonly #idle: Turn[] = []

	/** @param openReader is called when there is something to read */
	constructor(writer: Writer, openReader: () => Statements) {
		this.#writer = writer
		this.#openReader = openReader
	}

	async init(): Promise<void> {}

	async acquireConnection(): Promise<Turn> {
		return this.#idle.pop() ?? new Turn(this.#writer, () => (this.#reader ??= this.#openReader()))
	}

	async beginTransaction(turn: Turn): Promise<void> {
		turn.group = await this.#writer.begin()
	}

	async commitTransaction(turn: Turn): Promise<void> {
		const group = turn.group!
		turn.group = undefined
		await this.#writer.commit(group)
	}

	async rollbackTransaction(turn: Turn): Promise<void> {
		const { group } = turn
		turn.group = undefined
		if (group) this.#writer.rollBack(group)
	}

	async releaseConnection(turn: Turn): Promise<void> {
		this.#idle.push(turn)
	}

	/** The writer last: it brings the journal home. */
	async destroy(): Promise<void> {
		this.#reader?.close()
		this.#writer.close()
	}
}

/** What Kysely takes for a connection: one query, or one transaction. */
class Turn implements DatabaseConnection {
	/** The transaction's. */
	group: Group | undefined
	readonly #writer: Writer
	readonly #reader: () => Statements

	constructor(writer: Writer, reader: () => Statements) {
		this.#writer = writer
		this.#reader = reader
	}

	async executeQuery(query: CompiledQuery): Promise<QueryResult<any>> {
		if (this.group) return this.#writer.run(this.group, query)
		return (await this.#read(query)) ?? (WRITES.test(query.sql) ? this.#write(query) : this.#writer.runAlone(query))
	}

	// biome-ignore lint/correctness/useYield: nothing here reads by parts
	async *streamQuery(): AsyncIterableIterator<QueryResult<any>> {
		throw new Error('SQLite gives all rows at once')
	}

	/** Nothing for what doesn't only read. A process that opens or closes the file may hold it for a moment. */
	async #read(query: CompiledQuery): Promise<QueryResult<any> | undefined> {
		if (!READS.test(query.sql)) return undefined
		return patiently(() => {
			const reader = this.#reader()
			return reader.prepare(query.sql).readonly ? reader.run(query) : undefined
		})
	}

	async #write(query: CompiledQuery): Promise<QueryResult<any>> {
		const group = await this.#writer.begin()
		let result: QueryResult<any>
		try {
			result = this.#writer.run(group, query)
		} catch (error) {
			this.#writer.rollBack(group)
			throw error
		}
		await this.#writer.commit(group)
		return result
	}
}
