import type { PostSource, Rendered } from './document.ts'
import { stoppable } from './stoppable.ts'

const DEADLINE = 5_000

/**
 * Renders in a thread of its own, one text at a time.
 * Gives undefined when that fails or takes longer than the deadline (milliseconds), which ends the thread.
 */
export const renderInWorker = stoppable<PostSource, Rendered>(new URL('./worker-thread.ts', import.meta.url), DEADLINE)
