/** SQLite: locked by another for long, no room, the file out of reach. */
const SQLITE = /^SQLITE_(BUSY|FULL|IOERR|CANTOPEN|READONLY|LOCKED|NOMEM)/
/** PostgreSQL (appendix A of its manual): connection lost, no room, going down or coming up, cancelled. */
const POSTGRES = /^(08...|53...|57P0.|57014|58030)$/
const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN|ENOSPC|EDQUOT)/
/** What `pg` says itself has no code. */
const WORDS =
	/^(Connection terminated|timeout exceeded when trying to connect|Query read timeout)|not queryable|has been discarded/

/** Whether an error says that the database, or the disk, can't serve now, and not that something was asked wrongly. */
export function isOutage(error: unknown): boolean {
	if (!(error instanceof Error)) return false
	const { code } = error as { code?: unknown }
	if (typeof code !== 'string') return WORDS.test(error.message) || isOutage((error as Error).cause)
	return SQLITE.test(code) || POSTGRES.test(code) || NETWORK.test(code)
}
