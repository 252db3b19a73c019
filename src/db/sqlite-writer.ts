import type { CompiledQuery, QueryResult } from 'kysely'
import { patiently } from './sqlite-busy.ts'
import type { Statements } from './sqlite-statements.ts'

/** How many transactions are committed together, and for how many milliseconds the first of them waits for more. */
const MOST = 100
const LONGEST = 20

/** Transactions that are committed together. */
export interface Group {
	/** How many have ended, and wait for the disk. */
	size: number
	begun: number
	/** All of them are on the disk. */
	done: Promise<void>
	resolve(): void
	reject(error: unknown): void
}

/**
 * The connection that writes, for one transaction after the other. A commit waits for the disk: transactions of one
 * turn of the event loop are committed together, each in a savepoint of its own, and none has ended before all are kept.
 * So none may wait for another one within itself, nor be long where others stand in line.
 */
export class Writer {
	#isTaken = false
	readonly #waiting: (() => void)[] = []
	readonly #statements: Statements
	#group: Group | undefined

	constructor(statements: Statements) {
		this.#statements = statements
	}

	/** Begins a transaction when its turn comes; what it gives is for `run`, then `commit` or `rollBack`. @throws SqliteError */
	async begin(): Promise<Group> {
		return this.#inTurn(() => {
			if (this.#group) {
				this.#statements.tell('savepoint one')
				return this.#group
			}
			this.#statements.tell('begin immediate')
			this.#group = newGroup()
			return this.#group
		})
	}

	/** Runs a query in a transaction. @throws SqliteError */
	run(group: Group, query: CompiledQuery): QueryResult<any> {
		this.#check(group)
		try {
			return this.#statements.run(query)
		} catch (error) {
			// A disk without room takes back all that isn't committed.
			if (!this.#statements.isInTransaction) this.#lose(error)
			throw error
		}
	}

	/** Resolves when the transaction is on the disk. @throws SqliteError when it could not be kept */
	async commit(group: Group): Promise<void> {
		try {
			this.#check(group)
			if (group.size > 0) this.#statements.tell('release one')
			group.size += 1
		} finally {
			this.#leave()
		}
		await group.done
	}

	rollBack(group: Group): void {
		try {
			if (this.#group === group && group.size > 0) {
				this.#statements.tell('rollback to one')
				this.#statements.tell('release one')
			} else if (this.#group === group) {
				this.#group = undefined
				this.#statements.tell('rollback')
			}
		} finally {
			this.#leave()
		}
	}

	/** Runs what stands in no transaction. @throws SqliteError */
	async runAlone(query: CompiledQuery): Promise<QueryResult<any>> {
		return this.#inTurn(() => {
			this.#end()
			const result = this.#statements.run(query)
			this.#leave()
			return result
		})
	}

	/** Keeps what has ended; what hasn't is rolled back. */
	close(): void {
		if (this.#group?.size === 0) this.#group = undefined
		else if (this.#group && this.#isTaken) this.#takeBack()
		this.#end()
		this.#statements.close()
	}

	#takeBack(): void {
		try {
			this.#statements.tell('rollback to one')
		} catch {
			// It has its turn, and had not begun yet.
		}
	}

	/** Takes the turn to do something with it; while another process has the lock, others here may try too. */
	#inTurn<Result>(act: () => Result): Promise<Result> {
		return patiently(async () => {
			if (this.#isTaken) await new Promise<void>((resolve) => this.#waiting.push(resolve))
			this.#isTaken = true
			try {
				return act()
			} catch (error) {
				this.#leave()
				throw error
			}
		})
	}

	/** Gives the turn to the next in line. What has ended is committed when all that came with it have had theirs. */
	#leave(): void {
		const { begun, size } = this.#group ?? {}
		if (begun !== undefined && (performance.now() - begun > LONGEST || size === MOST)) this.#end()
		// The turn goes from hand to hand: nobody steps in between.
		const next = this.#waiting.shift()
		this.#isTaken = next !== undefined
		next?.()
		if (!next && this.#group) setImmediate(() => this.#isTaken || this.#end())
	}

	#check(group: Group): void {
		if (this.#group !== group) throw new Error('the transaction has been rolled back')
	}

	#end(): void {
		const group = this.#group
		if (!group) return
		this.#group = undefined
		try {
			this.#statements.tell('commit')
			group.resolve()
		} catch (error) {
			group.reject(error)
			if (this.#statements.isInTransaction) this.#statements.tell('rollback')
		}
	}

	#lose(error: unknown): void {
		this.#group?.reject(error)
		this.#group = undefined
	}
}

function newGroup(): Group {
	const { promise: done, resolve, reject } = Promise.withResolvers<void>()
	// Whoever waits for it hears of it; there may be nobody.
	done.catch(() => {})
	return { size: 0, begun: performance.now(), done, resolve, reject }
}
