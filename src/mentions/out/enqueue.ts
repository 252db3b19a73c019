import type { Time, Trx } from '../../db/schema.ts'
import { enqueue } from '../../jobs/queries.ts'
import { readTimes } from './queries.ts'

/** What a job of the kind `tell-links` is about. */
export interface LinksPayload {
	translation: number
}

/**
 * Writes the jobs that tell the pages a post links to, and the hubs, what it is by then: call it in the transaction that
 * saves or hides a post, and before what deletes it. Of a translation to appear later they tell when it appears.
 */
export async function enqueuePings(trx: Trx, postId: number, now: Time): Promise<void> {
	for (const { id, status, published_at } of await readTimes(trx, postId)) {
		const isLater = status === 'published' && published_at !== null && published_at > now
		const payload: LinksPayload = { translation: id }
		await enqueue(trx, 'tell-links', payload, { key: String(id), runAt: isLater ? published_at : undefined })
	}
}
