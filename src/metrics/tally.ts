/** Durations, counted by how long they were. */
export interface Histogram {
	/** How many were at most BUCKETS[i] seconds and more than the one before; the last are longer than all. */
	counts: number[]
	/** Seconds of all together. */
	sum: number
}

/** Upper bounds in seconds. */
export const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** What one process has counted since it started, and how it is now; plain, to be sent to another. */
export interface Snapshot {
	/** By `METHOD ROUTE STATUS`. */
	requests: Record<string, number>
	/** By route. */
	times: Record<string, Histogram>
	/** By kind of statement. */
	queries: Record<string, Histogram>
	failedQueries: number
	/** Of jobs, by `KIND OUTCOME`. */
	attempts: Record<string, number>
	pages: { hits: number; misses: number; pages: number; bytes: number }
	/** Of the event loop within a minute, in seconds. */
	delay: { median: number; p99: number; most: number }
	/** Seconds of processor time, bytes of memory, and since when it runs, in seconds since 1970. */
	cpu: number
	memory: number
	started: number
	/** Milliseconds since this process looked for jobs; null when it isn't the one that does. */
	jobsAge: number | null
}

/** Counts one by a name. */
export function count(counts: Map<string, number>, name: string): void {
	counts.set(name, (counts.get(name) ?? 0) + 1)
}

/** Counts a duration by a name. */
export function observe(histograms: Map<string, Histogram>, name: string, seconds: number): void {
	let histogram = histograms.get(name)
	if (!histogram) {
		histogram = { counts: Array(BUCKETS.length + 1).fill(0), sum: 0 }
		histograms.set(name, histogram)
	}
	let bucket = 0
	while (bucket < BUCKETS.length && seconds > BUCKETS[bucket]!) bucket++
	histogram.counts[bucket]! += 1
	histogram.sum += seconds
}

/** What several processes have counted together. The delay is that of the worst one. */
export function sumUp(snapshots: Snapshot[]): Snapshot {
	return snapshots.reduce((sum, one) => ({
		requests: addAll(sum.requests, one.requests, (a, b) => a + b),
		times: addAll(sum.times, one.times, addHistograms),
		queries: addAll(sum.queries, one.queries, addHistograms),
		failedQueries: sum.failedQueries + one.failedQueries,
		attempts: addAll(sum.attempts, one.attempts, (a, b) => a + b),
		pages: addAll(sum.pages, one.pages, (a, b) => a + b) as Snapshot['pages'],
		delay: addAll(sum.delay, one.delay, Math.max) as Snapshot['delay'],
		cpu: sum.cpu + one.cpu,
		memory: sum.memory + one.memory,
		started: Math.min(sum.started, one.started),
		jobsAge: sum.jobsAge === null ? one.jobsAge : Math.min(sum.jobsAge, one.jobsAge ?? sum.jobsAge),
	}))
}

function addAll<Value>(a: Record<string, Value>, b: Record<string, Value>, add: (a: Value, b: Value) => Value) {
	const sum = { ...a }
	for (const [name, value] of Object.entries(b)) sum[name] = Object.hasOwn(sum, name) ? add(sum[name]!, value) : value
	return sum
}

function addHistograms(a: Histogram, b: Histogram): Histogram {
	return { counts: a.counts.map((count, index) => count + b.counts[index]!), sum: a.sum + b.sum }
}
