import { mayTouch, nameIn } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import { HttpError, notFound } from '../errors.ts'
import { adminPage, leadTo } from '../site/admin-page.ts'
import { readForm } from '../web/body.ts'
import type { Context } from '../web/context.ts'
import { MOST_BYTES, numbersOf, textOf } from '../web/fields.ts'
import { queryOf } from '../web/query.ts'
import { listOwners } from './admin-queries.ts'
import { LIMITS } from './form.ts'
import { languageOf } from './language.ts'
import { moderate, replyAsAuthor } from './moderate.ts'
import { ACTIONS, decisionOf, placePath, queueOf, readPlace } from './queue.ts'

const MOST_AT_ONCE = 200

/** The queue of responses, those that wait first; with `?id=…&action=…` one of them, to be decided on. */
export async function responsesPage(ctx: Context, author: SignedIn): Promise<void> {
	const query = queryOf(ctx)
	if (query.has('id')) return decisionPage(ctx, author, query)
	const page = await queueOf(ctx, author, readPlace(query))
	adminPage(ctx, author, 'responses', { ...page, notice: noticeOf(ctx, query.get('done') ?? '') })
}

/** Where the links of letters lead: reading changes nothing, the button does. */
async function decisionPage(ctx: Context, author: SignedIn, query: URLSearchParams): Promise<void> {
	const action = actionOf(query)
	const [id] = await allowed(ctx, author, numbersOf(query, 'id').slice(0, 1))
	const page = id === undefined ? undefined : await decisionOf(ctx, id, action)
	if (!page) throw notFound()
	adminPage(ctx, author, 'decision', page)
}

/** Decides on the responses chosen; those that are gone meanwhile are passed over. */
export async function decideResponses(ctx: Context, author: SignedIn): Promise<void> {
	const form = await readForm(ctx)
	const action = actionOf(form)
	const ids = await allowed(ctx, author, numbersOf(form, 'id').slice(0, MOST_AT_ONCE))
	if (ids.length > 0) await moderate(ctx.blog, ids, ACTIONS[action]!, { by: author.id })
	leadTo(ctx, `${placePath(readPlace(form))}&done=${ids.length > 0 ? action : 'none'}`)
}

/** Publishes an author's reply; the response it answers is approved by the way. */
export async function replyToResponse(ctx: Context, author: SignedIn): Promise<void> {
	const id = Number(ctx.params.number)
	const [known] = await allowed(ctx, author, [id])
	if (!known) throw notFound()
	const form = await readForm(ctx, MOST_BYTES)
	const place = readPlace(form)
	const text = textOf(form, 'text').trim()
	const error = problemOf(text)
	if (error) {
		const page = await queueOf(ctx, author, place, { id, text, error: ctx.state.t(error) })
		return adminPage(ctx, author, 'responses', page, 422)
	}
	const locale = await languageOf(text, ctx.blog.config.languages, ctx.state.locale)
	const reply = { parentId: id, authorId: author.id, name: nameIn(author, locale), text, locale }
	if (!(await replyAsAuthor(ctx.blog, reply))) throw notFound()
	leadTo(ctx, `${placePath(place)}&done=reply`)
}

/** One of ACTIONS. @throws HttpError 400 */
function actionOf(fields: URLSearchParams): string {
	const action = fields.get('action') ?? ''
	if (!Object.hasOwn(ACTIONS, action)) throw new HttpError(400)
	return action
}

/** Those of the responses that are there. @throws HttpError 403 when the author may not touch one of them */
async function allowed({ blog }: Context, author: SignedIn, ids: number[]): Promise<number[]> {
	const owners = await listOwners(blog.db, ids)
	if (owners.some((owner) => !mayTouch(author, owner))) throw new HttpError(403)
	return owners.map(({ id }) => id)
}

function problemOf(text: string): string | undefined {
	if (text === '') return 'admin.errors.empty'
	return [...text].length > LIMITS.text ? 'admin.errors.long' : undefined
}

/** i18n: admin.done.approve admin.done.hold admin.done.spam admin.done.trash admin.done.reply admin.done.none */
function noticeOf({ state: { t } }: Context, done: string): string | undefined {
	return [...Object.keys(ACTIONS), 'reply', 'none'].includes(done) ? t(`admin.done.${done}`) : undefined
}
