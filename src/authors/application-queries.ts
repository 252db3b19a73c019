import type { Insertable } from 'kysely'
import type { Db, Role, Schema, Time, Trx } from '../db/schema.ts'
import { codeHash } from './codes.ts'
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
	return findCaller(db, { kind: 'password', hash: codeHash(secret), email: email.trim().toLowerCase() }, now)
}

/** The author whom an application's token names. */
export function findToken(db: Db, token: string, now: Time): Promise<Caller | undefined> {
	return findCaller(db, { kind: 'token', hash: tokenHash(token) }, now)
}

/** The programs that act in an author's name, the oldest first. */
export function listApplications(db: Db, authorId: number) {
	return db
		.selectFrom('applications')
		.select(['id', 'kind', 'name', 'scopes', 'created_at', 'used_at'])
		.where('author_id', '=', authorId)
		.orderBy('id')
		.execute()
}

/** Stores what a program signs in with: the hash of it. */
export async function insertApplication(trx: Trx, application: Insertable<Schema['applications']>): Promise<void> {
	await trx.insertInto('applications').values(application).execute()
}

/** Ends what a program of an author signs in with, and gives its name. */
export async function deleteApplication(trx: Trx, authorId: number, id: number): Promise<string | undefined> {
	const row = await trx
		.deleteFrom('applications')
		.where('author_id', '=', authorId)
		.where('id', '=', id)
		.returning('name')
		.executeTakeFirst()
	return row?.name
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
