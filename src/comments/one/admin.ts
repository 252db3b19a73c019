import { nameIn } from '../../authors/roles.ts'
import type { SignedIn } from '../../authors/sessions.ts'
import { notFound } from '../../errors.ts'
import { adminPage, leadTo } from '../../site/admin-page.ts'
import { readForm } from '../../web/body.ts'
import type { Context } from '../../web/context.ts'
import { MOST_BYTES, textOf } from '../../web/fields.ts'
import { queryOf } from '../../web/query.ts'
import { listQueued, type Queued } from '../admin-queries.ts'
import { allowed, comingFrom, doneAt } from '../coming.ts'
import { editableOf, editResponse } from '../edit.ts'
import { type Place, readPlace } from '../filters.ts'
import { type CommentInput, checkInput, type FieldError, LIMITS, readInput } from '../form.ts'
import { languageOf } from '../language.ts'
import { replyAsAuthor } from '../moderate.ts'
import { oneOf } from '../queue.ts'
import type { EditTyped, Failed } from '../queued.ts'

/** One response, wherever it is in the queue. */
export async function responsePage(ctx: Context, author: SignedIn): Promise<void> {
	await show(ctx, author, await idOf(ctx, author), readPlace(queryOf(ctx), ctx.blog.config.languages))
}

/** Publishes an author's reply; the response it answers is approved by the way, if that is wanted. */
export async function replyToResponse(ctx: Context, author: SignedIn): Promise<void> {
	const id = await idOf(ctx, author)
	const form = await readForm(ctx, MOST_BYTES)
	const place = comingFrom(ctx, form)
	const text = textOf(form, 'text').trim()
	const error = problemOf(text)
	if (error) return show(ctx, author, id, place, { reply: { text, error: ctx.state.t(error) } })
	const locale = await languageOf(text, ctx.blog.config.languages, ctx.state.locale)
	const reply = { parentId: id, authorId: author.id, name: nameIn(author, locale), text, locale }
	const answered = await replyAsAuthor(ctx.blog, { ...reply, approves: form.has('approve') })
	if (!answered) throw notFound()
	leadTo(ctx, doneAt(place, answered.undo ? { undo: answered.undo } : { done: 'same' }))
}

/** Changes the words, the name or the site of a response. */
export async function changeResponse(ctx: Context, author: SignedIn): Promise<void> {
	const id = await idOf(ctx, author)
	const form = await readForm(ctx, MOST_BYTES)
	const place = comingFrom(ctx, form)
	const [row] = await listQueued(ctx.blog.db, [id])
	if (!row) throw notFound()
	const input = readInput(form)
	const typed = { name: input.name, url: input.url, text: input.text }
	const errors = errorsIn(ctx, row, input)
	if (Object.keys(errors).length > 0) return show(ctx, author, id, place, { edit: { typed, errors } })
	const edited = await editResponse(ctx.blog, {
		id,
		authorId: author.id,
		was: form.get('was') ?? '',
		...editable(row, typed),
	})
	if (edited === 'gone') throw notFound()
	// Beside what was typed the page shows what is there now; saved once more, what was typed takes its place.
	if (edited === 'changed') return show(ctx, author, id, place, { edit: { typed, errors } }, 409)
	leadTo(ctx, doneAt(place, edited.undo ? { undo: edited.undo } : { done: 'same' }))
}

async function show(
	ctx: Context,
	author: SignedIn,
	id: number,
	place: Place,
	failed: Failed = {},
	refused = 422,
): Promise<void> {
	const isRefused = failed.reply !== undefined || failed.edit !== undefined
	const page = await oneOf(ctx, author, id, place, failed)
	if (!page) throw notFound()
	const { t } = ctx.state
	const alert = refused === 409 ? t('moderation.editConflict') : (failed.reply?.error ?? t('admin.mistakes'))
	adminPage(ctx, author, 'decision', { ...page, alert: isRefused ? alert : undefined }, isRefused ? refused : 200)
}

/** @throws HttpError 404, 403 for what isn't the author's */
async function idOf(ctx: Context, author: SignedIn): Promise<number> {
	const [id] = await allowed(ctx, author, [Number(ctx.params.number)])
	if (!id) throw notFound()
	return id
}

/** What there is to be edited of what was typed. */
function editable(row: Queued, { name, url, text }: EditTyped['typed']) {
	const may = editableOf(row)
	return { name, ...(may.url && { url }), ...(may.text && { text }) }
}

function errorsIn(ctx: Context, row: Queued, input: CommentInput): EditTyped['errors'] {
	const may = { name: true, ...editableOf(row) }
	const wrong = checkInput({ ...input, email: '', parent: '' }, { requireEmail: false })
	const told = wrong.filter(({ field }) => field in may && may[field as keyof typeof may])
	return Object.fromEntries(told.map((error) => [error.field, errorText(ctx, error)]))
}

function errorText({ state: { t } }: Context, { field, error, limit }: FieldError): string {
	if (error === 'notUrl') return t('moderation.errors.url')
	if (error === 'tooLong') return t('moderation.errors.long', { count: limit })
	return t(field === 'name' ? 'admin.nameWrong' : 'admin.errors.empty')
}

function problemOf(text: string): string | undefined {
	if (text === '') return 'admin.errors.empty'
	return [...text].length > LIMITS.text ? 'admin.errors.long' : undefined
}
