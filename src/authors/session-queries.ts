import type { Db, Time } from '../db/schema.ts'

/** Stores a session. */
export async function insertSession(
	db: Db,
	session: { token_hash: string; author_id: number; created_at: Time; user_agent: string },
): Promise<void> {
	await db
		.insertInto('sessions')
		.values({ ...session, seen_at: session.created_at })
		.execute()
}

/** The author of a session that began and was used since these moments, with the names in each language. */
export async function findSession(
	db: Db,
	tokenHash: string,
	{ usedSince, begunSince }: { usedSince: Time; begunSince: Time },
) {
	const session = await db
		.selectFrom('sessions as s')
		.innerJoin('authors as a', 'a.id', 's.author_id')
		.select(['a.id', 'a.email', 'a.role', 'a.language', 's.seen_at'])
		.where('s.token_hash', '=', tokenHash)
		.where('s.seen_at', '>=', usedSince)
		.where('s.created_at', '>=', begunSince)
		.where('a.disabled_at', 'is', null)
		.executeTakeFirst()
	return session && { ...session, names: await listNames(db, session.id) }
}

/** Notes that a session was used. */
export async function touchSession(db: Db, tokenHash: string, now: Time): Promise<void> {
	await db.updateTable('sessions').set({ seen_at: now }).where('token_hash', '=', tokenHash).execute()
}

/** Removes the sessions that nobody has used since `idleSince`, and those older than `begunSince`. */
export async function deleteOldSessions(db: Db, idleSince: Time, begunSince: Time): Promise<void> {
	await db
		.deleteFrom('sessions')
		.where((eb) => eb.or([eb('seen_at', '<', idleSince), eb('created_at', '<', begunSince)]))
		.execute()
}

/** Ends a session. */
export async function deleteSession(db: Db, tokenHash: string): Promise<void> {
	await db.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute()
}

/** The browsers in which an author is signed in, the last used first. */
export function listSessions(db: Db, authorId: number, idleSince: Time) {
	return db
		.selectFrom('sessions')
		.selectAll()
		.where('author_id', '=', authorId)
		.where('seen_at', '>=', idleSince)
		.orderBy('seen_at', 'desc')
		.execute()
}

/** Ends one session of an author. */
export async function deleteSessionOf(db: Db, authorId: number, tokenHash: string): Promise<void> {
	await db.deleteFrom('sessions').where('author_id', '=', authorId).where('token_hash', '=', tokenHash).execute()
}

/** Ends the sessions of an author, but for one when it is named. */
export async function deleteSessionsOf(db: Db, authorId: number, except = ''): Promise<void> {
	await db.deleteFrom('sessions').where('author_id', '=', authorId).where('token_hash', '!=', except).execute()
}

async function listNames(db: Db, authorId: number) {
	return db.selectFrom('author_names').select(['locale', 'name']).where('author_id', '=', authorId).execute()
}
