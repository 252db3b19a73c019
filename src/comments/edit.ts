import { createHash } from 'node:crypto'
import { audit } from '../authors/audit-queries.ts'
import type { Comment, Trx } from '../db/schema.ts'
import { renderComment, renderImportedComment } from '../markdown/comment.ts'
import { relearn } from '../spam/filter.ts'
import type { Blog } from '../web/context.ts'
import { lockResponses } from './lock.ts'
import { subjectOf } from './moderate.ts'
import { bumpListings, isWordless } from './thread-queries.ts'
import { changesOf, keepUndo } from './undo.ts'
import { updateComment } from './undo-queries.ts'

/** What an author makes of a response; `was` is `versionOf` what they saw. */
export interface Edit {
	id: number
	authorId: number
	was: string
	name: string
	/** Of comments alone: where a mention stands can't be changed. */
	url?: string
	/** None of what has no words. */
	text?: string
}

/** What came of an edit; `undo` is missing when nothing is different. */
export type Edited = { undo?: string } | 'gone' | 'changed'

type Written = Pick<Comment, 'name' | 'url' | 'source'>

/** Tells a response from what it is after a change. */
export function versionOf({ name, url, source }: Written): string {
	return createHash('sha256')
		.update(JSON.stringify([name, url, source]))
		.digest('base64url')
		.slice(0, 16)
}

/** Which of its parts can be edited. */
export function editableOf({ kind, mention }: Pick<Comment, 'kind' | 'mention'>): { url: boolean; text: boolean } {
	return { url: kind === 'comment', text: !isWordless({ mention }) }
}

/** Changes what a response says, unless somebody else has done so meanwhile. */
export async function editResponse(blog: Blog, edit: Edit): Promise<Edited> {
	return blog.db.transaction().execute(async (trx) => {
		const [comment] = await lockResponses(trx, [edit.id])
		if (!comment) return 'gone'
		const text = textAfter(comment, edit)
		const isSame = versionOf(comment) === versionOf({ ...comment, ...text })
		if (isSame) return {}
		return versionOf(comment) === edit.was ? store(trx, blog, comment, text, edit.authorId) : 'changed'
	})
}

async function store(trx: Trx, { clock }: Blog, comment: Comment, text: Written, authorId: number): Promise<Edited> {
	// What was learnt of the one text is forgotten with that text.
	if (comment.trained) await relearn(trx, comment.id, null)
	await updateComment(trx, comment.id, text)
	await relearn(trx, comment.id, comment.trained)
	await bumpListings(trx, [comment.post_id])
	const deed = { authorId, now: clock() }
	await audit(trx, { ...deed, action: 'response-edit', name: comment.name, subject: subjectOf(comment) })
	return { undo: await keepUndo(trx, { responses: await changesOf(trx, [comment]) }, { ...deed, action: 'edit' }) }
}

/** What was written in HTML stays in it. */
function textAfter(
	comment: Comment,
	{ name, url, text }: Edit,
): Pick<Comment, 'name' | 'url' | 'source' | 'html' | 'format'> {
	const { source, html, format } = comment
	const own = { name, url: url ?? comment.url }
	if (text === undefined || text === source) return { ...own, source, html, format }
	if (format === 'html') return { ...own, source: text, html: renderImportedComment(text), format }
	return { ...own, source: text, html: renderComment(text), format: 'markdown' }
}
