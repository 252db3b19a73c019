import type { Blog } from '../web/context.ts'
import type { Snapshot } from './tally.ts'

const NONE = { hits: 0, misses: 0, pages: 0, bytes: 0 }

/** What this process has counted, and how it is. */
export function snapshotOf({ metrics, pages, worker }: Blog): Snapshot {
	return metrics.snapshot({ pages: pages?.counts ?? NONE, jobsAge: worker?.idleFor() ?? null })
}
