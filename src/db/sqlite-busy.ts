import { setTimeout as pause } from 'node:timers/promises'

/** Milliseconds in which another process is to let go of the database, and between looks whether it has. */
const PATIENCE = 5_000
const PAUSE = 10

/**
 * What `attempt` gives, tried again while another process holds the database. SQLite's own way to wait for a lock
 * stops the whole program; here only who needs it waits. @throws SqliteError
 */
export async function patiently<Result>(attempt: () => Result | Promise<Result>): Promise<Result> {
	for (const end = performance.now() + PATIENCE; ; await pause(PAUSE)) {
		try {
			return await attempt()
		} catch (error) {
			if (!isBusy(error) || performance.now() > end) throw error
		}
	}
}

function isBusy(error: unknown): boolean {
	return String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')
}
