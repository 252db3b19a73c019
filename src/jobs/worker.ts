import type { Logger } from 'pino'
import type { Db, Time } from '../db/schema.ts'
import { BEAT, Discard, type Leases, pauseAfter, Retry, type TakenJob } from './job.ts'
import { dueSchedules, fireSchedule, keepSchedule, openLeases } from './queries.ts'
import { nextTime } from './schedule.ts'
import { type Bell, hangBell } from './wake.ts'

/** What a handler knows of its job. */
export interface Job {
	id: string
	/** 1 for the first. */
	attempt: number
	/** Aborted when the job is no longer this worker's, took too long, or the process stops. */
	signal: AbortSignal
}

/** Does one job; may be run again for the same job. Throws Retry, Discard, or anything else for a retry by the rules. */
export type Handler = (payload: any, job: Job) => Promise<void>

export interface WorkerOptions {
	db: Db
	/** DATABASE_URL. */
	url: string
	/** By kind. */
	handlers: Record<string, Handler>
	/** Cron expressions by the kind of job they make, in `timezone`. */
	schedules?: Record<string, string>
	timezone: string
	clock: () => Time
	log: Logger
	/** How many jobs at once. */
	concurrency: number
}

/** A worker that runs. */
export interface Worker {
	/** Takes no new jobs and lets the running ones finish, 20 seconds at most; call it before the database is closed. */
	stop(): Promise<void>
}

const POLL = 2_000
const PATIENCE = 20_000
const LONGEST = 15 * 60_000

interface Running {
	job: TakenJob
	controller: AbortController
	done: Promise<void>
}

interface State extends WorkerOptions {
	leases: Leases
	bell: Bell
	running: Set<Running>
	stopping: boolean
}

/** Starts doing the jobs of a migrated database, beside any number of other processes. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
	const { db, url, clock, log } = options
	const onError = (error: Error) => log.warn({ err: error }, 'jobs: the queue failed')
	const leases = await openLeases({ db, url, clock, onError })
	await keepSchedules(options)
	const bell = hangBell()
	const state: State = { ...options, leases, bell, running: new Set(), stopping: false }
	const beating = beat(state)
	const looping = loop(state)
	return {
		async stop() {
			state.stopping = true
			bell.remove()
			bell.ring()
			await looping
			await finish(state)
			clearInterval(beating)
			await leases.close()
		},
	}
}

async function keepSchedules({ db, schedules = {}, timezone, clock }: WorkerOptions): Promise<void> {
	for (const [kind, cron] of Object.entries(schedules)) {
		await keepSchedule(db, { kind, cron, next_at: nextTime(cron, timezone, clock()) })
	}
}

async function loop(state: State): Promise<void> {
	while (!state.stopping) {
		const found = await look(state).catch((error: unknown) => {
			state.log.error({ err: error }, 'jobs: looking for jobs failed')
			return 0
		})
		if (found === 0 || state.running.size >= state.concurrency) await state.bell.wait(POLL)
	}
}

async function look(state: State): Promise<number> {
	await fireSchedules(state)
	const free = state.concurrency - state.running.size
	if (free <= 0) return 0
	const jobs = await state.leases.take(free)
	for (const job of jobs) start(state, job)
	return jobs.length
}

async function fireSchedules({ db, schedules = {}, timezone, clock }: State): Promise<void> {
	const now = clock()
	for (const kind of await dueSchedules(db, Object.keys(schedules), now)) {
		await fireSchedule(db, kind, now, nextTime(schedules[kind]!, timezone, now))
	}
}

function start(state: State, job: TakenJob): void {
	const controller = new AbortController()
	const running: Running = { job, controller, done: Promise.resolve() }
	state.running.add(running)
	running.done = run(state, job, controller.signal)
		.catch((error: unknown) => state.log.error({ err: error, ...named(job) }, 'jobs: the outcome could not be kept'))
		.finally(() => {
			state.running.delete(running)
			state.bell.ring()
		})
}

async function run(state: State, job: TakenJob, lost: AbortSignal): Promise<void> {
	const { leases, log } = state
	const error = await attempt(state, job, lost)
	if (lost.aborted) return
	const isDone = error === undefined || error instanceof Discard
	if (error instanceof Discard) log.info({ ...named(job), reason: error.message }, 'jobs: discarded')
	else if (error) log.warn({ err: error, ...named(job) }, 'jobs: an attempt failed')
	const isKept = isDone ? await leases.complete(job) : await leases.retry(job, pauseOf(error, job), error.message)
	if (!isKept) log.warn(named(job), 'jobs: the lease was lost')
}

/** Gives the error of an attempt, if any. */
async function attempt({ handlers }: State, job: TakenJob, lost: AbortSignal): Promise<Error | undefined> {
	const signal = AbortSignal.any([lost, AbortSignal.timeout(LONGEST)])
	const { id, kind, attempt, payload } = job
	const aborted = new Promise<never>((_, reject) =>
		signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
	)
	try {
		const handler = Object.hasOwn(handlers, kind) ? handlers[kind] : undefined
		if (!handler) throw new Error(`nobody knows how to do ${kind}`)
		await Promise.race([handler(payload, { id, attempt, signal }), aborted])
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error))
	}
}

function pauseOf(error: Error, { attempt }: TakenJob): number {
	return error instanceof Retry ? error.pause : pauseAfter(attempt, Math.random())
}

/** Signs of life for the running jobs, and the jobs of those who give none. */
function beat(state: State): NodeJS.Timeout {
	const turn = async () => {
		for (const { job, controller } of state.running) {
			if (!(await state.leases.extend(job))) controller.abort(new Error('the lease was lost'))
		}
		await state.leases.reclaim()
	}
	return setInterval(() => {
		turn().catch((error: unknown) => state.log.error({ err: error }, 'jobs: keeping leases failed'))
	}, BEAT)
}

/** Jobs that don't end in time are left to their leases. */
async function finish({ running }: State): Promise<void> {
	const patience = setTimeout(() => {
		for (const { controller } of running) controller.abort(new Error('the process stops'))
	}, PATIENCE)
	await Promise.all([...running].map(({ done }) => done))
	clearTimeout(patience)
}

function named({ id, kind, attempt }: TakenJob) {
	return { job: id, kind, attempt }
}
