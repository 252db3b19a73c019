import cluster from 'node:cluster'
import { setImmediate as turn } from 'node:timers/promises'

/** What a worker sleeps by. */
export interface Bell {
	ring(): void
	/** Resolves after `ms`, or at once when it is rung or was rung since the last wait. */
	wait(ms: number): Promise<void>
}

const bells = new Set<Bell>()

/** Lets the workers of this process, or of the one beside it that does the jobs, look for jobs now: call it after the transaction that wrote one. */
export function wake(): void {
	for (const bell of bells) bell.ring()
	if (bells.size === 0 && cluster.isWorker) process.send?.('wake')
}

/** A bell that `wake` rings until it is removed. */
export function hangBell(): Bell & { remove(): void } {
	let rung = false
	let awake = () => {}
	const bell = {
		ring() {
			rung = true
			awake()
		},
		async wait(ms: number) {
			if (!rung) await new Promise<void>((resolve) => sleep(ms, resolve))
			// All who ring in one turn of the event loop are heard at once.
			await turn()
			rung = false
		},
		remove: () => void bells.delete(bell),
	}
	function sleep(ms: number, resolve: () => void) {
		const timer = setTimeout(resolve, ms)
		awake = () => {
			clearTimeout(timer)
			resolve()
		}
	}
	bells.add(bell)
	return bell
}
