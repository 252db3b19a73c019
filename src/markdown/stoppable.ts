import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

const MEMORY = { maxOldGenerationSizeMb: 256 }

/**
 * A function that is run in a thread of its own, one call at a time; the thread answers each message with one.
 * The call gives undefined when that fails or takes longer than the deadline (milliseconds), which ends the thread.
 */
export function stoppable<In, Out>(
	file: URL,
	usual: number,
): (input: In, deadline?: number) => Promise<Out | undefined> {
	let worker: Worker | undefined
	let last: Promise<unknown> = Promise.resolve()

	async function run(input: In, deadline: number): Promise<Out | undefined> {
		worker ??= new Worker(file, { resourceLimits: MEMORY })
		const current = worker
		current.ref()
		try {
			current.postMessage(input)
			const [output] = await once(current, 'message', { signal: AbortSignal.timeout(deadline) })
			current.unref()
			return output as Out | undefined
		} catch {
			worker = undefined
			await current.terminate()
			return undefined
		}
	}

	return (input, deadline = usual) => {
		const result = last.then(() => run(input, deadline))
		last = result
		return result
	}
}
