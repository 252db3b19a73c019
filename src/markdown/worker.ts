import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { PostSource, Rendered } from './document.ts'

const DEADLINE = 5_000

let worker: Worker | undefined
let last: Promise<unknown> = Promise.resolve()

/**
 * Renders in a thread of its own, one text at a time.
 * Gives undefined when that fails or takes longer than the deadline (milliseconds), which ends the thread.
 */
export function renderInWorker(source: PostSource, deadline = DEADLINE): Promise<Rendered | undefined> {
	const result = last.then(() => run(source, deadline))
	last = result
	return result
}

async function run(source: PostSource, deadline: number): Promise<Rendered | undefined> {
	worker ??= new Worker(new URL('./worker-thread.ts', import.meta.url), {
		resourceLimits: { maxOldGenerationSizeMb: 256 },
	})
	const current = worker
	current.ref()
	try {
		current.postMessage(source)
		const [rendered] = await once(current, 'message', { signal: AbortSignal.timeout(deadline) })
		current.unref()
		return rendered as Rendered | undefined
	} catch {
		worker = undefined
		await current.terminate()
		return undefined
	}
}
