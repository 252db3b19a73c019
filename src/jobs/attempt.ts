import type { Logger } from 'pino'
import { Discard, type Leases, pauseAfter, Retry, type TakenJob } from './job.ts'

/** What a handler knows of its job. */
export interface Job {
	id: string
	/** 1 for the first. */
	attempt: number
	/** Aborted when the job took too long, is no longer this worker's, or the process stops. */
	signal: AbortSignal
}

/**
 * Does one job, and may be run again for the same one.
 * It throws Retry, Discard, or anything else for a retry after the usual pause.
 */
export type Handler = (payload: any, job: Job) => Promise<void>

/** What an attempt needs. */
export interface Attempt {
	job: TakenJob
	handlers: Record<string, Handler>
	leases: Leases
	log: Logger
	onAttempt?: (kind: string, outcome: Outcome) => void
	/** Aborted when the outcome is no longer this worker's to tell. */
	lost: AbortSignal
}

/** How an attempt ended. */
export type Outcome = 'done' | 'discarded' | 'failed'

const LONGEST = 15 * 60_000

/** Runs a job and keeps the outcome. @throws Error of the database: the job is left to its lease then */
export async function attempt({ job, handlers, leases, log, onAttempt, lost }: Attempt): Promise<void> {
	const error = await failureOf(job, handlers, lost)
	const named = nameOf(job)
	if (lost.aborted) return log.warn(named, `jobs: left, for ${lost.reason.message}`)
	if (error instanceof Discard) log.info({ ...named, reason: error.message }, 'jobs: discarded')
	else if (error) log.warn({ ...named, err: error }, 'jobs: an attempt failed')
	onAttempt?.(job.kind, !error ? 'done' : error instanceof Discard ? 'discarded' : 'failed')
	const isDone = !error || error instanceof Discard
	const isKept = await (isDone ? leases.complete(job) : leases.retry(job, pauseOf(error, job), error.message))
	if (!isKept) log.warn(named, 'jobs: left, for the lease was lost')
}

/** A job as the log tells of it: what it is about may be personal. */
export function nameOf({ id, kind, attempt }: TakenJob) {
	return { job: id, kind, attempt }
}

async function failureOf(
	{ id, kind, attempt, payload }: TakenJob,
	handlers: Record<string, Handler>,
	lost: AbortSignal,
): Promise<Error | undefined> {
	const limit = new AbortController()
	const timer = setTimeout(() => limit.abort(new Error('it took too long')), LONGEST)
	lost.addEventListener('abort', () => limit.abort(lost.reason), { once: true })
	try {
		const handler = Object.hasOwn(handlers, kind) ? handlers[kind] : undefined
		if (!handler) throw new Error(`nobody knows how to do ${kind}`)
		const { signal } = limit
		await Promise.race([handler(payload, { id, attempt, signal }), abortion(signal)])
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error))
	} finally {
		clearTimeout(timer)
	}
}

/** A handler that doesn't listen to its signal must not hold its place for ever. */
function abortion(signal: AbortSignal): Promise<never> {
	return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
}

function pauseOf(error: Error, { attempt }: TakenJob): number {
	return error instanceof Retry ? error.pause : pauseAfter(attempt, Math.random())
}
