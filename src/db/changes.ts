import SqliteDatabase from 'better-sqlite3'
import { sql } from 'kysely'
import type pg from 'pg'
import { databaseKind } from './dialect.ts'
import type { Trx } from './schema.ts'

/** Hears which scopes have changed, in whatever process; `all` when that can't be told. */
export type Hear = (scopes: string[] | 'all') => void

/** Where changes are heard of. */
export interface Changes {
	/** Tells at once of all that has been committed (SQLite); PostgreSQL tells by itself, within moments. */
	poll(): void
	/** Tells of all that has been committed until now. */
	catchUp(): Promise<void>
	/** Hears from now on, if it can. */
	ready: Promise<void>
	close(): Promise<void>
}

const CHANNEL = 'otklik'
/** PostgreSQL takes 8000 bytes. */
const LONGEST = 7_000
/** Who has fallen further behind counts everything as changed. */
const REMEMBERED = 1_000

/** Tells every process, once the transaction is committed, that scopes have changed. */
export async function announce(trx: Trx, scopes: string[]): Promise<void> {
	const told = JSON.stringify(scopes)
	if (databaseKind(trx) === 'postgres') {
		await sql`select pg_notify(${CHANNEL}, ${told.length > LONGEST ? '"all"' : told})`.execute(trx)
		return
	}
	const { id } = await trx.insertInto('changes').values({ scopes: told }).returning('id').executeTakeFirstOrThrow()
	await trx
		.deleteFrom('changes')
		.where('id', '<=', id - REMEMBERED)
		.execute()
}

/** Begins to hear of changes in the database at `url`. @throws Error when an SQLite file can't be read */
export function hearChanges(url: string, hear: Hear): Changes {
	return url.startsWith('sqlite:') ? readChanges(url.slice('sqlite:'.length), hear) : new Listener(url, hear)
}

/** A connection of its own: on the one that writes, changes would be seen before they are committed. */
function readChanges(file: string, hear: Hear): Changes {
	const database = new SqliteDatabase(file, { readonly: true })
	database.pragma('busy_timeout = 0')
	const newest = database.prepare('select coalesce(max(id), 0) from changes').pluck()
	const since = database.prepare<[number], { id: number; scopes: string }>(
		'select id, scopes from changes where id > ? order by id',
	)
	let seen = newest.get() as number
	const look = () => {
		if (newest.get() === seen) return
		const rows = since.all(seen)
		const isWhole = rows[0]?.id === seen + 1
		seen = rows.at(-1)?.id ?? seen
		hear(isWhole ? [...new Set(rows.flatMap(({ scopes }) => JSON.parse(scopes)))] : 'all')
	}
	const poll = () => {
		// Requests may still come to an end when all is closed.
		if (!database.open) return
		try {
			look()
		} catch {
			// A file that can't be read just now has no news; what is kept is good enough meanwhile.
		}
	}
	return {
		poll,
		catchUp: async () => poll(),
		ready: Promise.resolve(),
		close: async () => void database.close(),
	}
}

const PAUSE = 1_000
const HEARTBEAT = 5_000

/** Keeps a connection that listens; what happened while there was none is not known, so all may have changed. */
class Listener implements Changes {
	#client: pg.Client | undefined
	#isClosed = false
	#timer: NodeJS.Timeout | undefined
	#asked: Promise<unknown> = Promise.resolve()
	readonly #url: string
	readonly #hear: Hear
	readonly ready: Promise<void>

	constructor(url: string, hear: Hear) {
		this.#url = url
		this.#hear = hear
		this.ready = this.#connect()
	}

	poll(): void {}

	/** PostgreSQL tells a connection what it has to tell before it answers what that asks. */
	async catchUp(): Promise<void> {
		if (this.#client) await this.#ask(this.#client).catch(() => {})
	}

	async close(): Promise<void> {
		this.#isClosed = true
		clearTimeout(this.#timer)
		await this.#client?.end().catch(() => {})
	}

	async #connect(): Promise<void> {
		const { Client } = (await import('pg')).default
		if (this.#isClosed) return
		const client = new Client({
			connectionString: this.#url,
			connectionTimeoutMillis: HEARTBEAT,
			query_timeout: HEARTBEAT,
			keepAlive: true,
		})
		this.#client = client
		client.on('notification', ({ payload }) => this.#hear(JSON.parse(payload ?? '"all"')))
		client.on('error', () => this.#lose(client))
		client.on('end', () => this.#lose(client))
		try {
			await client.connect()
			await client.query(`listen ${CHANNEL}`)
			this.#hear('all')
			this.#beat(client)
		} catch {
			this.#lose(client)
		}
	}

	/** A connection that has silently died is found out by asking. */
	#beat(client: pg.Client): void {
		if (this.#isClosed || this.#client !== client) return
		this.#timer = setTimeout(() => {
			this.#ask(client).then(
				() => this.#beat(client),
				() => this.#lose(client),
			)
		}, HEARTBEAT).unref()
	}

	/** One question after the other. */
	#ask(client: pg.Client): Promise<unknown> {
		const answer = this.#asked.then(() => client.query('select 1'))
		this.#asked = answer.catch(() => {})
		return answer
	}

	#lose(client: pg.Client): void {
		if (this.#isClosed || this.#client !== client) return
		this.#client = undefined
		clearTimeout(this.#timer)
		void client.end().catch(() => {})
		this.#timer = setTimeout(() => void this.#connect(), PAUSE).unref()
	}
}
