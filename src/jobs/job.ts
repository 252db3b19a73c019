import type { Time } from '../db/schema.ts'

/** How long a worker holds a job without a sign of life, and how often it gives one; milliseconds. */
export const LEASE = 30_000
export const BEAT = 10_000

/** A job to be done. */
export interface NewJob {
	kind: string
	/** Kept as JSON. */
	payload: unknown
	/** Not before this moment; at once when missing. */
	runAt?: Time
	/** A waiting job of the same kind and key takes this payload and this moment instead of a second one being made. */
	key?: string
}

/** A job that a worker holds: only this attempt may complete it. */
export interface TakenJob {
	id: string
	kind: string
	payload: unknown
	/** 1 for the first. */
	attempt: number
}

/** A job that failed too often; kept until it is run again. */
export interface DeadJob extends TakenJob {
	/** What the last attempt said. */
	error: string
	diedAt: Time
}

/** A job that nobody has taken, or that was taken and never given back. */
export interface OverdueJob {
	id: string
	kind: string
	/** Since when it is due. */
	dueAt: Time
}

/** How many jobs of a kind there are. */
export interface JobCount {
	kind: string
	/** Their time has come, or they run. */
	due: number
	/** They are put off. */
	later: number
	/** They failed too often. */
	dead: number
	/** Since when the oldest is due. */
	oldest: Time | null
}

/** The jobs of one database, as a worker sees them. What has lost its lease answers false. */
export interface Leases {
	/** Takes jobs that are due, at most `limit`; no other worker gets them while they are held. */
	take(limit: number): Promise<TakenJob[]>
	complete(job: TakenJob): Promise<boolean>
	/** Lets a failed job wait `pause` milliseconds, or die when that was its last attempt. */
	retry(job: TakenJob, pause: number, error: string): Promise<boolean>
	/** Holds jobs for another LEASE. */
	extend(job: TakenJob): Promise<boolean>
	/** Gives up on workers that were lost: their jobs are due again, or dead after their last attempt. */
	reclaim(): Promise<void>
	close(): Promise<void>
}

/** Jobs on one kind of database. */
export interface Queue<Db, Trx> {
	add(trx: Trx, job: NewJob & { attempts: number }): Promise<void>
	listDead(db: Db): Promise<DeadJob[]>
	rerun(db: Db, id: string): Promise<boolean>
	deleteDead(db: Db, before: Time): Promise<void>
	hurry(db: Db, kind: string): Promise<void>
	listOverdue(db: Db, before: Time, limit: number): Promise<OverdueJob[]>
	countByKind(db: Db, now: Time): Promise<JobCount[]>
	open(source: LeaseSource<Db>): Promise<Leases>
}

/** What leases are taken over. */
export interface LeaseSource<Db> {
	db: Db
	/** DATABASE_URL: pg-boss keeps two connections of its own. */
	url: string
	clock: () => Time
	/** Hears what went wrong in the background. */
	onError: (error: Error) => void
}

/** Thrown by a handler that wants to be run again after `pause` milliseconds; counts as an attempt. */
export class Retry extends Error {
	override name = 'Retry'
	readonly pause: number
	constructor(pause: number, reason = 'asked for another attempt') {
		super(reason)
		this.pause = pause
	}
}

/** Thrown by a handler whose job has no point any more. */
export class Discard extends Error {
	override name = 'Discard'
}

const ATTEMPTS = 20

/** How many attempts a kind has, when they aren't 20 (half a day). */
const KINDS = new Map([
	// It steps aside for others as often as it takes; what can't be read ends by its own count.
	['mention.read', 1000],
])

/** The number of attempts after which a job of this kind is dead. */
export function attemptsOf(kind: string): number {
	return KINDS.get(kind) ?? ATTEMPTS
}

const FIRST_PAUSE = 5_000
const LONGEST_PAUSE = 3_600_000

/** Milliseconds to wait after a failed attempt: 5 s, 15 s, 45 s … an hour, less up to a half of it by `random`. */
export function pauseAfter(attempt: number, random: number): number {
	const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 3 ** Math.min(attempt - 1, 10))
	return Math.round(pause * (1 - random / 2))
}
