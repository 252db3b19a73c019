import type { Db, Role, Time, Trx } from '../db/schema.ts'
import { bumpVersions } from '../db/versions.ts'

/** The author with an e-mail address, in any case; one who can sign in comes before one who can't. */
export async function findAccount(db: Db, email: string) {
	return db
		.selectFrom('authors')
		.select(['id', 'email', 'role', 'language', 'password_hash'])
		.where((eb) => eb(eb.fn<string>('lower', ['email']), '=', email.toLowerCase()))
		.orderBy((eb) => eb.case().when('password_hash', 'is', null).then(1).else(0).end())
		.orderBy('id')
		.executeTakeFirst()
}

/** The author with an id, with one of the names. */
export async function readAccount(db: Db, id: number) {
	return db
		.selectFrom('authors as a')
		.leftJoin('author_names as n', 'n.author_id', 'a.id')
		.select(['a.id', 'a.email', 'n.name'])
		.where('a.id', '=', id)
		.executeTakeFirst()
}

/** Whether there is an owner who can sign in. */
export async function hasOwner(db: Db): Promise<boolean> {
	const row = await db
		.selectFrom('authors')
		.select('id')
		.where('role', '=', 'owner')
		.where('password_hash', 'is not', null)
		.limit(1)
		.executeTakeFirst()
	return row !== undefined
}

/** Stores an author who may get a password; gives the id. */
export async function insertAccount(
	trx: Trx,
	account: { slug: string; email: string; role: Role; language: string | null; created_at: Time },
): Promise<number> {
	const { id } = await trx.insertInto('authors').values(account).returning('id').executeTakeFirstOrThrow()
	return id
}

/** Changes what an author may do and in which language the admin pages are. */
export async function updateAccount(
	trx: Db,
	id: number,
	changes: { role?: Role; language?: string; password_hash?: string },
): Promise<void> {
	await trx.updateTable('authors').set(changes).where('id', '=', id).execute()
}

/** Stores a new password's hash and ends all sessions. */
export async function storePassword(trx: Trx, id: number, passwordHash: string): Promise<void> {
	await updateAccount(trx, id, { password_hash: passwordHash })
	await trx.deleteFrom('sessions').where('author_id', '=', id).execute()
}

/** Gives an author a name in the languages that have none yet. */
export async function addNames(trx: Trx, authorId: number, name: string, locales: string[]): Promise<void> {
	await trx
		.insertInto('author_names')
		.values(locales.map((locale) => ({ author_id: authorId, locale, name })))
		.onConflict((c) => c.doNothing())
		.execute()
	await bumpVersions(
		trx,
		locales.map((locale) => `listing:${locale}`),
	)
}

/** Whether an author has this slug. */
export async function isAuthorSlugTaken(trx: Trx, slug: string): Promise<boolean> {
	return (await trx.selectFrom('authors').select('id').where('slug', '=', slug).executeTakeFirst()) !== undefined
}
