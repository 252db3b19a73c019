import type { Db, Time } from '../db/schema.ts'
import { hasOwner } from './account-queries.ts'
import { endLinks, findLink, type LinkPurpose, replaceLink } from './link-queries.ts'
import { newToken, tokenHash } from './token.ts'

const DAY = 24 * 60 * 60 * 1000
const LASTS = 7 * DAY

/** Where a link leads, on which blog, from when. */
export interface Linking {
	db: Db
	siteUrl: string
	now: Time
}

/** A new link to make the owner with, while there is none who can sign in; links made before end either way. */
export async function setupLink({ db, siteUrl }: Omit<Linking, 'now'>): Promise<string | undefined> {
	if (await hasOwner(db)) {
		await endLinks(db, 'setup')
		return undefined
	}
	return newLink(db, siteUrl, { purpose: 'setup', author_id: null, expires_at: null })
}

/** A new link by which an author chooses a password; it lasts a week. */
export function passwordLink({ db, siteUrl, now }: Linking, authorId: number): Promise<string> {
	return newLink(db, siteUrl, { purpose: 'password', author_id: authorId, expires_at: now + LASTS })
}

/** What a link's token is good for, if anything. */
export async function linkOf(db: Db, token: string, now: Time) {
	return token ? findLink(db, tokenHash(token), now) : undefined
}

async function newLink(
	db: Db,
	siteUrl: string,
	link: { purpose: LinkPurpose; author_id: number | null; expires_at: Time | null },
): Promise<string> {
	const token = newToken()
	await db.transaction().execute((trx) => replaceLink(trx, { ...link, token_hash: tokenHash(token) }))
	return `${siteUrl}/admin/setup?token=${token}`
}
