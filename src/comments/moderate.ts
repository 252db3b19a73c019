import type { Comment, ResponseStatus, Trx } from '../db/schema.ts'
import { wake } from '../jobs/wake.ts'
import { renderComment } from '../markdown/comment.ts'
import { enqueueNotices } from '../notices/enqueue.ts'
import { teach } from '../spam/checks.ts'
import type { Blog } from '../web/context.ts'
import type { Reason } from './decide.ts'
import { findParent, readComments, updateStatus } from './queries.ts'
import { bumpListings, insertPlaced } from './thread-queries.ts'

/** Who decides: an author by number, or the command line. */
export interface Moderator {
	by: number | 'command'
}

/** Puts responses into a state; gives those that were there. What an author decides is told as a reason. */
export async function moderate(
	blog: Blog,
	ids: number[],
	status: ResponseStatus,
	{ by }: Moderator,
): Promise<Comment[]> {
	const found = await blog.db.transaction().execute(async (trx) => {
		const comments = await readComments(trx, ids)
		const changed = comments.filter((comment) => comment.status !== status)
		for (const comment of changed) await decideAnew(blog, trx, comment, status, by)
		await bumpListings(trx, [...new Set(changed.map((comment) => comment.post_id))])
		return comments
	})
	wake()
	return found
}

/** An author's answer to a response, which it approves by the way when it waited. */
export async function replyAsAuthor(
	blog: Blog,
	reply: { parentId: number; authorId: number; name: string; text: string; locale: string },
): Promise<Comment | undefined> {
	const [waiting] = await readComments(blog.db as Trx, [reply.parentId])
	if (!waiting) return undefined
	if (waiting.status !== 'approved') await moderate(blog, [waiting.id], 'approved', { by: reply.authorId })
	const answer = await blog.db.transaction().execute(async (trx) => {
		const parent = await findParent(trx, waiting.post_id, waiting.id)
		if (!parent) return undefined
		const { name, text, locale, authorId } = reply
		const comment = {
			post_id: waiting.post_id,
			kind: 'comment',
			status: 'approved',
			locale,
			name,
			format: 'markdown',
			source: text,
			html: renderComment(text),
			author_id: authorId,
			created_at: blog.clock(),
		} as const
		const stored = await insertPlaced(trx, comment, parent)
		await enqueueNotices(trx, blog.config, stored, { by: authorId })
		return stored
	})
	wake()
	return answer
}

async function decideAnew(
	{ config }: Blog,
	trx: Trx,
	comment: Comment,
	status: ResponseStatus,
	by: Moderator['by'],
): Promise<void> {
	await teach(trx, config, comment, status)
	const reasons: Reason[] = [...JSON.parse(comment.reasons), { rule: 'author', detail: `${status} ${by}` }]
	await updateStatus(trx, comment.id, status, JSON.stringify(reasons))
	await enqueueNotices(trx, config, { id: comment.id, status }, { by: by === 'command' ? undefined : by })
}
