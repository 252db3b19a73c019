import { randomBytes } from 'node:crypto'
import { audit } from '../authors/audit-queries.ts'
import type { Comment, Db, Time, Trx } from '../db/schema.ts'
import { wake } from '../jobs/wake.ts'
import { wantPhoto } from '../mentions/photo.ts'
import { enqueueNotices } from '../notices/enqueue.ts'
import { startCheck, unteach } from '../spam/checks.ts'
import { relearn } from '../spam/filter.ts'
import type { Blog } from '../web/context.ts'
import { lockResponses } from './lock.ts'
import { readComments } from './queries.ts'
import { bumpListings } from './thread-queries.ts'
import { deleteUnanswered, findUndo, insertUndo, takeUndo, updateComment } from './undo-queries.ts'
import { dropRule, findRules, putRule } from './writers/queries.ts'
import type { Rule } from './writers/rules.ts'

/** What of a response a decision, or an edit, changes. */
const DECIDED = ['status', 'reasons', 'trained', 'checked'] as const
const WRITTEN = ['name', 'url', 'source', 'html', 'format'] as const

type Kept = Partial<Pick<Comment, (typeof DECIDED)[number] | (typeof WRITTEN)[number]>>

/** A response before and after. */
interface Change {
	id: number
	before: Kept
	after: Kept
}

/** All that one action did. */
export interface Changes {
	responses: Change[]
	/** The author's reply. */
	reply?: number
	/** What was said of somebody, and what had been said of them. */
	rule?: { said: Rule; before?: Rule }
}

/** How an author's action is found again. */
export interface Deed {
	authorId: number
	action: string
	now: Time
}

/** Keeps what an action did, in its transaction, and gives the token to take it back with; undefined for nothing. */
export async function keepUndo(
	trx: Trx,
	changes: Changes,
	{ authorId, action, now }: Deed,
): Promise<string | undefined> {
	if (changes.responses.length === 0 && !changes.reply && !changes.rule) return undefined
	const token = randomBytes(18).toString('base64url')
	await insertUndo(trx, { token, author_id: authorId, action, changes: JSON.stringify(changes), created_at: now })
	return token
}

/** What an author did and can take back by this token, as long as it is kept. */
export async function findDeed(
	db: Db,
	token: string,
	authorId: number,
): Promise<{ action: string; changes: Changes } | undefined> {
	const kept = token === '' ? undefined : await findUndo(db, token, authorId)
	return kept && { action: kept.action, changes: JSON.parse(kept.changes) }
}

/** What of responses was changed: they as they were, compared with what is stored now. */
export async function changesOf(trx: Trx, before: Comment[]): Promise<Change[]> {
	const now = await readComments(
		trx,
		before.map(({ id }) => id),
	)
	const byId = new Map(now.map((comment) => [comment.id, comment]))
	return before.map((comment) => {
		const after = byId.get(comment.id)!
		const isEdit = WRITTEN.some((name) => comment[name] !== after[name])
		const kept = isEdit ? WRITTEN : DECIDED
		return { id: comment.id, before: pick(comment, kept), after: pick(after, kept) }
	})
}

function pick(comment: Comment, names: readonly (keyof Kept)[]): Kept {
	return Object.fromEntries(names.map((name) => [name, comment[name]]))
}

/** What came of taking an action back: how many responses are as they were, how many were changed meanwhile. */
export interface Undone {
	restored: number
	skipped: number
}

/**
 * Takes an action back: every response is as it was before, what the filters learnt too. Those that somebody has
 * changed since are left as they are. Undefined when there is nothing to take back any more.
 */
export async function undo(blog: Blog, token: string, authorId: number): Promise<Undone | undefined> {
	const undone = await blog.db.transaction().execute(async (trx) => {
		const kept = await takeUndo(trx, token, authorId)
		return kept && restoreAll(trx, blog, JSON.parse(kept.changes) as Changes, authorId)
	})
	wake()
	return undone
}

async function restoreAll(trx: Trx, blog: Blog, changes: Changes, authorId: number): Promise<Undone> {
	const { responses, reply, rule } = changes
	const ids = responses.map(({ id }) => id)
	const present = new Map((await lockResponses(trx, reply ? [...ids, reply] : ids)).map((one) => [one.id, one]))
	const touched = [...present.values()].map(({ post_id }) => post_id)
	const same = responses.filter(({ id, after }) => isAs(present.get(id), after))
	for (const change of same) await restore(trx, blog, present.get(change.id)!, change, authorId)
	if (reply && present.has(reply)) await takeReply(trx, blog, present.get(reply)!, authorId)
	if (rule) await restoreRule(trx, rule, { authorId, now: blog.clock() })
	await bumpListings(trx, [...new Set(touched)])
	return { restored: same.length, skipped: responses.length - same.length }
}

/** Whether a job has ended a check meanwhile is no change. */
function isAs(comment: Comment | undefined, after: Kept): boolean {
	const names = Object.keys(after) as (keyof Kept)[]
	return comment !== undefined && names.every((name) => name === 'checked' || comment[name] === after[name])
}

async function restore(trx: Trx, { config, clock }: Blog, now: Comment, { before }: Change, by: number) {
	const { trained, checked, ...rest } = before
	const isEdit = before.source !== undefined
	// What was learnt of the one text is forgotten with that text.
	if (isEdit && now.trained) await relearn(trx, now.id, null)
	await updateComment(trx, now.id, rest)
	if (isEdit) await relearn(trx, now.id, now.trained)
	else await relearn(trx, now.id, trained ?? null)
	if (checked === 'waiting' && now.checked === 'done') await startCheck(trx, config, now)
	const restored = { ...now, ...rest }
	if (!isEdit) await unteach(trx, config, now, restored)
	await enqueueNotices(trx, config, restored, { by })
	await wantPhoto(trx, restored)
	await audit(trx, {
		authorId: by,
		action: 'response-undone',
		name: now.name,
		subject: `responses/${now.id}/`,
		now: clock(),
	})
}

/** What somebody has answered stays in its place, out of sight. */
async function takeReply(trx: Trx, { clock }: Blog, reply: Comment, authorId: number): Promise<void> {
	if (!(await deleteUnanswered(trx, reply.id))) await updateComment(trx, reply.id, { status: 'trash' })
	await audit(trx, { authorId, action: 'response-undone', name: reply.name, subject: 'responses/', now: clock() })
}

async function restoreRule(
	trx: Trx,
	{ said, before }: NonNullable<Changes['rule']>,
	deed: { authorId: number; now: Time },
): Promise<void> {
	const [present] = await findRules(trx, { [said.kind]: [said.value] })
	if (present?.verdict !== said.verdict) return
	if (before) await putRule(trx, before, before.verdict, deed)
	else await dropRule(trx, said)
	await audit(trx, { ...deed, action: 'writer-forgotten', name: said.label, subject: 'responses/writers/' })
}
