import type { Db, Time, Trx } from '../db/schema.ts'

/** What a link that works once is for: making the owner, or choosing a password of one's own. */
export type LinkPurpose = 'setup' | 'password'

/** Stores a link; older ones of the same purpose and author end. */
export async function replaceLink(
	trx: Trx,
	link: { token_hash: string; purpose: LinkPurpose; author_id: number | null; expires_at: Time | null },
): Promise<void> {
	await trx
		.deleteFrom('links')
		.where('purpose', '=', link.purpose)
		.where('author_id', link.author_id === null ? 'is' : '=', link.author_id)
		.execute()
	await trx.insertInto('links').values(link).execute()
}

/** Ends every link of a purpose. */
export async function endLinks(db: Db, purpose: LinkPurpose): Promise<void> {
	await db.deleteFrom('links').where('purpose', '=', purpose).execute()
}

/** Removes the links that work no more. */
export async function deleteEndedLinks(db: Db, now: Time): Promise<void> {
	await db.deleteFrom('links').where('expires_at', '<=', now).execute()
}

/** A link that still works. */
export async function findLink(db: Db, tokenHash: string, now: Time) {
	const link = await db.selectFrom('links').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()
	return link && (link.expires_at === null || link.expires_at > now) ? link : undefined
}

/** Uses a link up; tells whether it was there to be used, to one of many at once. */
export async function takeLink(trx: Trx, tokenHash: string): Promise<boolean> {
	const { numDeletedRows } = await trx.deleteFrom('links').where('token_hash', '=', tokenHash).executeTakeFirst()
	return numDeletedRows > 0n
}
