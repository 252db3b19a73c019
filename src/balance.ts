import cluster, { type Worker } from 'node:cluster'

/** Who has connections. */
export interface Connected {
	/** How many are open. */
	readonly connections: number
	/** Ends so many connections, each with its next answer. */
	shed(count: number): void
}

/** What a process says of itself, and what it is told then. */
type Load = { connections?: number; surplus?: number }

/** Milliseconds. */
const BEAT = 250
/** So many more than its share a process may have: it costs nobody anything. */
const SLACK = 3

/**
 * In the process that has the others. They take connections from one queue, and who is awake takes all that come at
 * once, for as long as a proxy or a browser keeps them: who has too many gives some up, and they come again.
 */
export function shareConnections(serving: Set<Worker>): void {
	const counts = new WeakMap<Worker, number>()
	cluster.on('message', (worker, load: Load) => {
		if (load?.connections === undefined || !serving.has(worker)) return
		counts.set(worker, load.connections)
		const all = [...serving].reduce((sum, one) => sum + (counts.get(one) ?? 0), 0)
		const surplus = load.connections - Math.ceil(all / serving.size)
		if (surplus > SLACK && worker.isConnected()) worker.send({ surplus } satisfies Load)
	})
}

/** In each of the others: tells how many connections it has, and gives up those that are too many. */
export function tellConnections(running: Connected): void {
	setInterval(() => {
		// Some have ended by themselves: what is still too much is told again.
		running.shed(0)
		if (process.connected) process.send?.({ connections: running.connections } satisfies Load)
	}, BEAT).unref()
	process.on('message', (load: Load) => {
		if (load?.surplus !== undefined) running.shed(load.surplus)
	})
}
