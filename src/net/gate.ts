import { FetchError } from './fetch-error.ts'

/** One of few places: by name, with how many there are of it. */
export interface Place {
	name: string
	most: number
}

/** Lets a bounded number through at once, the others wait in order. */
export interface Gate {
	/** Takes all these places together, when all are free. @throws FetchError when too many wait, or the signal's reason */
	enter(places: Place[], signal?: AbortSignal): Promise<void>
	leave(places: Place[]): void
}

interface Waiting {
	places: Place[]
	start: () => void
}

/** A gate before which so many may wait. */
export function createGate(mostWaiting: number): Gate {
	const taken = new Map<string, number>()
	const queue = new Set<Waiting>()
	const areFree = (places: Place[]) => places.every(({ name, most }) => (taken.get(name) ?? 0) < most)
	const count = (places: Place[], by: number) => {
		for (const { name } of places) {
			const left = (taken.get(name) ?? 0) + by
			if (left) taken.set(name, left)
			else taken.delete(name)
		}
	}
	return {
		async enter(places, signal) {
			signal?.throwIfAborted()
			if (areFree(places)) return count(places, 1)
			if (queue.size >= mostWaiting) throw new FetchError('busy')
			await wait(queue, places, signal)
		},
		leave(places) {
			count(places, -1)
			for (const waiting of queue) {
				if (!areFree(waiting.places)) continue
				count(waiting.places, 1)
				queue.delete(waiting)
				waiting.start()
			}
		},
	}
}

function wait(queue: Set<Waiting>, places: Place[], signal?: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const giveUp = () => {
			queue.delete(waiting)
			reject(signal!.reason)
		}
		const start = () => {
			signal?.removeEventListener('abort', giveUp)
			resolve()
		}
		const waiting = { places, start }
		queue.add(waiting)
		signal?.addEventListener('abort', giveUp, { once: true })
	})
}
