import type { Db, Role, Time, Trx } from '../db/schema.ts'
import { bumpVersions } from '../db/versions.ts'

/** Everyone who writes here, owners first, with names in each language, how much they wrote and when they were here. */
export async function listPeople(db: Db) {
	const people = await selectPeople(db)
		.orderBy((eb) => eb.case('role').when('owner').then(0).when('editor').then(1).else(2).end())
		.orderBy('id')
		.execute()
	const names = await db.selectFrom('author_names').select(['author_id', 'locale', 'name']).execute()
	return people.map((person) => ({ ...person, names: names.filter(({ author_id }) => author_id === person.id) }))
}

/** One of them. */
export async function findPerson(db: Db, id: number) {
	const person = await selectPeople(db).where('id', '=', id).executeTakeFirst()
	if (!person) return undefined
	const names = await db.selectFrom('author_names').select(['locale', 'name']).where('author_id', '=', id).execute()
	return { ...person, names }
}

export type Person = NonNullable<Awaited<ReturnType<typeof findPerson>>>

/** Whether there is another owner who can sign in; whoever asks so in a transaction is the only one who does. */
export async function hasOtherOwner(trx: Trx, id: number): Promise<boolean> {
	// Two owners who demote each other at once must wait for one another: the row of this version is the lock.
	await bumpVersions(trx, ['people'])
	const row = await trx
		.selectFrom('authors')
		.select('id')
		.where('role', '=', 'owner')
		.where('id', '!=', id)
		.where('password_hash', 'is not', null)
		.where('disabled_at', 'is', null)
		.limit(1)
		.executeTakeFirst()
	return row !== undefined
}

/** Hands the posts, pages and uploads of an author to another. */
export async function handOver(trx: Trx, from: number, to: number): Promise<void> {
	await trx.updateTable('posts').set({ author_id: to }).where('author_id', '=', from).execute()
	await trx.updateTable('media').set({ author_id: to }).where('author_id', '=', from).execute()
}

/** Removes an author. */
export async function deletePerson(trx: Trx, id: number): Promise<void> {
	await trx.deleteFrom('authors').where('id', '=', id).execute()
}

function selectPeople(db: Db) {
	return db
		.selectFrom('authors')
		.select(['id', 'slug', 'email', 'role', 'password_hash', 'disabled_at', 'totp_secret', 'created_at'])
		.select((eb) => [
			eb
				.selectFrom('posts')
				.whereRef('posts.author_id', '=', 'authors.id')
				.select((e) => e.fn.countAll<number>().as('count'))
				.as('posts'),
			eb
				.selectFrom('sessions')
				.whereRef('sessions.author_id', '=', 'authors.id')
				.select((e) => e.fn.max<Time | null>('seen_at').as('seen'))
				.as('seen'),
		])
		.$narrowType<{ role: Role }>()
}
