import type { Handler } from '../jobs/attempt.ts'
import { Retry } from '../jobs/job.ts'
import type { Blog } from '../web/context.ts'
import { READ } from './intake.ts'
import { fetchPhoto, PHOTO } from './photo.ts'
import { countWaiting } from './queries.ts'
import { type Room, readSourcePage } from './verify.ts'

/** Pages read at once by one process: slow ones must not hold up mail and the checks of comments. */
const AT_ONCE = 2
const MOST_AHEAD = 1000
/** Milliseconds that a page usually takes. */
const USUAL = 500

/** The jobs that look into what other blogs tell us, by kind. */
export function mentionHandlers(blog: Room & Pick<Blog, 'storage'>): Record<string, Handler> {
	let running = 0
	return {
		[READ]: async (payload, job) => {
			if (running >= AT_ONCE) throw await later(blog)
			running++
			await readSourcePage(blog, payload, job).finally(() => running--)
		},
		[PHOTO]: (payload, { signal }) => fetchPhoto(blog, payload, signal),
	}
}

/** The more wait, the later: whoever steps aside costs something too. */
async function later({ db }: Room): Promise<Retry> {
	const ahead = await countWaiting(db, MOST_AHEAD)
	return new Retry(USUAL * (1 + Math.random() * ahead), 'other pages are being read')
}
