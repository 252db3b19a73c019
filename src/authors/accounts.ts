import type { Db, Role, Time, Trx } from '../db/schema.ts'
import { freeSlug, slugFrom } from '../posts/slug.ts'
import {
	addNames,
	findAccount,
	hasOwner,
	insertAccount,
	isAuthorSlugTaken,
	storePassword,
	updateAccount,
} from './account-queries.ts'
import { audit, auditDoor } from './audit-queries.ts'
import { endLinks, endLinksOf, takeLink } from './link-queries.ts'
import { hashPassword } from './password.ts'

/** A person to be given an account. */
export interface NewAccount {
	name: string
	email: string
	role: Role
	/** Of their admin pages. */
	language?: string
	/** The blog's languages: the name stands in each. */
	languages: string[]
	now: Time
}

/** The e-mail address already has an account that signs in. */
export class EmailTaken extends Error {
	override name = 'EmailTaken'
}

/** The link was used up or replaced meanwhile. */
export class LinkEnded extends Error {
	override name = 'LinkEnded'
}

/**
 * Adds an author; one of an imported blog with the same e-mail, who can't sign in yet, is taken over. Gives the id.
 * @throws EmailTaken
 */
export function addAccount(db: Db, account: NewAccount): Promise<number> {
	return db.transaction().execute((trx) => storeAccount(trx, account))
}

/**
 * Makes the owner by a set-up link, which ends with it; gives the id.
 * @throws EmailTaken, LinkEnded
 */
export async function setUpOwner(
	db: Db,
	link: { token_hash: string },
	{ password, ...account }: Omit<NewAccount, 'role'> & { password: string },
): Promise<number> {
	const hashed = await hashPassword(password)
	return db.transaction().execute(async (trx) => {
		await useUp(trx, link)
		if (await hasOwner(trx)) throw new LinkEnded()
		const id = await storeAccount(trx, { ...account, role: 'owner' })
		await storePassword(trx, id, hashed)
		await endLinks(trx, 'setup')
		return id
	})
}

/**
 * Makes an author by an invitation, which ends with it; gives the id.
 * @throws EmailTaken, LinkEnded
 */
export async function acceptInvitation(
	db: Db,
	link: { token_hash: string },
	{ password, ...account }: NewAccount & { password: string },
): Promise<number> {
	const hashed = await hashPassword(password)
	return db.transaction().execute(async (trx) => {
		await useUp(trx, link)
		const id = await storeAccount(trx, account)
		await storePassword(trx, id, hashed)
		await audit(trx, { authorId: id, action: 'person-joined', subject: `people/${id}/`, now: account.now })
		return id
	})
}

/** Gives the author of a link the password; the link, others of theirs and older sessions end. @throws LinkEnded */
export async function choosePassword(
	db: Db,
	link: { token_hash: string; author_id: number | null },
	password: string,
	now: Time,
): Promise<void> {
	const hashed = await hashPassword(password)
	const authorId = link.author_id!
	await db.transaction().execute(async (trx) => {
		await useUp(trx, link)
		await storePassword(trx, authorId, hashed)
		await endLinksOf(trx, authorId)
		await auditDoor(trx, { authorId, action: 'account-reset', now })
	})
}

/** Gives an author a password; older sessions end. `also` is done in the same transaction. */
export async function setPassword(
	db: Db,
	authorId: number,
	password: string,
	also?: (trx: Trx) => Promise<void>,
): Promise<void> {
	const hashed = await hashPassword(password)
	await db.transaction().execute(async (trx) => {
		await storePassword(trx, authorId, hashed)
		await also?.(trx)
	})
}

async function useUp(trx: Trx, { token_hash }: { token_hash: string }): Promise<void> {
	if (!(await takeLink(trx, token_hash))) throw new LinkEnded()
}

async function storeAccount(trx: Trx, { name, email, role, language, languages, now }: NewAccount): Promise<number> {
	const known = await findAccount(trx, email)
	if (known?.password_hash) throw new EmailTaken()
	if (known) await updateAccount(trx, known.id, { role, language })
	const id = known?.id ?? (await insertNew(trx, { name, email, role, language: language ?? null, created_at: now }))
	await addNames(trx, id, name, languages)
	return id
}

async function insertNew(
	trx: Trx,
	{ name, ...account }: { name: string; email: string; role: Role; language: string | null; created_at: Time },
): Promise<number> {
	const slug = await freeSlug(slugFrom(name) || 'author', (slug) => isAuthorSlugTaken(trx, slug))
	return insertAccount(trx, { ...account, slug })
}
