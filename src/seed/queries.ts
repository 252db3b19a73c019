import type { Insertable } from 'kysely'
import { bumpListings } from '../comments/thread-queries.ts'
import { reserveNumbers } from '../db/dialect.ts'
import type { CommentsTable, Db } from '../db/schema.ts'

/** A response that is placed already; `parent` is its parent's place in the list, which comes before it. */
type Placed = Omit<Insertable<CommentsTable>, 'id' | 'post_id' | 'parent_id'> & { parent: number | null }

/** Rows of one statement: databases take some ten thousand values. */
const ROWS = 500

/** Stores all responses of a post that has none. */
export async function storeConversation(db: Db, postId: number, responses: Placed[]): Promise<void> {
	await db.transaction().execute(async (trx) => {
		const newest = await trx.selectFrom('comments').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst()
		const first = (newest?.id ?? 0) + 1
		const rows = responses.map(({ parent, ...response }, index) => ({
			...response,
			id: first + index,
			post_id: postId,
			parent_id: parent === null ? null : first + parent,
		}))
		await reserveNumbers(trx, 'comments', first + rows.length)
		for (let start = 0; start < rows.length; start += ROWS) {
			await trx
				.insertInto('comments')
				.values(rows.slice(start, start + ROWS))
				.execute()
		}
		await bumpListings(trx, [postId])
	})
}
