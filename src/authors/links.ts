import { createHmac } from 'node:crypto'
import type { Db, Time } from '../db/schema.ts'
import { hasOwner } from './account-queries.ts'
import { endLinks, findLink, type Invitation, insertLink, type LinkPurpose, replaceLink } from './link-queries.ts'
import { newToken, tokenHash } from './token.ts'

const HOUR = 60 * 60 * 1000
const WEEK = 7 * 24 * HOUR

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
	return setupUrl(siteUrl, await newLink(db, { purpose: 'setup', author_id: null, expires_at: null }))
}

/** A new link by which an author chooses a password; it lasts a week. */
export async function passwordLink({ db, siteUrl, now }: Linking, authorId: number): Promise<string> {
	return setupUrl(siteUrl, await newLink(db, { purpose: 'password', author_id: authorId, expires_at: now + WEEK }))
}

/** The same for one who has forgotten it; it lasts an hour. */
export async function resetLink({ db, siteUrl, now }: Linking, authorId: number): Promise<string> {
	return setupUrl(siteUrl, await newLink(db, { purpose: 'reset', author_id: authorId, expires_at: now + HOUR }))
}

/** A new link by which an author shows that an e-mail address is theirs; it lasts an hour. */
export async function emailLink({ db, siteUrl, now }: Linking, authorId: number, email: string): Promise<string> {
	const data = JSON.stringify({ email })
	const token = await newLink(db, { purpose: 'email', author_id: authorId, expires_at: now + HOUR, data })
	return `${siteUrl}/admin/account/email/?token=${token}`
}

/** Invites somebody for a week; gives the hash that names the invitation. */
export async function invite(
	{ db, secret, now }: { db: Db; secret: string; now: Time },
	person: Omit<Invitation, 'seed'>,
): Promise<string> {
	const invitation: Invitation = { ...person, seed: newToken() }
	const link = {
		token_hash: tokenHash(invitationToken(secret, invitation)),
		purpose: 'invite' as const,
		author_id: null,
		expires_at: now + WEEK,
		data: JSON.stringify(invitation),
		created_at: now,
	}
	await db.transaction().execute((trx) => insertLink(trx, link))
	return link.token_hash
}

/** Where an invitation leads. */
export function invitationUrl(blog: { siteUrl: string; secret: string }, invitation: Invitation): string {
	return setupUrl(blog.siteUrl, invitationToken(blog.secret, invitation))
}

/** What a link's token is good for, if anything. */
export async function linkOf(db: Db, token: string, now: Time, purposes: LinkPurpose[]) {
	return token ? findLink(db, tokenHash(token), now, purposes) : undefined
}

function invitationToken(secret: string, { seed }: Invitation): string {
	return createHmac('sha256', secret).update(`invitation ${seed}`).digest('base64url')
}

async function newLink(
	db: Db,
	link: { purpose: LinkPurpose; author_id: number | null; expires_at: Time | null; data?: string },
): Promise<string> {
	const token = newToken()
	await db.transaction().execute((trx) => replaceLink(trx, { ...link, token_hash: tokenHash(token) }))
	return token
}

function setupUrl(siteUrl: string, token: string): string {
	return `${siteUrl}/admin/setup?token=${token}`
}
