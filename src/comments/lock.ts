import type { Comment, Trx } from '../db/schema.ts'
import { readComments } from './queries.ts'
import { lockConversation } from './thread-queries.ts'

/** Responses whole, which nobody else changes before the transaction ends. */
export async function lockResponses(trx: Trx, ids: number[]): Promise<Comment[]> {
	const found = await readComments(trx, ids)
	// In one order everywhere: two transactions never wait for each other.
	const posts = [...new Set(found.map(({ post_id }) => post_id))].sort((a, b) => a - b)
	for (const id of posts) await lockConversation(trx, id)
	return readComments(trx, ids)
}
