import { insertComment } from '../../comments/queries.ts'
import type { Trx } from '../../db/schema.ts'
import type { ImportContext } from './context.ts'
import type { PlannedComment, PlannedPost } from './plan.ts'
import { insertImports, insertNumberedComments, type NewComment, readTakenComments } from './queries.ts'

/** Stores the comments of a batch: each keeps its number where that is free, answers follow what they answer. */
export async function writeComments({ survey }: ImportContext, trx: Trx, plans: PlannedPost[]): Promise<void> {
	const numbers = plans.flatMap(({ comments }) => comments.map(({ number }) => number))
	const taken = await readTakenComments(trx, numbers.filter(Boolean))
	const ids = new Map(plans.flatMap(({ storedComments }) => [...storedComments]))
	const added: string[] = []
	let waiting: NewComment[] = []
	for (const { id: postId, comments } of plans) {
		for (const comment of comments) {
			const row = rowOf(comment, postId!, ids)
			if (comment.number > 0 && !taken.has(comment.number)) {
				taken.add(comment.number)
				ids.set(comment.key, comment.number)
				waiting.push({ ...row, id: comment.number })
			} else {
				// What it answers may still be waiting.
				await insertNumberedComments(trx, waiting)
				waiting = []
				const id = await insertComment(trx, row)
				taken.add(id)
				ids.set(comment.key, id)
			}
			added.push(comment.key)
		}
	}
	await insertNumberedComments(trx, waiting)
	const rows = added.map((key) => ({ site: survey.site.key, kind: 'comment', key, id: ids.get(key)! }))
	await insertImports(trx, rows)
}

function rowOf({ row, parentKey }: PlannedComment, postId: number, ids: Map<string, number>): NewComment {
	return { ...row, post_id: postId, parent_id: parentKey === undefined ? null : (ids.get(parentKey) ?? null) }
}
