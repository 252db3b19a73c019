import { audit } from '../authors/audit-queries.ts'
import { isEditor } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import { HttpError, notFound } from '../errors.ts'
import { adminPage, closeDoors, leadTo } from '../site/admin-page.ts'
import { StorageDown } from '../storage/storage.ts'
import { readForm } from '../web/body.ts'
import type { Context } from '../web/context.ts'
import { lineOf } from '../web/fields.ts'
import { noticeOf } from '../web/notice.ts'
import { queryOf } from '../web/query.ts'
import { listUses } from './admin-queries.ts'
import { type Changing, changeMedia, removeMedia, subjectOf } from './change.ts'
import { itemModel, type Typed } from './item.ts'
import { mediaJson, mediaModel, reasonText } from './list.ts'
import { findMedia, type Media } from './queries.ts'
import { mediaFacts, type Outcome, receiveUploads, UPLOAD_BOUNDS } from './receive.ts'

const DONE = { uploaded: 'media.done.uploaded', saved: 'media.done.saved', deleted: 'media.done.deleted' }

const MOST_FORM = 256 * 1024
const LONGEST_ALT = 1_000

/** The uploads: authors see their own, who looks after the blog all; a list for programs. */
export async function mediaPage(ctx: Context, author: SignedIn): Promise<void> {
	if (wantsJson(ctx)) return answerJson(ctx, 200, await mediaJson(ctx, author))
	adminPage(ctx, author, 'media', { ...(await mediaModel(ctx, author)), notice: noticeOf(ctx, DONE) })
}

/** Stores what an author uploads; programs are answered with a list: of each file its facts, or why it isn't taken. */
export async function uploadMedia(ctx: Context, author: SignedIn): Promise<void> {
	const outcomes = await receiveUploads(ctx, author.id).catch((error) => refuseAll(ctx, author, error))
	if (!outcomes) return
	for (const one of outcomes) if ('media' in one) await note(ctx, author, one.media)
	if (wantsJson(ctx))
		return answerJson(
			ctx,
			isAnyTaken(outcomes) ? 200 : 422,
			outcomes.map((one) => told(ctx, one)),
		)
	if (outcomes.length > 0 && outcomes.every((one) => 'media' in one)) return leadTo(ctx, '/admin/media/?done=uploaded')
	const alert = ctx.state.t(outcomes.length > 0 ? 'media.notTaken' : 'media.noFile')
	adminPage(ctx, author, 'media', { ...(await mediaModel(ctx, author, outcomes)), alert }, 422)
}

/** Too much at once, or a storage that is down: the author reads it where the files were chosen. */
async function refuseAll(ctx: Context, author: SignedIn, error: unknown): Promise<undefined> {
	const { status, alert, headers } = toldOf(ctx, error)
	ctx.set(headers)
	if (wantsJson(ctx)) answerJson(ctx, status, [{ name: '', error: alert }])
	else adminPage(ctx, author, 'media', { ...(await mediaModel(ctx, author)), alert }, status)
}

function toldOf({ blog, state: { t } }: Context, error: unknown) {
	if (error instanceof StorageDown) {
		blog.log.warn({ err: error }, 'an upload could not be stored')
		return { status: 503, alert: t('media.storageDown'), headers: error.headers }
	}
	if (!(error instanceof HttpError) || ![413, 429].includes(error.status)) throw error
	if (error.status === 429) return { status: 429, alert: t('errors.429Text'), headers: error.headers }
	const { body, files } = UPLOAD_BOUNDS
	const alert = t('media.tooLarge', { files: String(files), most: String(body / 1_000_000) })
	return { status: 413, alert, headers: error.headers }
}

/** One upload: what it is, what it shows, where it is used. */
export async function mediaItem(ctx: Context, author: SignedIn): Promise<void> {
	const media = await load(ctx, author)
	adminPage(ctx, author, 'media-item', { ...(await itemModel(ctx, media)), notice: noticeOf(ctx, DONE) })
}

/** Changes the name of an upload and what it shows in each language. */
export async function saveMedia(ctx: Context, author: SignedIn): Promise<void> {
	const media = await load(ctx, author)
	const typed = readTyped(await readForm(ctx, MOST_FORM), ctx.blog.config.languages)
	if (typed.error) {
		const alert = ctx.state.t('admin.mistakes')
		return adminPage(ctx, author, 'media-item', { ...(await itemModel(ctx, media, typed)), alert }, 422)
	}
	await changeMedia(changingOf(ctx, author), media, typed)
	leadTo(ctx, `/admin/media/${media.id}/?done=saved`)
}

/** Deletes an upload; one that is shown somewhere only when the author says so. */
export async function eraseMedia(ctx: Context, author: SignedIn): Promise<void> {
	const media = await load(ctx, author)
	const isConfirmed = (await readForm(ctx)).has('confirmed')
	if (!isConfirmed && (await listUses(ctx.blog.db, media.id)).length > 0) {
		const alert = ctx.state.t('media.inUse')
		return adminPage(ctx, author, 'media-item', { ...(await itemModel(ctx, media)), alert }, 409)
	}
	await removeMedia(changingOf(ctx, author), media)
	leadTo(ctx, '/admin/media/?done=deleted')
}

/** @throws HttpError 404; 403 of what is another's */
async function load({ blog, params }: Context, author: SignedIn): Promise<Media> {
	const media = await findMedia(blog.db, Number(params.number))
	if (!media) throw notFound()
	if (!isEditor(author) && media.author_id !== author.id) throw new HttpError(403)
	return media
}

function readTyped(form: URLSearchParams, languages: string[]): Typed {
	const name = lineOf(form, 'name')
	const alts = new Map(
		languages.map((lang) => [lang, lineOf(form, `alt-${lang}`).slice(0, LONGEST_ALT).toWellFormed()]),
	)
	return { name, alts, error: name === '' ? 'media.noName' : undefined }
}

function changingOf({ blog }: Context, { id }: SignedIn): Changing {
	return { db: blog.db, authorId: id, now: blog.clock() }
}

async function note({ blog }: Context, author: SignedIn, { id, name }: Media): Promise<void> {
	await audit(blog.db, {
		authorId: author.id,
		action: 'media-uploaded',
		subject: subjectOf(id),
		name,
		now: blog.clock(),
	})
}

function told(ctx: Context, outcome: Outcome) {
	return 'media' in outcome ? mediaFacts(outcome.media) : { name: outcome.name, error: reasonText(ctx, outcome) }
}

function isAnyTaken(outcomes: Outcome[]): boolean {
	return outcomes.some((one) => 'media' in one)
}

function wantsJson(ctx: Context): boolean {
	return queryOf(ctx).get('format') === 'json' || ctx.accepts('html', 'json') === 'json'
}

function answerJson(ctx: Context, status: number, answer: unknown): void {
	closeDoors(ctx)
	ctx.set('Vary', 'Accept')
	ctx.status = status
	ctx.body = answer
}
