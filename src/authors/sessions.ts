import type { Db, Role, Time } from '../db/schema.ts'
import { deleteSession, findSession, insertSession, touchSession } from './session-queries.ts'
import { newToken, tokenHash } from './token.ts'

const HOUR = 60 * 60 * 1000
/** A session that isn't used for this long ends. */
export const IDLE = 30 * 24 * HOUR
/** However much it is used: then its author signs in anew. */
export const LONGEST = 180 * 24 * HOUR

/** An author who has signed in. */
export interface SignedIn {
	id: number
	email: string
	role: Role
	/** The language of their admin pages, when they have chosen one. */
	language: string | null
	names: { locale: string; name: string }[]
	/** The session has just been prolonged: so is its cookie. */
	isProlonged: boolean
}

/** Signs an author in; gives the token for the cookie. */
export async function startSession(
	db: Db,
	{ authorId, userAgent, now }: { authorId: number; userAgent: string; now: Time },
): Promise<string> {
	const token = newToken()
	const session = {
		token_hash: tokenHash(token),
		author_id: authorId,
		created_at: now,
		user_agent: userAgent.slice(0, 500),
	}
	await insertSession(db, session)
	return token
}

/** The author whom a cookie's token names, if its session still lasts; using it prolongs it. */
export async function authorOf(db: Db, token: string | undefined, now: Time): Promise<SignedIn | undefined> {
	if (!token) return undefined
	const found = await findSession(db, tokenHash(token), { usedSince: now - IDLE, begunSince: now - LONGEST })
	if (!found) return undefined
	const { seen_at, email, ...author } = found
	// Noted once an hour: a page shown needn't wait for a write.
	const isProlonged = now - seen_at > HOUR
	if (isProlonged) await touchSession(db, tokenHash(token), now)
	return { ...author, email: email ?? '', isProlonged }
}

/** Signs out. */
export async function endSession(db: Db, token: string | undefined): Promise<void> {
	if (token) await deleteSession(db, tokenHash(token))
}
