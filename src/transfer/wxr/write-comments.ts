import { type Place, placesOf } from '../../comments/place.ts'
import { placeResponses } from '../../comments/thread-queries.ts'
import type { Trx } from '../../db/schema.ts'
import type { ImportContext } from './context.ts'
import type { PlannedComment, PlannedPost } from './plan.ts'
import {
	insertImports,
	insertNumberedComments,
	insertUnnumberedComment,
	type NewComment,
	readDiscussed,
	readTakenComments,
} from './queries.ts'

/** Stores the comments of a batch: each keeps its number where that is free, answers follow what they answer. */
export async function writeComments({ survey }: ImportContext, trx: Trx, plans: PlannedPost[]): Promise<void> {
	const numbers = plans.flatMap(({ comments }) => comments.map(({ number }) => number))
	const taken = await readTakenComments(trx, numbers.filter(Boolean))
	const ids = new Map(plans.flatMap(({ storedComments }) => [...storedComments]))
	const again = await sharedPosts(trx, plans)
	const added: string[] = []
	let waiting: NewComment[] = []
	for (const { id: postId, comments } of plans) {
		const places = placesByKey(comments)
		for (const comment of comments) {
			const row = { ...rowOf(comment, postId!, ids), ...places.get(comment.key) }
			if (comment.number > 0 && !taken.has(comment.number)) {
				taken.add(comment.number)
				ids.set(comment.key, comment.number)
				waiting.push({ ...row, id: comment.number })
			} else {
				// What it answers may still be waiting.
				await insertNumberedComments(trx, waiting)
				waiting = []
				const id = await insertUnnumberedComment(trx, row)
				taken.add(id)
				ids.set(comment.key, id)
			}
			added.push(comment.key)
		}
	}
	await insertNumberedComments(trx, waiting)
	for (const id of again) await placeResponses(trx, id)
	const rows = added.map((key) => ({ site: survey.site.key, kind: 'comment', key, id: ids.get(key)! }))
	await insertImports(trx, rows)
}

/** Posts where the new stand among others: those of an earlier export, or of the same post in another language. */
async function sharedPosts(trx: Trx, plans: PlannedPost[]): Promise<Set<number>> {
	const ids = plans.filter(({ comments }) => comments.length > 0).map(({ id }) => id!)
	const discussed = await readDiscussed(trx, ids)
	return new Set(ids.filter((id, index) => discussed.has(id) || ids.indexOf(id) !== index))
}

/** The places of new comments in the order in which they were written. */
function placesByKey(comments: PlannedComment[]): Map<string, Place> {
	const byTime = comments.toSorted((a, b) => a.row.created_at - b.row.created_at || a.number - b.number)
	const numbers = new Map(byTime.map(({ key }, index) => [key, index + 1]))
	const placed = placesOf(
		byTime.map(({ key, parentKey }) => ({ id: numbers.get(key)!, parent_id: numbers.get(parentKey ?? '') ?? null })),
	)
	return new Map(placed.map(({ id, ...place }) => [byTime[id - 1]!.key, place]))
}

function rowOf({ row, parentKey }: PlannedComment, postId: number, ids: Map<string, number>): NewComment {
	return { ...row, post_id: postId, parent_id: parentKey === undefined ? null : (ids.get(parentKey) ?? null) }
}
