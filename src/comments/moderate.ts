import { createHash } from 'node:crypto'
import { audit } from '../authors/audit-queries.ts'
import type { Comment, ResponseStatus, Trx } from '../db/schema.ts'
import { wake } from '../jobs/wake.ts'
import { renderComment } from '../markdown/comment.ts'
import { wantPhoto } from '../mentions/photo.ts'
import { enqueueNotices } from '../notices/enqueue.ts'
import { teach } from '../spam/checks.ts'
import type { Blog } from '../web/context.ts'
import type { Reason } from './decide.ts'
import { lockResponses } from './lock.ts'
import { isDuplicate, updateStatus } from './queries.ts'
import { bumpListings, insertPlaced, isWordless } from './thread-queries.ts'
import { changesOf, keepUndo } from './undo.ts'

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

/** The responses that were there, how many of them were changed, and how an author takes that back. */
export interface Moderated {
	found: Comment[]
	changed: number
	undo?: string
}

/** Puts responses into a state; what an author decides is told as a reason. */
export async function moderate(
	blog: Blog,
	ids: number[],
	status: ResponseStatus,
	{ by }: Moderator,
): Promise<Moderated> {
	const moderated = await blog.db.transaction().execute(async (trx) => {
		const found = await lockResponses(trx, ids)
		const responses = await moderateIn(trx, blog, found, status, by)
		const deed = { authorId: Number(by), action: status, now: blog.clock() }
		const undo = by === 'command' ? undefined : await keepUndo(trx, { responses }, deed)
		return { found, changed: responses.length, undo }
	})
	wake()
	return moderated
}

/** The same in a transaction that has locked them; gives what it changed. */
export async function moderateIn(
	trx: Trx,
	blog: Blog,
	comments: Comment[],
	status: ResponseStatus,
	by: Moderator['by'],
) {
	const changed = comments.filter((comment) => comment.status !== status)
	for (const comment of changed) await decideAnew(blog, trx, comment, status, by)
	await bumpListings(trx, [...new Set(changed.map((comment) => comment.post_id))])
	return changesOf(trx, changed)
}

/** What an author answers. */
interface Answer {
	parentId: number
	authorId: number
	name: string
	text: string
	locale: string
	/** The response that is answered is approved by the way. */
	approves: boolean
}

/** What came of an answer; `undo` is missing when the same had been said already. */
interface Answered {
	undo?: string
}

/** An author's answer to a response; undefined when there is nothing to answer. */
export async function replyAsAuthor(blog: Blog, answer: Answer): Promise<Answered | undefined> {
	const answered = await blog.db.transaction().execute((trx) => replyIn(trx, blog, answer))
	wake()
	return answered
}

async function replyIn(trx: Trx, blog: Blog, answer: Answer): Promise<Answered | undefined> {
	const { parentId, authorId, name, text, locale, approves } = answer
	const [waiting] = await lockResponses(trx, [parentId])
	if (!waiting || isWordless(waiting)) return undefined
	const digest = createHash('sha256').update(`author ${authorId}\n${parentId}\n${text}`).digest('base64url')
	if (await isDuplicate(trx, waiting.post_id, digest)) return {}
	const responses = approves ? await moderateIn(trx, blog, [waiting], 'approved', authorId) : []
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
		digest,
	} as const
	const stored = await insertPlaced(trx, comment, waiting)
	await enqueueNotices(trx, blog.config, stored, { by: authorId })
	const deed = { authorId, now: comment.created_at }
	await audit(trx, { ...deed, action: 'response-reply', name: waiting.name, subject: subjectOf(waiting) })
	return { undo: await keepUndo(trx, { responses, reply: stored.id }, { ...deed, action: 'reply' }) }
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
export function subjectOf({ id }: Pick<Comment, 'id'>): string {
	return `responses/${id}/`
}
