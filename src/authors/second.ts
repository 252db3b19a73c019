import type { Db, Time } from '../db/schema.ts'
import { codeHash } from './codes.ts'
import { findSecond, takeCode, useStep } from './second-queries.ts'
import { sign, unsign } from './signed.ts'
import { stepOf } from './totp.ts'

const LASTS = 10 * 60 * 1000

/** What of a blog the second step needs. */
interface Door {
	db: Db
	secret: string
	clock: () => Time
}

/** What proves for ten minutes that somebody knew an author's password, as long as it stays the same. */
export function giveTicket(
	{ secret, clock }: Omit<Door, 'db'>,
	author: { id: number; password_hash: string | null },
): string {
	return sign({ secret, purpose: `second ${author.password_hash}` }, String(author.id), clock() + LASTS)
}

/** Whose ticket it is, while it is good. */
export async function authorOfTicket({ db, secret, clock }: Door, ticket: string): Promise<number | undefined> {
	const id = /^(\d{1,9})\./.exec(ticket)?.[1]
	const author = id === undefined ? undefined : await findSecond(db, Number(id))
	if (!author) return undefined
	const isGood = unsign({ secret, purpose: `second ${author.password_hash}` }, ticket, clock()) !== undefined
	return isGood ? Number(id) : undefined
}

/** Whether it is a code of the author's authenticator, or one kept for its loss; either is used up by this. */
export async function isRightCode(
	{ db, clock }: Omit<Door, 'secret'>,
	authorId: number,
	code: string,
): Promise<boolean> {
	const author = await findSecond(db, authorId)
	const step = author && stepOf(author.secret, code, clock())
	return step === undefined ? takeCode(db, authorId, codeHash(code)) : useStep(db, authorId, step)
}
