import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Outcome } from '../jobs/attempt.ts'
import { count, type Histogram, observe, type Snapshot } from './tally.ts'

/** A statement that ran, as Kysely tells of it. */
interface QueryEvent {
	level: 'query' | 'error'
	query: { query: { kind: string } }
	queryDurationMillis: number
}

/** Counts what happens in this process; cheap, and nothing of it is personal. */
export interface Metrics {
	/** An answer. `route` is a pattern of routes.ts, never an address: there are only so many of them. */
	countRequest(method: string, route: string, status: number, milliseconds: number): void
	countQuery(event: QueryEvent): void
	countAttempt(kind: string, outcome: Outcome): void
	/** What this process has counted so far; the rest is the blog's to tell. */
	snapshot(rest: Pick<Snapshot, 'pages' | 'jobsAge'>): Snapshot
}

const STATEMENTS: Record<string, string> = {
	SelectQueryNode: 'select',
	InsertQueryNode: 'insert',
	UpdateQueryNode: 'update',
	DeleteQueryNode: 'delete',
}
const NANO = 1e9
const TICK = 20
/** Milliseconds after which the delay of the event loop is measured anew. */
const WINDOW = 60_000

/** Begins to count. */
export function createMetrics(): Metrics {
	const requests = new Map<string, number>()
	const times = new Map<string, Histogram>()
	const queries = new Map<string, Histogram>()
	const attempts = new Map<string, number>()
	let failedQueries = 0
	const delay = monitorEventLoopDelay({ resolution: TICK })
	delay.enable()
	setInterval(() => delay.reset(), WINDOW).unref()
	return {
		countRequest(method, route, status, milliseconds) {
			count(requests, `${method} ${route} ${status}`)
			observe(times, route, milliseconds / 1000)
		},
		countQuery({ level, query, queryDurationMillis }) {
			if (level === 'error') failedQueries += 1
			observe(queries, STATEMENTS[query.query.kind] ?? 'other', queryDurationMillis / 1000)
		},
		countAttempt: (kind, outcome) => count(attempts, `${kind} ${outcome}`),
		snapshot(rest) {
			const { user, system } = process.cpuUsage()
			const delays = {
				median: seconds(delay.percentile(50)),
				p99: seconds(delay.percentile(99)),
				most: seconds(delay.max),
			}
			return {
				requests: Object.fromEntries(requests),
				times: Object.fromEntries(times),
				queries: Object.fromEntries(queries),
				failedQueries,
				attempts: Object.fromEntries(attempts),
				delay: delays,
				cpu: (user + system) / 1e6,
				memory: process.memoryUsage.rss(),
				started: performance.timeOrigin / 1000,
				...rest,
			}
		},
	}
}

/** Node tells the time from one tick to the next: what is beyond their distance is the delay. */
function seconds(nanoseconds: number): number {
	const delay = nanoseconds / NANO - TICK / 1000
	return Number.isFinite(delay) ? Math.max(0, delay) : 0
}
