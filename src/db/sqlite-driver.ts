import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import { type DatabaseConnection, SqliteDriver } from 'kysely'

/** Milliseconds in which another process is to let go of the database, and between looks whether it has. */
const PATIENCE = 5_000
const PAUSE = 10

/**
 * One connection that all share, one at a time. SQLite's own way to wait for the lock of another process stops the
 * whole program; here only who wants to write waits, and readers go on meanwhile.
 */
export class PatientDriver extends SqliteDriver {
	#isTaken = false
	readonly #waiting: (() => void)[] = []
	readonly #database: Database

	/** @param statements prepares what runs on `database` */
	constructor(database: Database, statements: ConstructorParameters<typeof SqliteDriver>[0]['database']) {
		super({
			database: statements,
			onCreateConnection: async (connection) => this.#makePatient(connection),
		})
		this.#database = database
	}

	override async acquireConnection(): Promise<DatabaseConnection> {
		await this.#take()
		return super.acquireConnection()
	}

	override async releaseConnection(): Promise<void> {
		this.#pass()
	}

	/** A disk without room has rolled back already. */
	override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
		if (this.#database.inTransaction) await super.rollbackTransaction(connection)
	}

	/** Whoever has begun a transaction has the lock; before, others may have their turn while one waits. */
	#makePatient(connection: DatabaseConnection): void {
		const execute = connection.executeQuery.bind(connection) as DatabaseConnection['executeQuery']
		connection.executeQuery = async (query) => {
			if (this.#database.inTransaction) return execute(query)
			for (const end = performance.now() + PATIENCE; ; ) {
				try {
					return await execute<any>(query)
				} catch (error) {
					if (!isBusy(error) || performance.now() > end) throw error
				}
				this.#pass()
				await pause(PAUSE)
				await this.#take()
			}
		}
	}

	async #take(): Promise<void> {
		if (this.#isTaken) await new Promise<void>((resolve) => this.#waiting.push(resolve))
		this.#isTaken = true
	}

	#pass(): void {
		const next = this.#waiting.shift()
		// The turn goes from hand to hand: nobody steps in between.
		if (next) next()
		else this.#isTaken = false
	}
}

function isBusy(error: unknown): boolean {
	return String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')
}
