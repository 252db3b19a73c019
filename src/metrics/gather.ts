import cluster from 'node:cluster'
import type { Snapshot } from './tally.ts'

/** What processes say to each other to tell together what each of them has counted. */
type Message =
	| { metrics: 'gather'; id: number }
	| { metrics: 'tell'; id: number }
	| { metrics: 'told'; id: number; snapshot: Snapshot }
	| { metrics: 'gathered'; id: number; snapshots: Snapshot[] }

/** Whoever is too busy to answer is left out. */
const PATIENCE = 2_000

let last = 0
const waiting = new Map<number, (snapshots: Snapshot[]) => void>()

/** What all processes of this machine have counted; `own` is this one's. */
export async function gatherSnapshots(own: () => Snapshot): Promise<Snapshot[]> {
	if (!cluster.isWorker) return [own()]
	last += 1
	const id = last
	const { promise, resolve } = Promise.withResolvers<Snapshot[]>()
	const timer = setTimeout(() => resolve([own()]), 2 * PATIENCE)
	waiting.set(id, resolve)
	process.send?.({ metrics: 'gather', id } satisfies Message)
	const snapshots = await promise
	clearTimeout(timer)
	waiting.delete(id)
	return snapshots
}

/** Lets a process tell what it has counted, and hear what all have. */
export function tellSnapshots(own: () => Snapshot): void {
	process.on('message', (message: Message) => {
		if (message?.metrics === 'tell')
			process.send?.({ metrics: 'told', id: message.id, snapshot: own() } satisfies Message)
		if (message?.metrics === 'gathered') waiting.get(message.id)?.(message.snapshots)
	})
}

/** The first process asks all others when one of them wants to know. */
export function gatherForAll(): void {
	let round = 0
	const rounds = new Map<number, (snapshot: Snapshot) => void>()
	cluster.on('message', (asker, message: Message) => {
		if (message?.metrics === 'told') rounds.get(message.id)?.(message.snapshot)
		if (message?.metrics !== 'gather') return
		round += 1
		const id = round
		const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected())
		const snapshots: Snapshot[] = []
		const end = () => {
			clearTimeout(timer)
			if (!rounds.delete(id) || !asker.isConnected()) return
			asker.send({ metrics: 'gathered', id: message.id, snapshots } satisfies Message)
		}
		const timer = setTimeout(end, PATIENCE)
		rounds.set(id, (snapshot) => {
			snapshots.push(snapshot)
			if (snapshots.length === workers.length) end()
		})
		for (const worker of workers) worker!.send({ metrics: 'tell', id } satisfies Message)
	})
}
