import { audit } from '../authors/audit-queries.ts'
import type { Comment, ResponseStatus, Trx } from '../db/schema.ts'
import { wake } from '../jobs/wake.ts'
import { renderComment } from '../markdown/comment.ts'
import { wantPhoto } from '../mentions/photo.ts'
import { enqueueNotices } from '../notices/enqueue.ts'
import { teach } from '../spam/checks.ts'
import type { Blog } from '../web/context.ts'
import type { Reason } from './decide.ts'
import { findParent, readComments, updateStatus } from './queries.ts'
import { bumpListings, insertPlaced } from './thread-queries.ts'

const ACTIONS = {
	approved: 'response-approve',
	held: 'response-hold',
	spam: 'response-spam',
	trash: 'response-trash',
} as const

/** Who decides: an author by number, or the command line. */
export interface Moderator {
	by: number | 'command'
}

/** Puts responses into a state; gives those that were there. What an author decides is told as a reason. */
export async function moderate(
	blog: Blog,
	ids: number[],
	status: ResponseStatus,
	moderator: Moderator,
): Promise<Comment[]> {
	const found = await blog.db.transaction().execute((trx) => moderateIn(trx, blog, ids, status, moderator))
	wake()
	return found
}

async function moderateIn(trx: Trx, blog: Blog, ids: number[], status: ResponseStatus, { by }: Moderator) {
	const comments = await readComments(trx, ids)
	const changed = comments.filter((comment) => comment.status !== status)
	for (const comment of changed) await decideAnew(blog, trx, comment, status, by)
	await bumpListings(trx, [...new Set(changed.map((comment) => comment.post_id))])
	return comments
}

/** What an author answers. */
interface Answer {
	parentId: number
	authorId: number
	name: string
	text: string
	locale: string
}

/** An author's answer to a response, which it approves by the way when it waited. */
export async function replyAsAuthor(blog: Blog, answer: Answer): Promise<Comment | undefined> {
	const stored = await blog.db.transaction().execute((trx) => replyIn(trx, blog, answer))
	wake()
	return stored
}

async function replyIn(trx: Trx, blog: Blog, answer: Answer): Promise<Comment | undefined> {
	const { parentId, authorId, name, text, locale } = answer
	const [waiting] = await moderateIn(trx, blog, [parentId], 'approved', { by: authorId })
	const parent = waiting && (await findParent(trx, waiting.post_id, waiting.id))
	if (!parent) return undefined
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
	const change = { authorId, action: 'response-reply', name: waiting.name, now: comment.created_at } as const
	await audit(trx, { ...change, subject: subjectOf(waiting) })
	return stored
}

async function decideAnew(
	{ config, clock }: Blog,
	trx: Trx,
	comment: Comment,
	status: ResponseStatus,
	by: Moderator['by'],
): Promise<void> {
	await teach(trx, config, comment, status)
	const reasons: Reason[] = [...JSON.parse(comment.reasons), { rule: 'author', detail: `${status} ${by}` }]
	await updateStatus(trx, comment.id, status, JSON.stringify(reasons))
	await enqueueNotices(trx, config, { id: comment.id, status }, { by: by === 'command' ? undefined : by })
	await wantPhoto(trx, { ...comment, status })
	if (by === 'command') return
	const change = { authorId: by, action: ACTIONS[status], name: comment.name, now: clock() }
	await audit(trx, { ...change, subject: subjectOf(comment) })
}

/** Where the log leads to. */
function subjectOf({ id }: Pick<Comment, 'id'>): string {
	return `responses/?id=${id}&action=approve`
}
