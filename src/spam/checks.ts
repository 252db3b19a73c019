import type { Config } from '../config.ts'
import type { Comment, Db, ResponseStatus, Trx } from '../db/schema.ts'
import { enqueue, hurry } from '../jobs/queries.ts'
import { wake } from '../jobs/wake.ts'
import { listWaiting, markWaiting } from './check-queries.ts'
import { learn, unlearn } from './filter.ts'
import { correction } from './verdict.ts'

/** What a job of the kind `check-comment` is about. */
export interface CheckPayload {
	id: number
	/** Why Akismet is asked once more. */
	recheck?: string
}

const BATCH = 200

/**
 * Writes the job that asks Akismet about a response, in the transaction that stores it; `wake()` after. Nothing without
 * AKISMET_KEY, nor without an address, which Akismet can't do without.
 */
export async function startCheck(
	trx: Trx,
	{ akismetKey }: Pick<Config, 'akismetKey'>,
	{ id, ip }: Pick<Comment, 'id' | 'ip'>,
	recheck?: string,
): Promise<void> {
	if (!isAskable({ akismetKey }, { ip })) return
	await markWaiting(trx, id)
	await enqueue(trx, 'check-comment', { id, recheck } satisfies CheckPayload, { key: String(id) })
}

/** Whether Akismet is to be asked about a response. */
export function isAskable({ akismetKey }: Pick<Config, 'akismetKey'>, { ip }: Pick<Comment, 'ip'>): boolean {
	return akismetKey !== '' && ip !== ''
}

/** Makes every check that waits due now, also one whose job has died: for the start of a process. */
export async function resumeChecks(db: Db): Promise<void> {
	await hurry(db, 'check-comment')
	let ids = await listWaiting(db, 0, BATCH)
	while (ids.length > 0) {
		await db.transaction().execute(async (trx) => {
			for (const id of ids) await enqueue(trx, 'check-comment', { id } satisfies CheckPayload, { key: String(id) })
		})
		ids = await listWaiting(db, ids.at(-1)!, BATCH)
	}
	wake()
}

/**
 * Lets the filters learn from an author who puts a response into a state: call it in that transaction with the response
 * as it was before, and `wake()` after. What is held again is forgotten; trash says nothing.
 */
export async function teach(
	trx: Trx,
	config: Pick<Config, 'akismetKey'>,
	comment: Pick<Comment, 'id' | 'ip' | 'reasons'>,
	status: ResponseStatus,
): Promise<void> {
	if (status === 'spam') await learn(trx, comment, 'spam')
	if (status === 'approved') await learn(trx, comment, 'ham')
	if (status === 'held') await unlearn(trx, comment)
	const as = correction(comment.reasons, status)
	if (!as || !isAskable(config, comment)) return
	await enqueue(trx, 'train-akismet', { id: comment.id, as }, { key: String(comment.id) })
}

/** Tells Akismet the contrary of what it was told by `teach`, when an author takes a decision back. */
export async function unteach(
	trx: Trx,
	config: Pick<Config, 'akismetKey'>,
	decided: Pick<Comment, 'id' | 'ip' | 'status'>,
	before: Pick<Comment, 'reasons'>,
): Promise<void> {
	const told = correction(before.reasons, decided.status)
	if (!told || !isAskable(config, decided)) return
	const as = told === 'spam' ? 'ham' : 'spam'
	await enqueue(trx, 'train-akismet', { id: decided.id, as }, { key: String(decided.id) })
}
