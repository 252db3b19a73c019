import type { Time } from '../db/schema.ts'

/** Thrown instead of asking a server that failed too often a moment ago. */
export class CircuitOpen extends Error {
	override name = 'CircuitOpen'
}

/** Asks a server as long as that has a point. */
export type Circuit = <T>(ask: () => Promise<T>) => Promise<T>

/**
 * A circuit that opens after so many `failures` in a row; after `pause` milliseconds one question is let through, and
 * its outcome closes the circuit or begins another pause.
 */
export function createCircuit(options: { failures: number; pause: number; clock: () => Time }): Circuit {
	const { failures, pause, clock } = options
	let failed = 0
	let closedAgain = 0
	let isProbing = false
	return async (ask) => {
		const isOpen = failed >= failures
		if (isOpen && (isProbing || clock() < closedAgain))
			throw new CircuitOpen('the server failed too often, it is left alone')
		isProbing = isOpen
		try {
			const answer = await ask()
			failed = 0
			return answer
		} catch (error) {
			failed++
			closedAgain = clock() + pause
			throw error
		} finally {
			if (isOpen) isProbing = false
		}
	}
}
