import { stoppable } from '../../markdown/stoppable.ts'
import type { Entry } from './microformats.ts'
import type { Question, Read } from './read.ts'

type Step = { step: 'page' | 'entry'; question: Question }

/** Milliseconds that a page may take, and what its microformats may take then. */
const DEADLINE = 4_000
const ENTRY_DEADLINE = 2_000

const ask = stoppable<Step, Read | Entry>(new URL('./worker-thread.ts', import.meta.url), DEADLINE)

/**
 * Reads a page in a thread of its own, one at a time; undefined when it can't be read, or not in time. Microformats
 * that take too long are left out.
 */
export async function readInWorker(question: Question): Promise<(Read & { entry?: Entry }) | undefined> {
	const page = (await ask({ step: 'page', question })) as Read | undefined
	if (!page?.hasEntry) return page
	const entry = (await ask({ step: 'entry', question }, ENTRY_DEADLINE)) as Entry | undefined
	return { ...page, entry }
}
