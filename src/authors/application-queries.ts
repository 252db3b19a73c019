import type { Db, Role, Time } from '../db/schema.ts'
import { tokenHash } from './token.ts'

const HOUR = 60 * 60 * 1000

/** An author in whose name a program acts. */
export interface Caller {
	id: number
	email: string
	role: Role
	language: string | null
	names: { locale: string; name: string }[]
	/** What a token may do: `create`, `update`, `delete`, `media`; empty for a password, which may do all. */
	scopes: string[]
}

/** The author whom an e-mail and a password given to an application name; spaces, dashes and case don't count. */
export function findApplication(db: Db, email: string, secret: string, now: Time): Promise<Caller | undefined> {
	return findCaller(db, { kind: 'password', hash: tokenHash(bare(secret)), email: email.trim().toLowerCase() }, now)
}

/** The author whom an application's token names. */
export function findToken(db: Db, token: string, now: Time): Promise<Caller | undefined> {
	return findCaller(db, { kind: 'token', hash: tokenHash(token) }, now)
}

/** A password of an application as it is hashed: people read it aloud and copy it in groups. */
export function bare(secret: string): string {
	return secret.replace(/[\s-]+/g, '').toLowerCase()
}

async function findCaller(
	db: Db,
	{ kind, hash, email }: { kind: 'password' | 'token'; hash: string; email?: string },
	now: Time,
): Promise<Caller | undefined> {
	const found = await db
		.selectFrom('applications as p')
		.innerJoin('authors as a', 'a.id', 'p.author_id')
		.select(['a.id', 'a.email', 'a.role', 'a.language', 'p.id as application', 'p.scopes', 'p.used_at'])
		.where('p.kind', '=', kind)
		.where('p.secret_hash', '=', hash)
		.where('a.disabled_at', 'is', null)
		.executeTakeFirst()
	if (!found || (email !== undefined && found.email?.toLowerCase() !== email)) return undefined
	const { application, used_at, scopes, ...author } = found
	// Noted once an hour: an answer needn't wait for a write.
	if (now - (used_at ?? 0) > HOUR) await touchApplication(db, application, now)
	return {
		...author,
		email: author.email ?? '',
		scopes: scopes.split(' ').filter(Boolean),
		names: await listNames(db, author.id),
	}
}

async function touchApplication(db: Db, id: number, now: Time): Promise<void> {
	await db.updateTable('applications').set({ used_at: now }).where('id', '=', id).execute()
}

async function listNames(db: Db, authorId: number) {
	return db.selectFrom('author_names').select(['locale', 'name']).where('author_id', '=', authorId).execute()
}
