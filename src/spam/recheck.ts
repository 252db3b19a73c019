import type { Reason } from '../comments/decide.ts'
import { bumpListings } from '../comments/thread-queries.ts'
import type { Comment, Trx } from '../db/schema.ts'
import { wake } from '../jobs/wake.ts'
import type { Blog } from '../web/context.ts'
import { countUndecided, listUndecided, moveUnchanged } from './check-queries.ts'
import { isAskable, startCheck } from './checks.ts'
import { filterReason, type Judgement, judgeAll } from './filter.ts'

const BATCH = 200
/** From here on what was shown so far goes into the queue. */
const DOUBTFUL = 0.8

/** Hears how far it has come, in responses. */
export interface Progress {
	start(total: number): void
	advance(by: number): void
	stop(): void
}

/** How many responses were looked at, and what became of them. */
export interface Rechecked {
	looked: number
	/** Put in the author's queue, or left there under suspicion. */
	held: number
	spam: number
	/** Given to Akismet, which may find more. */
	asked: number
}

/**
 * Runs the filters over responses that no author has decided on, such as imported ones: the suspected go into the
 * queue, what is surely spam to spam.
 */
export async function recheck({ db, config }: Pick<Blog, 'db' | 'config'>, progress?: Progress): Promise<Rechecked> {
	progress?.start(await countUndecided(db))
	const sum: Rechecked = { looked: 0, held: 0, spam: 0, asked: 0 }
	let batch = await listUndecided(db, 0, BATCH)
	while (batch.length > 0) {
		const judged = await judgeAll(db, batch)
		await db.transaction().execute(async (trx) => {
			const moved: number[] = []
			for (const [index, comment] of batch.entries()) {
				if (await suspect(trx, comment, judged[index]!, sum)) moved.push(comment.post_id)
				if (!isAskable(config, comment) || judged[index]!.verdict === 'spam') continue
				await startCheck(trx, config, comment, 'recheck')
				sum.asked++
			}
			await bumpListings(trx, [...new Set(moved)])
		})
		sum.looked += batch.length
		progress?.advance(batch.length)
		batch = await listUndecided(db, batch.at(-1)!.id, BATCH)
	}
	progress?.stop()
	wake()
	return sum
}

/** Tells whether readers see something else now. */
async function suspect(trx: Trx, comment: Comment, judgement: Judgement, sum: Rechecked): Promise<boolean> {
	if (judgement.verdict === 'ham') return false
	if ((JSON.parse(comment.reasons) as Reason[]).some(({ rule }) => rule === 'trusted')) return false
	// What readers have seen for years isn't taken away for a mere doubt.
	if (comment.status === 'approved' && judgement.score < DOUBTFUL) return false
	const status = judgement.verdict === 'spam' ? 'spam' : 'held'
	const others = (JSON.parse(comment.reasons) as Reason[]).filter(({ rule }) => rule !== 'filter')
	const reasons = JSON.stringify([...others, filterReason(judgement)])
	if (!(await moveUnchanged(trx, comment, { status, reasons }))) return false
	sum[status]++
	return comment.status === 'approved'
}
