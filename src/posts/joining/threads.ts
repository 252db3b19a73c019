import type { Time } from '../../db/schema.ts'

/** A thread of a conversation: its first response, and how many it has. */
export interface Thread {
	/** Of the first response. */
	id: number
	/** Its place. */
	root: string
	/** The language of the first response. */
	locale: string
	created_at: Time
	count: number
}

/** What is done with responses when a post is parted. */
export type Parting = 'apart' | 'stay' | 'leave'
export const PARTINGS: Parting[] = ['apart', 'stay', 'leave']

/** How the conversations stood when they became one. */
export interface Origin {
	/** First responses of the threads that came with the post that leaves now. */
	threads: number[]
	/** When they came. */
	joinedAt: Time
}

/** Threads of a conversation given in reading order. */
export function threadsOf(responses: Omit<Thread, 'count'>[]): Thread[] {
	const threads = new Map<string, Thread>()
	for (const { id, root, locale, created_at } of responses) {
		const known = threads.get(root)
		if (known) known.count++
		else threads.set(root, { id, root, locale, created_at, count: 1 })
	}
	return [...threads.values()]
}

/**
 * The threads that leave with some languages. Each goes back to where it was before the posts were joined; one that has
 * begun since goes with the language of its first response.
 */
export function leavingThreads(
	threads: Thread[],
	{ locales, parting, origin }: { locales: string[]; parting: Parting; origin?: Origin },
): Thread[] {
	if (parting === 'stay') return []
	if (parting === 'leave') return threads
	const came = new Set(origin?.threads)
	return threads.filter(({ id, locale, created_at }) => {
		if (came.has(id)) return true
		const wasHere = origin !== undefined && created_at < origin.joinedAt
		return !wasHere && locales.includes(locale)
	})
}
