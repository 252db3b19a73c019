import { createHash } from 'node:crypto'
import type { Time, Trx } from '../db/schema.ts'
import { enqueue } from '../jobs/queries.ts'
import { wake } from '../jobs/wake.ts'
import { foldAddress } from '../net/address.ts'
import type { Office } from './post.ts'
import { findResponse, findWriter, listModerators, markTold, type Response } from './queries.ts'
import { findSubscriptionTo, markAsked } from './subscription-queries.ts'

const HOUR = 60 * 60 * 1000
/** A moderator gets at most one letter in this time. */
export const PAUSE = 10 * 60 * 1000

/** Writes a job for each letter that a response gives occasion to. */
export async function spread({ db, clock }: Office, { id, by }: { id: number; by?: number }): Promise<void> {
	await db.transaction().execute(async (trx) => {
		const response = await findResponse(trx, id)
		if (!response) return
		const now = clock()
		if (response.status === 'approved' && (await markTold(trx, id))) await tellOf(trx, response, by)
		if (response.status === 'held') await tellModerators(trx, response, now, by)
		if (isSettled(response)) await askWriter(trx, response, now)
	})
	wake()
}

/** Approved, or held by those who won't change their mind of themselves. */
function isSettled({ status, checked }: Response): boolean {
	return status === 'approved' || (status === 'held' && checked === 'done')
}

/** The author of the post, else (also when they have no password yet) the owners; and who is replied to. */
async function tellOf(trx: Trx, response: Response, by: number | undefined): Promise<void> {
	const authors = await authorsOf(trx, response)
	const concerned = authors.filter(({ id, email }) => id !== by && !isWriter(response, id, email))
	for (const { id } of concerned) await enqueue(trx, 'mail.response', { response: response.id, author: id })
	const parent = response.parent_id ? await findSubscriptionTo(trx, response.parent_id) : undefined
	if (!parent?.confirmed_at || isWriter(response, undefined, parent.email)) return
	if (authors.some(({ email }) => foldAddress(email) === parent.email)) return
	await enqueue(trx, 'mail.reply', { response: response.id, token: parent.token })
}

async function authorsOf(trx: Trx, { post_author_id }: Response): Promise<{ id: number; email: string }[]> {
	const author = post_author_id ? await findWriter(trx, post_author_id) : undefined
	return author ? [author] : (await listModerators(trx)).filter(({ role }) => role === 'owner')
}

function isWriter({ author_id, email }: Response, id: number | undefined, address: string): boolean {
	return (id !== undefined && id === author_id) || foldAddress(address) === foldAddress(email)
}

async function tellModerators(trx: Trx, { checked }: Response, now: Time, by: number | undefined): Promise<void> {
	for (const { id, told_at } of await listModerators(trx)) {
		if (id === by) continue
		// A filter may yet decide: such ones are told together, when they still wait by then.
		const [kind, moment] = checked === 'done' ? ['now', now] : ['later', Math.ceil((now + 1) / PAUSE) * PAUSE]
		const runAt = Math.max(moment as number, (told_at ?? 0) + PAUSE)
		await enqueue(trx, 'mail.held', { author: id }, { key: `${kind} ${id}`, runAt })
	}
}

/** One such letter an hour to one address, so that the form can't be used to flood a stranger's mailbox. */
async function askWriter(trx: Trx, { id }: Response, now: Time): Promise<void> {
	const subscription = await findSubscriptionTo(trx, id)
	if (!subscription || !(await markAsked(trx, subscription, now, now - HOUR))) return
	await enqueue(trx, 'mail.confirm', { token: subscription.token }, { key: keyOf(subscription.email) })
}

/** Jobs are kept for a while: an address has no place among them. */
function keyOf(address: string): string {
	return createHash('sha256').update(address).digest('base64url')
}
