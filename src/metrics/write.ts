import type { JobCount } from '../jobs/job.ts'
import { VERSION } from '../version.ts'
import { BUCKETS, type Histogram, type Snapshot } from './tally.ts'

/** What the database tells of its jobs; undefined when it doesn't answer. */
export interface Told {
	processes: number
	sum: Snapshot
	jobs: JobCount[] | undefined
	now: number
}

interface Value {
	value: number
	labels?: Record<string, string>
	metricName?: string
}

/** Writes what was counted in Prometheus' format, by prom-client, which is loaded when first asked. */
export async function writeMetrics(told: Told): Promise<{ type: string; text: string }> {
	const { Registry } = await import('prom-client')
	const registry = new Registry()
	const add = (type: string, name: string, help: string, values: Value[]) => {
		const metric = { name: `otklik_${name}`, help, type, aggregator: 'sum', collect: () => {} }
		registry.registerMetric({ ...metric, get: async () => ({ ...metric, values }) } as never)
	}
	describe(told, {
		counter: (name, help, values) => add('counter', name, help, values),
		gauge: (name, help, values) => add('gauge', name, help, values),
		histogram: (name, help, values) =>
			add(
				'histogram',
				name,
				help,
				values.flatMap((one) => series(name, one)),
			),
	})
	return { type: registry.contentType, text: await registry.metrics() }
}

interface Writer {
	counter(name: string, help: string, values: Value[]): void
	gauge(name: string, help: string, values: Value[]): void
	histogram(name: string, help: string, values: { labels: Record<string, string>; histogram: Histogram }[]): void
}

function describe({ processes, sum, jobs, now }: Told, { counter, gauge, histogram }: Writer): void {
	const { pages, delay } = sum
	gauge('info', 'What runs', [{ value: 1, labels: { version: VERSION, node: process.version } }])
	gauge('processes', 'Processes that serve and were asked', [{ value: processes }])
	gauge('start_time_seconds', 'When the oldest of them started', [{ value: sum.started }])
	gauge('resident_memory_bytes', 'Memory of all processes', [{ value: sum.memory }])
	counter('cpu_seconds_total', 'Processor time of all processes', [{ value: sum.cpu }])
	counter('http_requests_total', 'Answers', split(sum.requests, ['method', 'route', 'status']))
	const times = Object.entries(sum.times).map(([route, histogram]) => ({ labels: { route }, histogram }))
	histogram('http_request_duration_seconds', 'From the request to the last byte of the answer', times)
	counter('page_cache_hits_total', 'Answers from memory', [{ value: pages.hits }])
	counter('page_cache_misses_total', 'Pages that memory did not have', [{ value: pages.misses }])
	gauge('page_cache_pages', 'Pages in memory', [{ value: pages.pages }])
	gauge('page_cache_bytes', 'Memory that they take', [{ value: pages.bytes }])
	const queries = Object.entries(sum.queries).map(([statement, histogram]) => ({ labels: { statement }, histogram }))
	histogram(
		'database_query_duration_seconds',
		'Statements, on SQLite with the wait for the lock of another process',
		queries,
	)
	counter('database_errors_total', 'Statements that failed', [{ value: sum.failedQueries }])
	gauge('database_up', 'Whether it answers', [{ value: jobs ? 1 : 0 }])
	counter('job_attempts_total', 'How jobs ended that were begun', split(sum.attempts, ['kind', 'outcome']))
	describeJobs(jobs ?? [], now, gauge)
	const delays = { '0.5': delay.median, '0.99': delay.p99, '1': delay.most }
	gauge(
		'event_loop_delay_seconds',
		'How late the event loop of the worst process was within a minute',
		Object.entries(delays).map(([quantile, value]) => ({ value, labels: { quantile } })),
	)
}

function describeJobs(jobs: JobCount[], now: number, gauge: Writer['gauge']): void {
	const by = (read: (job: JobCount) => number) => jobs.map((job) => ({ value: read(job), labels: { kind: job.kind } }))
	gauge(
		'jobs_due',
		'Jobs whose time has come',
		by(({ due }) => due),
	)
	gauge(
		'jobs_later',
		'Jobs that are put off',
		by(({ later }) => later),
	)
	gauge(
		'jobs_dead',
		'Jobs that failed too often',
		by(({ dead }) => dead),
	)
	const age = ({ oldest }: JobCount) => (oldest === null ? 0 : Math.max(0, now - oldest) / 1000)
	gauge('jobs_oldest_age_seconds', 'How long the oldest due job has waited', by(age))
}

/** `GET /ru/ 200` → the labels of these names. */
function split(counts: Record<string, number>, names: string[]): Value[] {
	return Object.entries(counts).map(([key, value]) => {
		const parts = key.split(' ')
		return { value, labels: Object.fromEntries(names.map((name, index) => [name, parts[index]!])) }
	})
}

function series(
	name: string,
	{ labels, histogram }: { labels: Record<string, string>; histogram: Histogram },
): Value[] {
	let total = 0
	const buckets = histogram.counts.map((count, index) => {
		total += count
		const le = index < BUCKETS.length ? String(BUCKETS[index]) : '+Inf'
		return { metricName: `otklik_${name}_bucket`, value: total, labels: { ...labels, le } }
	})
	return [
		...buckets,
		{ metricName: `otklik_${name}_sum`, value: histogram.sum, labels },
		{ metricName: `otklik_${name}_count`, value: total, labels },
	]
}
