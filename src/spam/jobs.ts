import type { Logger } from 'pino'
import { readComments, updateStatus } from '../comments/queries.ts'
import { bumpListings } from '../comments/thread-queries.ts'
import type { Comment } from '../db/schema.ts'
import type { Handler } from '../jobs/attempt.ts'
import { Discard } from '../jobs/job.ts'
import { wake } from '../jobs/wake.ts'
import type { Akismet } from '../net/akismet.ts'
import { enqueueNotices } from '../notices/enqueue.ts'
import type { Blog } from '../web/context.ts'
import { endWaiting, listPlaces } from './check-queries.ts'
import { type CheckPayload, isAskable } from './checks.ts'
import { questionOf } from './question.ts'
import { isDecided, settled, type Verdict } from './verdict.ts'

/** What the jobs of the filters need. */
export type Lab = Pick<Blog, 'db' | 'config' | 'clock'> & { akismet: Akismet }

/** The jobs of the filters, by kind. */
export function spamHandlers(lab: Lab): Record<string, Handler> {
	return {
		'check-comment': (payload) => check(lab, payload),
		'train-akismet': (payload) => train(lab, payload),
	}
}

/** Asks at the start whether the key is right, and tells the log; never throws. */
export async function verifyKey({ akismet }: Pick<Lab, 'akismet'>, log: Logger): Promise<void> {
	try {
		if (await akismet.verifyKey()) log.info('Akismet takes AKISMET_KEY')
		else log.error('Akismet refuses AKISMET_KEY: comments wait until it is right')
	} catch (error) {
		log.warn({ err: error }, 'AKISMET_KEY could not be verified')
	}
}

/** While there is no answer the response stays as it is, and the job comes again. */
async function check(lab: Lab, { id, recheck }: CheckPayload): Promise<void> {
	const [comment] = await readComments(lab.db, [id])
	if (comment?.checked !== 'waiting') throw new Discard('nothing waits for this check')
	const isMoot = isDecided(comment) || !isAskable(lab.config, comment)
	await settle(
		lab,
		id,
		isMoot ? 'none' : (await lab.akismet.isSpam(await question(lab, comment, recheck))) ? 'spam' : 'ham',
	)
}

async function settle({ db, config }: Lab, id: number, verdict: Verdict): Promise<void> {
	await db.transaction().execute(async (trx) => {
		const comment = await endWaiting(trx, id)
		// Meanwhile an author may have decided.
		if (!comment || isDecided(comment)) return
		const { status, reasons } = settled(comment, verdict)
		await updateStatus(trx, id, status, reasons)
		if (status !== comment.status) await bumpListings(trx, [comment.post_id])
		await enqueueNotices(trx, config, { id, status })
	})
	wake()
}

async function train(lab: Lab, { id, as }: { id: number; as: 'spam' | 'ham' }): Promise<void> {
	const [comment] = await readComments(lab.db, [id])
	if (!comment || !isAskable(lab.config, comment)) throw new Discard('nothing to tell Akismet any more')
	await lab.akismet.submit(await question(lab, comment), as)
}

async function question({ db, config, clock }: Lab, comment: Comment, recheck?: string) {
	const places = await listPlaces(db, comment.post_id, clock())
	return questionOf(comment, places, { siteUrl: config.siteUrl, recheck })
}
