import { isEditor, mayTouch } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import type { Post, Translation, Trx } from '../db/schema.ts'
import { HttpError, notFound } from '../errors.ts'
import { adminPage, closeDoors } from '../site/admin-page.ts'
import { readForm } from '../web/body.ts'
import type { Context } from '../web/context.ts'
import { MOST_BYTES } from '../web/fields.ts'
import { queryOf } from '../web/query.ts'
import { redirect } from '../web/redirect.ts'
import { findPost } from './admin-queries.ts'
import { deleteTranslation, editTranslation, StaleRevision, setStatus, writePost, writeTranslation } from './edit.ts'
import { addressOf, type Editing, editorOf } from './editor.ts'
import { changesOf, checkPost, type PostErrors, type PostInput, readPostForm, settlingOf } from './form.ts'
import type { Draft, Saving } from './save.ts'
import { isSlugTaken, readTranslations } from './writing-queries.ts'

type Loaded = Pick<Editing, 'lang' | 'post' | 'translations'> & { stored?: Translation }

/** Leads to the form of a new post in the author's language. */
export function newPost(ctx: Context): void {
	goTo(ctx, addressOf(undefined, ctx.state.locale))
}

/** Leads to the form of a post: in the author's language if it is there, else in one it is written in. */
export async function openPost(ctx: Context, author: SignedIn): Promise<void> {
	const { post, translations } = await load(ctx, author)
	const own = translations.find(({ locale }) => locale === ctx.state.locale) ?? translations[0]!
	goTo(ctx, addressOf(post!.id, own.locale))
}

/** The form of a post in one language. */
export async function editPage(ctx: Context, author: SignedIn): Promise<void> {
	await show(ctx, author, { ...(await load(ctx, author)), notice: noticeOf(ctx) })
}

/** Saves a post in one language: a new one, a new translation or a change; what can't be saved is shown again. */
export async function savePost(ctx: Context, author: SignedIn): Promise<void> {
	const loaded = await load(ctx, author)
	const form = await readForm(ctx, MOST_BYTES)
	const input = allowed(author, readPostForm(form, loaded.stored?.status ?? 'draft'))
	const errors = await check(ctx, input, loaded)
	if (Object.keys(errors).length > 0) return show(ctx, author, { ...loaded, input, errors }, 422)
	try {
		const id = await store(ctx, author, input, loaded)
		goTo(ctx, `${addressOf(id, loaded.lang)}?done=saved`)
	} catch (error) {
		if (!(error instanceof StaleRevision)) throw error
		await show(ctx, author, { ...(await load(ctx, author)), input, isStale: true }, 409)
	}
}

/** Puts a translation into the trash. */
export async function trashPost(ctx: Context, author: SignedIn): Promise<void> {
	const { post, lang, stored } = await loadStored(ctx, author)
	await setStatus(savingOf(ctx), stored.id, 'trash')
	goTo(ctx, `${addressOf(post!.id, lang)}?done=trashed`)
}

/** Takes a translation out of the trash, as a draft. */
export async function restorePost(ctx: Context, author: SignedIn): Promise<void> {
	const { post, lang, stored } = await loadStored(ctx, author)
	if (stored.status === 'trash') await setStatus(savingOf(ctx), stored.id, 'draft')
	goTo(ctx, `${addressOf(post!.id, lang)}?done=restored`)
}

/** Deletes for good what is in the trash. */
export async function erasePost(ctx: Context, author: SignedIn): Promise<void> {
	const { stored } = await loadStored(ctx, author)
	if (stored.status !== 'trash') throw new HttpError(400)
	await deleteTranslation(savingOf(ctx), stored.id)
	goTo(ctx, '/admin/posts/?done=deleted')
}

/** The post that an address names, for those who may touch it. @throws HttpError 404, 403 */
async function load({ blog: { db }, params }: Context, author: SignedIn): Promise<Loaded> {
	const lang = params.locale ?? ''
	if (!params.number) return { lang, translations: [] }
	const post = await findPost(db, Number(params.number))
	if (!post) throw notFound()
	if (!mayTouch(author, post)) throw new HttpError(403)
	const translations = await readTranslations(db as Trx, post.id)
	return { lang, post, translations, stored: translations.find(({ locale }) => locale === lang) }
}

async function loadStored(ctx: Context, author: SignedIn): Promise<Loaded & { stored: Translation }> {
	const { stored, ...loaded } = await load(ctx, author)
	if (!stored) throw notFound()
	return { ...loaded, stored }
}

/** Only those who look after the whole blog settle what is a page and what is pinned. */
function allowed(author: SignedIn, input: PostInput): PostInput {
	return isEditor(author) ? input : { ...input, kind: undefined, sticky: undefined }
}

async function check({ blog }: Context, input: PostInput, { lang, post, stored }: Loaded): Promise<PostErrors> {
	const errors = checkPost(input, stored, blog.config.timezone)
	const kind = input.kind ?? post?.kind ?? 'post'
	const isNew = input.slug !== '' && input.slug !== stored?.slug
	if (isNew && !errors.slug && (await isSlugTaken(blog.db as Trx, kind, lang, input.slug))) {
		errors.slug = 'admin.errors.slugTaken'
	}
	return errors
}

async function store(ctx: Context, author: SignedIn, input: PostInput, loaded: Loaded): Promise<number> {
	const { lang, post, stored, translations } = loaded
	const saving = savingOf(ctx)
	const changes = changesOf(input, stored, saving.timezone)
	const settling = settlingOf(input)
	if (stored) {
		await editTranslation(saving, { id: stored.id, revision: input.revision }, settling, changes)
		return stored.post_id
	}
	const draft: Draft = { ...changes, locale: lang, title: input.title, source: input.text }
	if (!post) return writePost(saving, author.id, settling, draft)
	await writeTranslation(saving, post.id, settling, { ...draft, sourceLocale: translations[0]?.locale })
	return post.id
}

async function show(ctx: Context, author: SignedIn, editing: Editing & { post?: Post }, status = 200): Promise<void> {
	adminPage(ctx, author, 'post', await editorOf(ctx, author, editing), status)
}

function savingOf({ blog: { db, config, clock } }: Context): Saving {
	return { db, timezone: config.timezone, now: clock() }
}

/** i18n: admin.done.saved admin.done.trashed admin.done.restored admin.done.deleted */
function noticeOf(ctx: Context): string | undefined {
	const done = queryOf(ctx).get('done') ?? ''
	return ['saved', 'trashed', 'restored', 'deleted'].includes(done) ? ctx.state.t(`admin.done.${done}`) : undefined
}

function goTo(ctx: Context, path: string): void {
	closeDoors(ctx)
	redirect(ctx, path, 303)
}
