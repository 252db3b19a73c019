import type { Db, Role, Time, Trx } from '../db/schema.ts'

/**
 * What a link that works once is for: making the owner; choosing a password, given by a person or asked for by mail;
 * joining the blog; taking a new e-mail. `spent` is none, but what must not be used twice.
 */
export type LinkPurpose = 'setup' | 'password' | 'reset' | 'invite' | 'email' | 'spent'

/** Who is invited; the token is made of `seed`, so that the link can be shown again. */
export interface Invitation {
	name: string
	email: string
	role: Role
	seed: string
}

interface NewLink {
	token_hash: string
	purpose: LinkPurpose
	author_id: number | null
	expires_at: Time | null
	/** JSON. */
	data?: string
	created_at?: Time
}

/** Stores a link; older ones of the same purpose and author end. */
export async function replaceLink(trx: Trx, link: NewLink): Promise<void> {
	// Two letters at once would leave two links.
	if (link.author_id !== null) await lockAuthor(trx, link.author_id)
	await trx
		.deleteFrom('links')
		.where('purpose', '=', link.purpose)
		.where('author_id', link.author_id === null ? 'is' : '=', link.author_id)
		.execute()
	await insertLink(trx, link)
}

async function lockAuthor(trx: Trx, id: number): Promise<void> {
	await trx
		.updateTable('authors')
		.set((eb) => ({ slug: eb.ref('slug') }))
		.where('id', '=', id)
		.execute()
}

/** Stores a link beside others of its purpose. */
export async function insertLink(trx: Trx, link: NewLink): Promise<void> {
	await trx.insertInto('links').values(link).execute()
}

/** Whether this is the first time, until `expires`, that a thing is used. */
export async function spendOnce(db: Db, hash: string, expires: Time): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await db
		.insertInto('links')
		.values({ token_hash: hash, purpose: 'spent', author_id: null, expires_at: expires })
		.onConflict((c) => c.doNothing())
		.executeTakeFirst()
	return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Ends every link of a purpose. */
export async function endLinks(db: Db, purpose: LinkPurpose): Promise<void> {
	await db.deleteFrom('links').where('purpose', '=', purpose).execute()
}

/** Ends the links by which an author could get in. */
export async function endLinksOf(trx: Trx, authorId: number): Promise<void> {
	await trx.deleteFrom('links').where('author_id', '=', authorId).execute()
}

/** Removes the links that work no more. */
export async function deleteEndedLinks(db: Db, now: Time): Promise<void> {
	await db.deleteFrom('links').where('expires_at', '<=', now).execute()
}

/** A link for one of these purposes that still works. */
export async function findLink(db: Db, tokenHash: string, now: Time, purposes: LinkPurpose[]) {
	const link = await db
		.selectFrom('links')
		.selectAll()
		.where('token_hash', '=', tokenHash)
		.where('purpose', 'in', purposes)
		.executeTakeFirst()
	return link && (link.expires_at === null || link.expires_at > now) ? link : undefined
}

/** The invitations that nobody has followed yet, the newest first. */
export async function listInvitations(db: Db, now: Time) {
	const rows = await db
		.selectFrom('links')
		.select(['token_hash', 'data', 'expires_at'])
		.where('purpose', '=', 'invite')
		.where('expires_at', '>', now)
		.orderBy('created_at', 'desc')
		.execute()
	return rows.map(({ token_hash, data, expires_at }) => ({
		...(JSON.parse(data) as Invitation),
		token_hash,
		expires_at: expires_at!,
	}))
}

/** Uses a link up; tells whether it was there to be used, to one of many at once. */
export async function takeLink(trx: Trx, tokenHash: string): Promise<boolean> {
	const { numDeletedRows } = await trx.deleteFrom('links').where('token_hash', '=', tokenHash).executeTakeFirst()
	return numDeletedRows > 0n
}
