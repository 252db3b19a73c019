import type { Job } from '../../jobs/attempt.ts'
import { Discard } from '../../jobs/job.ts'
import { wake } from '../../jobs/wake.ts'
import { enqueueUndelivered } from '../../notices/enqueue.ts'
import { loadSettings } from '../../settings/settings.ts'
import { enqueueSending } from './collect.ts'
import type { Out } from './out.ts'
import { type Outcome, PATIENCE, pauseAfter } from './outcome.ts'
import { claimNext, type Delivery, firstDue, keepOutcome, type Left, postpone, releaseClaims } from './queries.ts'
import { tellPage } from './tell.ts'

/** Pages told at once. One job sends for all posts, so that however many links there are, other jobs have room. */
const AT_ONCE = 4
/** Then another job goes on, at the end of the queue. */
const SHIFT = 2 * 60_000
/** A page is looked at and told: each within the deadline of a fetch. */
const LEASE = 60_000

/** Sends what is due, what has waited longest first. */
export async function sendDue(out: Out, job: Job): Promise<void> {
	const { db, clock, catalog } = out
	if (!(await loadSettings(db, catalog)).mentions.send) throw new Discard('mentions are not sent now')
	const end = performance.now() + SHIFT
	// The job was begun before and cut off: what it had in hand is due again at once.
	if (job.attempt > 1) await releaseClaims(db, job.id, clock())
	await Promise.all(Array.from({ length: AT_ONCE }, () => sendSome(out, job, end)))
	if (!(await firstDue(db, clock()))) return
	await db.transaction().execute(enqueueSending)
	wake()
}

async function sendSome(out: Out, job: Job, end: number): Promise<void> {
	while (performance.now() < end && !job.signal.aborted) {
		const delivery = await claimNext(out.db, job.id, out.clock(), LEASE)
		if (!delivery) return
		await deliver(out, delivery, job.signal)
	}
}

async function deliver(out: Out, delivery: Delivery, signal: AbortSignal): Promise<void> {
	const { source, target, linked } = delivery
	const outcome = await tellPage(out, { source, target, isThere: linked === 1 }, signal)
	await keep(out, delivery, outcome)
	out.log.info({ delivery: delivery.id, target, ...outcome }, 'mentions: a page was told of a link')
}

async function keep({ db, config, clock }: Out, delivery: Delivery, outcome: Outcome): Promise<void> {
	const now = clock()
	const left = leftBy(delivery, outcome, now)
	const isGivenUp = outcome.kind === 'later' && left.state === 'failed'
	await db.transaction().execute(async (trx) => {
		await keepOutcome(trx, delivery, left)
		if (outcome.kind === 'later' && outcome.pause) await postpone(trx, delivery.host, now + outcome.pause)
		if (isGivenUp) await enqueueUndelivered(trx, config, delivery.post_id, now)
	})
}

/** What an attempt leaves behind; after three days without luck it has failed. */
export function leftBy({ attempts, asked_at }: Delivery, outcome: Outcome, now: number): Left {
	const { kind, reason: result } = outcome
	if (kind === 'told') return { state: 'sent', outcome: result, protocol: outcome.by, sent_at: now }
	if (kind === 'none') return { state: 'none', outcome: result }
	if (kind === 'refused') return { state: 'failed', outcome: result }
	const next_at = now + pauseAfter(attempts, outcome.pause)
	return next_at > asked_at + PATIENCE
		? { state: 'failed', outcome: result }
		: { state: 'waiting', outcome: result, next_at }
}
