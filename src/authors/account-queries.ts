import type { Db, Role, Time, Trx } from '../db/schema.ts'
import { bumpPosts } from '../db/versions.ts'

/** The author with an e-mail address, in any case; one who can sign in comes before one who can't. */
export async function findAccount(db: Db, email: string) {
	return db
		.selectFrom('authors')
		.select(['id', 'email', 'role', 'language', 'password_hash', 'disabled_at', 'totp_secret'])
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
		.select(['a.id', 'a.email', 'a.language', 'a.password_hash', 'a.disabled_at', 'a.totp_secret', 'n.name'])
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
		.where('disabled_at', 'is', null)
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

/** Changes an account. */
export async function updateAccount(
	trx: Db,
	id: number,
	changes: { role?: Role; language?: string; password_hash?: string; email?: string; disabled_at?: Time | null },
): Promise<void> {
	await trx.updateTable('authors').set(changes).where('id', '=', id).execute()
}

/** Stores a new password's hash and ends all sessions. */
export async function storePassword(trx: Trx, id: number, passwordHash: string): Promise<void> {
	await updateAccount(trx, id, { password_hash: passwordHash })
	await trx.deleteFrom('sessions').where('author_id', '=', id).execute()
}

/** Whether somebody else has an e-mail address, in any case. */
export async function isEmailTaken(trx: Db, email: string, exceptId: number): Promise<boolean> {
	const row = await trx
		.selectFrom('authors')
		.select('id')
		.where((eb) => eb(eb.fn<string>('lower', ['email']), '=', email.toLowerCase()))
		.where('id', '!=', exceptId)
		.executeTakeFirst()
	return row !== undefined
}

/** What an author is called in each language, and what is told of them. */
export function listProfiles(db: Db, authorId: number) {
	return db
		.selectFrom('author_names')
		.select(['locale', 'name', 'bio'])
		.where('author_id', '=', authorId)
		.orderBy('locale')
		.execute()
}

/** Stores names and what is told of an author; a language whose name is empty has neither. */
export async function storeProfiles(
	trx: Trx,
	authorId: number,
	profiles: { locale: string; name: string; bio: string }[],
): Promise<void> {
	for (const { locale, name, bio } of profiles) {
		const one = trx.deleteFrom('author_names').where('author_id', '=', authorId).where('locale', '=', locale)
		await one.execute()
		if (name !== '') await trx.insertInto('author_names').values({ author_id: authorId, locale, name, bio }).execute()
	}
	await bumpPosts(
		trx,
		profiles.map(({ locale }) => locale),
	)
}

/** Gives an author a name in the languages that have none yet. */
export async function addNames(trx: Trx, authorId: number, name: string, locales: string[]): Promise<void> {
	await trx
		.insertInto('author_names')
		.values(locales.map((locale) => ({ author_id: authorId, locale, name })))
		.onConflict((c) => c.doNothing())
		.execute()
	await bumpPosts(trx, locales)
}

/** Whether an author has this slug. */
export async function isAuthorSlugTaken(trx: Trx, slug: string): Promise<boolean> {
	return (await trx.selectFrom('authors').select('id').where('slug', '=', slug).executeTakeFirst()) !== undefined
}
