import { existsSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'
import type pg from 'pg'

/** A connection with what its types leave out. */
type Held = pg.Client & { ref(): void; unref(): void }

/** Lets go of a database. */
export type Release = () => Promise<void>

/** Among the advisory locks of a PostgreSQL database: «otkl». */
const LOCK = 0x6f_74_6b_6c
const PAUSE = 1_000
/** Milliseconds that a connection which is just being closed has. */
const PATIENCE = 500

const RUNNING = 'a blog runs on this database: stop it first'
const RESTORING = 'the database is being restored: wait until that is done'

/**
 * Says that a program works on the database, for as long as it lives. Whoever has an SQLite file open holds a lock of
 * the system on it; on PostgreSQL a connection of its own holds one, and gets it again when it was lost. Both end with
 * the process, however it ends.
 * @throws Error while the database is being replaced
 */
export async function holdDatabase(url: string): Promise<Release> {
	if (url.startsWith('sqlite:')) return async () => {}
	let [client, isReleased]: [Held | undefined, boolean] = [undefined, false]
	const hold = async () => {
		client = (await lockedClient(url, 'pg_try_advisory_lock_shared', RESTORING)) as Held
		// It is to live as long as the process, not the other way round.
		client.unref()
		client.once('end', () => setTimeout(holdAgain, PAUSE).unref())
	}
	const holdAgain = () => {
		if (!isReleased) hold().catch(() => setTimeout(holdAgain, PAUSE).unref())
	}
	await hold()
	return async () => {
		isReleased = true
		client?.ref()
		await client?.end().catch(() => {})
	}
}

/** Makes sure that no program works on the database, and none begins to. @throws Error when one does */
export async function claimDatabase(url: string): Promise<Release> {
	if (url.startsWith('sqlite:')) return claimFile(url.slice('sqlite:'.length))
	const client = await lockedClient(url, 'pg_try_advisory_lock', RUNNING)
	return () => client.end()
}

async function lockedClient(url: string, lock: string, reason: string): Promise<pg.Client> {
	const { Client } = (await import('pg')).default
	const client = new Client({ connectionString: url, keepAlive: true })
	client.on('error', () => {})
	await client.connect()
	const { rows } = await client.query(`select ${lock}(${LOCK}) as held`)
	if (rows[0].held) return client
	await client.end()
	throw new Error(reason)
}

/** Also brings what is in the journal beside the file into it. */
function claimFile(file: string): Release {
	if (!existsSync(file)) return async () => {}
	const database = new SqliteDatabase(file, { timeout: PATIENCE })
	try {
		// Only who is alone may leave WAL.
		database.pragma('journal_mode = DELETE')
		database.exec('begin exclusive')
	} catch (error) {
		database.close()
		throw (error as { code?: string }).code?.startsWith('SQLITE_BUSY') ? new Error(RUNNING, { cause: error }) : error
	}
	return async () => void database.close()
}
