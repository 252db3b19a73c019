import { randomBytes } from 'node:crypto'
import type { Config } from '../config.ts'
import type { Comment, Time, Trx } from '../db/schema.ts'
import { enqueue } from '../jobs/queries.ts'
import { foldAddress, isAddress } from '../net/address.ts'
import { insertSubscription } from './subscription-queries.ts'

type Settings = Pick<Config, 'smtpUrl' | 'languages'>

/**
 * Writes the job that tells whoever is concerned by a response as it is when the job is done: call it in the
 * transaction that stores it, changes its status or ends its check, and `wake()` after. Nobody is told of one thing
 * twice; `by` is the author who decided, who needn't be told.
 */
export async function enqueueNotices(
	trx: Trx,
	{ smtpUrl }: Settings,
	{ id, status }: Pick<Comment, 'id' | 'status'>,
	{ by }: { by?: number } = {},
): Promise<void> {
	if (smtpUrl === '' || (status !== 'approved' && status !== 'held')) return
	await enqueue(trx, 'notices', { id, by }, { key: String(id) })
}

const GATHERING = 10 * 60_000

/** Writes the job that tells whose post it is which pages couldn't be told of its links, some time after the first. */
export async function enqueueUndelivered(
	trx: Trx,
	{ smtpUrl }: Pick<Config, 'smtpUrl'>,
	postId: number,
	now: Time,
): Promise<void> {
	if (smtpUrl === '') return
	const since = Math.floor(now / GATHERING) * GATHERING
	const payload = { post: postId, since }
	await enqueue(trx, 'mail.undelivered', payload, { key: `${postId} ${since}`, runAt: since + 2 * GATHERING })
}

/**
 * Keeps the wish of a comment's writer to be told of replies, in the transaction that stores the comment and before
 * `enqueueNotices`. A first mail asks whether the address is theirs, unless they have answered that before.
 */
export async function subscribe(
	trx: Trx,
	{ smtpUrl, languages }: Settings,
	{ id, email, locale, status }: Pick<Comment, 'id' | 'email' | 'locale' | 'status'>,
	now: Time,
): Promise<void> {
	if (smtpUrl === '' || !isAddress(email) || (status !== 'approved' && status !== 'held')) return
	await insertSubscription(trx, {
		token: randomBytes(24).toString('base64url'),
		comment_id: id,
		email: foldAddress(email),
		locale: languages.includes(locale) ? locale : languages[0]!,
		created_at: now,
	})
}
