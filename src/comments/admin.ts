import { isEditor } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import { HttpError, notFound } from '../errors.ts'
import { adminPage, leadTo } from '../site/admin-page.ts'
import type { UndoOffer } from '../views/queue-model.ts'
import { readForm } from '../web/body.ts'
import type { Context } from '../web/context.ts'
import { lineOf, numbersOf } from '../web/fields.ts'
import { noticeOf } from '../web/notice.ts'
import { queryOf } from '../web/query.ts'
import { allowed, comingFrom, doneAt } from './coming.ts'
import { readPlace } from './filters.ts'
import { moderate } from './moderate.ts'
import { decisionOf, queueOf } from './queue.ts'
import { ACTIONS } from './queued.ts'
import { findDeed, undo } from './undo.ts'
import { judge, readVerdict } from './writers/admin.ts'

const MOST_AT_ONCE = 200
const TOLD = {
	none: 'admin.done.none',
	same: 'moderation.done.same',
	undone: 'admin.done.undone',
	'undone-part': 'moderation.done.undonePart',
	'undo-gone': 'moderation.done.undoGone',
}

/** The queue of responses, those that wait first; with `?id=…&action=…` one of them, to be decided on. */
export async function responsesPage(ctx: Context, author: SignedIn): Promise<void> {
	const query = queryOf(ctx)
	if (query.has('id')) return decisionPage(ctx, author, query)
	const page = await queueOf(ctx, author, readPlace(query, ctx.blog.config.languages))
	const offer = await undoOf(ctx, author, query.get('undo') ?? '')
	adminPage(ctx, author, 'responses', { ...page, undo: offer, notice: offer ? undefined : noticeOf(ctx, TOLD) })
}

/** Where the links of letters lead: reading changes nothing, the button does. */
async function decisionPage(ctx: Context, author: SignedIn, query: URLSearchParams): Promise<void> {
	const action = query.get('action') ?? ''
	if (!Object.hasOwn(ACTIONS, action)) throw new HttpError(400)
	const [id] = await allowed(ctx, author, numbersOf(query, 'id').slice(0, 1))
	const page = id === undefined ? undefined : await decisionOf(ctx, author, id, action)
	if (!page) throw notFound()
	adminPage(ctx, author, 'decision', page)
}

/** Decides on the responses chosen, or on who wrote one; those that are gone meanwhile are passed over. */
export async function decideResponses(ctx: Context, author: SignedIn): Promise<void> {
	const form = await readForm(ctx)
	const action = form.get('action') ?? ''
	const verdict = readVerdict(action)
	if (!verdict && !Object.hasOwn(ACTIONS, action)) throw new HttpError(400)
	const chosen = numbersOf(form, form.has('all') ? 'shown' : 'id').slice(0, MOST_AT_ONCE)
	const ids = await allowed(ctx, author, chosen)
	const place = comingFrom(ctx, form)
	if (ids.length === 0) return leadTo(ctx, doneAt(place, { done: 'none' }))
	const done = verdict
		? await judge(ctx, author, ids[0]!, verdict)
		: await moderate(ctx.blog, ids, ACTIONS[action]!, { by: author.id })
	leadTo(ctx, doneAt(place, done.undo ? { undo: done.undo } : { done: 'same' }))
}

/** Takes the last action back. */
export async function undoResponses(ctx: Context, author: SignedIn): Promise<void> {
	const form = await readForm(ctx)
	const token = lineOf(form, 'undo')
	await mayUndo(ctx, author, token)
	const undone = await undo(ctx.blog, token, author.id)
	const done = !undone ? 'undo-gone' : undone.skipped > 0 ? 'undone-part' : 'undone'
	leadTo(ctx, doneAt(comingFrom(ctx, form), { done }))
}

/** What somebody did may be none of theirs by now. @throws HttpError 403 */
async function mayUndo(ctx: Context, author: SignedIn, token: string): Promise<void> {
	const deed = await findDeed(ctx.blog.db, token, author.id)
	if (!deed) return
	const { responses, reply, rule } = deed.changes
	if (rule && !isEditor(author)) throw new HttpError(403)
	await allowed(ctx, author, [...responses.map(({ id }) => id), ...(reply ? [reply] : [])])
}

/**
 * What was just done, as long as it can be taken back.
 * i18n: moderation.did.approved moderation.did.held moderation.did.spam moderation.did.trash moderation.did.reply
 * i18n: moderation.did.edit moderation.did.trust moderation.did.block
 */
async function undoOf(
	{ blog, state: { t } }: Context,
	author: SignedIn,
	token: string,
): Promise<UndoOffer | undefined> {
	const deed = await findDeed(blog.db, token, author.id)
	return deed && { token, text: t(`moderation.did.${deed.action}`, { count: deed.changes.responses.length }) }
}
