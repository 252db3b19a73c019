import type { Insertable, Selectable } from 'kysely'
import type { Db, Schema, Time } from '../db/schema.ts'

export type Passkey = Selectable<Schema['passkeys']>

/** The passkeys of an author, the oldest first. */
export function listPasskeys(db: Db, authorId: number): Promise<Passkey[]> {
	return db.selectFrom('passkeys').selectAll().where('author_id', '=', authorId).orderBy('id').execute()
}

/** The passkey that an authenticator names, of an author who may sign in. */
export function findPasskey(db: Db, credential: string): Promise<Passkey | undefined> {
	return db
		.selectFrom('passkeys as p')
		.innerJoin('authors as a', 'a.id', 'p.author_id')
		.selectAll('p')
		.where('p.credential', '=', credential)
		.where('a.disabled_at', 'is', null)
		.executeTakeFirst()
}

/** Stores a passkey; false when it is known already. */
export async function insertPasskey(db: Db, passkey: Insertable<Schema['passkeys']>): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await db
		.insertInto('passkeys')
		.values(passkey)
		.onConflict((c) => c.doNothing())
		.executeTakeFirst()
	return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Notes that a passkey was used. */
export async function touchPasskey(db: Db, id: number, counter: number, now: Time): Promise<void> {
	await db.updateTable('passkeys').set({ counter, used_at: now }).where('id', '=', id).execute()
}

/** Renames a passkey of an author; false when there is none. */
export async function renamePasskey(db: Db, authorId: number, id: number, name: string): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('passkeys')
		.set({ name })
		.where('author_id', '=', authorId)
		.where('id', '=', id)
		.executeTakeFirst()
	return numUpdatedRows > 0n
}

/** Removes a passkey of an author and gives its name. */
export async function deletePasskey(db: Db, authorId: number, id: number): Promise<string | undefined> {
	const row = await db
		.deleteFrom('passkeys')
		.where('author_id', '=', authorId)
		.where('id', '=', id)
		.returning('name')
		.executeTakeFirst()
	return row?.name
}
