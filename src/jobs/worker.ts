import type { Logger } from 'pino'
import type { Db, Time } from '../db/schema.ts'
import { attempt, type Handler, nameOf, type Outcome } from './attempt.ts'
import { BEAT, type Leases, type TakenJob } from './job.ts'
import { openLeases } from './queries.ts'
import { fireSchedules, keepSchedules } from './schedule.ts'
import { type Bell, hangBell } from './wake.ts'

/** What a worker is made of. */
export interface WorkerOptions {
	db: Db
	/** DATABASE_URL. */
	url: string
	/** By kind. */
	handlers: Record<string, Handler>
	/** Cron expressions in `timezone`, by the kind of job they make. */
	schedules?: Record<string, string>
	timezone: string
	clock: () => Time
	log: Logger
	/** How many jobs at once. */
	concurrency: number
	/** Hears how each attempt ended. */
	onAttempt?: (kind: string, outcome: Outcome) => void
}

/** A worker that runs. */
export interface Worker {
	/** Milliseconds since it could look for jobs. */
	idleFor(): number
	/** Takes no new jobs and lets the running ones finish for 20 seconds; call it before the database is closed. */
	stop(): Promise<void>
}

interface State extends WorkerOptions {
	leases: Leases
	bell: Bell
	running: Map<TakenJob, { controller: AbortController; done: Promise<void> }>
	stopping: boolean
	/** When it last looked for jobs, by performance.now(). */
	looked: number
}

const POLL = 2_000
const PATIENCE = 20_000

/** Starts doing the jobs of a migrated database, beside any number of other processes. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
	const { db, url, clock, log } = options
	const onError = (error: Error) => log.warn({ err: error }, 'jobs: the queue failed')
	await keepSchedules(options)
	const leases = await openLeases({ db, url, clock, onError })
	const bell = hangBell()
	const state: State = { ...options, leases, bell, running: new Map(), stopping: false, looked: performance.now() }
	let beating = beat(state)
	const heart = setInterval(() => {
		beating = beat(state)
	}, BEAT)
	const working = beating.then(() => work(state))
	return {
		idleFor: () => performance.now() - state.looked,
		async stop() {
			state.stopping = true
			bell.remove()
			bell.ring()
			await working
			await finish(state)
			clearInterval(heart)
			await beating
			await leases.close()
		},
	}
}

async function work(state: State): Promise<void> {
	while (!state.stopping) {
		const isMore = await take(state).catch((error: unknown) => {
			state.log.error({ err: error }, 'jobs: looking for jobs failed')
		})
		if (!isMore) await state.bell.wait(POLL)
	}
}

/** Starts jobs; tells whether there may be more to take at once. */
async function take(state: State): Promise<boolean> {
	const free = state.concurrency - state.running.size
	const jobs = free > 0 ? await state.leases.take(free) : []
	state.looked = performance.now()
	for (const job of jobs) start(state, job)
	return jobs.length > 0 && jobs.length < free
}

function start(state: State, job: TakenJob): void {
	const controller = new AbortController()
	const done = attempt({ ...state, job, lost: controller.signal })
		.catch((error: unknown) => state.log.error({ err: error, ...nameOf(job) }, 'jobs: the outcome could not be kept'))
		.finally(() => {
			state.running.delete(job)
			state.bell.ring()
		})
	state.running.set(job, { controller, done })
}

/** A sign of life for what runs here; then what other workers were lost with, and what its hour has come for. */
async function beat(state: State): Promise<void> {
	try {
		for (const [job, { controller }] of state.running) {
			if (!(await state.leases.extend(job))) controller.abort(new Error('the lease was lost'))
		}
		if (state.stopping) return
		await state.leases.reclaim()
		await fireSchedules(state)
		state.bell.ring()
	} catch (error) {
		state.log.error({ err: error }, 'jobs: keeping leases and schedules failed')
	}
}

/** What doesn't end in time is left to its lease. */
async function finish({ running }: State): Promise<void> {
	const patience = setTimeout(() => {
		for (const { controller } of running.values()) controller.abort(new Error('the process stops'))
	}, PATIENCE)
	await Promise.all([...running.values()].map(({ done }) => done))
	clearTimeout(patience)
}
