import { isEditor } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import type { Post, Status, Trx } from '../db/schema.ts'
import { HttpError } from '../errors.ts'
import { adminPage, closeDoors, leadTo } from '../site/admin-page.ts'
import { readForm } from '../web/body.ts'
import type { Context } from '../web/context.ts'
import { MOST_BYTES } from '../web/fields.ts'
import { queryOf } from '../web/query.ts'
import { addressOf } from './address.ts'
import { findPicture } from './admin-queries.ts'
import { asked, placeOf, type Shown, unsavedForm } from './drafts/draft.ts'
import { dropUnsaved } from './drafts/queries.ts'
import { deleteTranslation, editTranslation, StaleRevision, setStatus, writePost, writeTranslation } from './edit.ts'
import { type Editing, editorOf } from './editor.ts'
import { changesOf, checkPost, isAsStored, type PostErrors, type PostInput, readPostForm, settlingOf } from './form.ts'
import { type Loaded, load, loadStored, savingOf } from './load.ts'
import type { Draft } from './save.ts'
import { freeSlug, slugFrom } from './slug.ts'
import { isSlugTaken } from './writing-queries.ts'

/** Leads to the form of a new post in the author's language. */
export function newPost(ctx: Context): void {
	leadTo(ctx, addressOf(undefined, ctx.state.locale))
}

/** Leads to the form of a post: in the author's language if it is there, else in one it is written in. */
export async function openPost(ctx: Context, author: SignedIn): Promise<void> {
	const { post, translations } = await load(ctx, author)
	const own = translations.find(({ locale }) => locale === ctx.state.locale) ?? translations[0]!
	leadTo(ctx, addressOf(post!.id, own.locale))
}

/** The form of a post in one language; with `?draft=` as it was filled in and not saved. */
export async function editPage(ctx: Context, author: SignedIn): Promise<void> {
	const loaded = await load(ctx, author)
	const shown = await unsavedForm(ctx, author, loaded)
	if (!shown) return show(ctx, author, { ...loaded, notice: noticeOf(ctx), undo: undoOf(ctx, loaded) })
	const input = allowed(author, inputOf(ctx, shown.form, loaded))
	await show(ctx, author, { ...loaded, input, shown })
}

/** Saves a post in one language: a new one, a new translation or a change; what can't be saved is shown again. */
export async function savePost(ctx: Context, author: SignedIn): Promise<void> {
	const loaded = await load(ctx, author)
	const form = await readForm(ctx, MOST_BYTES)
	const input = allowed(author, inputOf(ctx, form, loaded))
	const errors = await check(ctx, input, loaded)
	if (Object.keys(errors).length > 0) return show(ctx, author, { ...loaded, input, errors }, 422)
	const id = await store(ctx, author, input, loaded)
	if (id === undefined) return refuseStale(ctx, author, input, loaded)
	await dropUnsaved(ctx.blog.db, placeOf(author, loaded, input.formKey))
	leadTo(ctx, `${addressOf(id, loaded.lang)}?done=saved`)
}

/** Puts a translation into the trash; the page after it offers to take that back. */
export async function trashPost(ctx: Context, author: SignedIn): Promise<void> {
	const { post, lang, stored } = await loadStored(ctx, author)
	if (stored.status !== 'trash') await setStatus(savingOf(ctx, author), stored.id, 'trash')
	leadTo(ctx, `${addressOf(post.id, lang)}?done=trashed&was=${stored.status}`)
}

/** Takes a translation out of the trash: as a draft, or as what it was when the trash is taken back at once. */
export async function restorePost(ctx: Context, author: SignedIn): Promise<void> {
	const { post, lang, stored } = await loadStored(ctx, author)
	const wish = (await readForm(ctx)).get('status')
	const status: Status = wish === 'published' || wish === 'private' ? wish : 'draft'
	if (stored.status === 'trash') await setStatus(savingOf(ctx, author), stored.id, status)
	leadTo(ctx, `${addressOf(post.id, lang)}?done=${status === 'draft' ? 'restored' : 'undone'}`)
}

/** Deletes for good what is in the trash. */
export async function erasePost(ctx: Context, author: SignedIn): Promise<void> {
	const { stored } = await loadStored(ctx, author)
	if (stored.status !== 'trash') throw new HttpError(400)
	await deleteTranslation(savingOf(ctx, author), stored)
	leadTo(ctx, '/admin/posts/?done=deleted')
}

/** The slug that a title would get, for who is writing it. */
export async function suggestSlug(ctx: Context): Promise<void> {
	const title = queryOf(ctx).get('title') ?? ''
	const lang = queryOf(ctx).get('lang') ?? ''
	const kind = queryOf(ctx).get('kind') === 'page' ? 'page' : 'post'
	const own = Number(queryOf(ctx).get('post'))
	const slug = await freeSlug(slugFrom(title), (wish) => isSlugTaken(ctx.blog.db as Trx, kind, lang, wish, own))
	closeDoors(ctx)
	ctx.body = { slug: title.trim() === '' ? '' : slug }
}

function inputOf({ blog }: Context, form: URLSearchParams, { lang, stored }: Loaded): PostInput {
	return readPostForm(form, stored?.status ?? 'draft', lang, blog.config.languages)
}

/** Only those who look after the whole blog settle what is a page, what is pinned, and name new categories. */
function allowed(author: SignedIn, input: PostInput): PostInput {
	return isEditor(author) ? input : { ...input, kind: undefined, sticky: undefined, newCategories: {} }
}

async function check({ blog }: Context, input: PostInput, { lang, post, stored }: Loaded): Promise<PostErrors> {
	const errors = checkPost(input, stored, blog.config.timezone)
	const kind = input.kind ?? post?.kind ?? 'post'
	const isNew = input.slug !== '' && input.slug !== stored?.slug
	if (isNew && !errors.slug && (await isSlugTaken(blog.db as Trx, kind, lang, input.slug))) {
		errors.slug = 'admin.errors.slugTaken'
	}
	if (input.cover && input.cover !== post?.cover_id && !(await findPicture(blog.db, input.cover))) {
		errors.cover = 'admin.errors.cover'
	}
	return errors
}

/** Stores what was filled in; gives the post's id, or nothing when the text isn't the one the author saw. */
async function store(ctx: Context, author: SignedIn, input: PostInput, loaded: Loaded): Promise<number | undefined> {
	const { lang, post, stored, translations } = loaded
	const saving = savingOf(ctx, author)
	const changes = changesOf(input, stored, saving)
	const settling = settlingOf(input)
	const draft: Draft = { ...changes, locale: lang, title: input.title, source: input.text }
	try {
		if (stored) await editTranslation(saving, { id: stored.id, revision: input.revision }, settling, changes)
		else if (post) {
			const source = translations.find(({ status }) => status !== 'trash')
			await writeTranslation(saving, post.id, settling, { ...draft, sourceLocale: source?.locale })
		} else {
			const made = await writePost(saving, { id: author.id, formKey: input.formKey }, settling, draft)
			if (!made.isNew) ctx.params.number = String(made.id)
			return made.isNew ? made.id : undefined
		}
		return post!.id
	} catch (error) {
		if (error instanceof StaleRevision) return undefined
		throw error
	}
}

/** A form that was sent twice is done; else both texts are shown. */
async function refuseStale(ctx: Context, author: SignedIn, input: PostInput, { lang }: Loaded): Promise<void> {
	const loaded = await load(ctx, author)
	if (loaded.stored && isAsStored(input, loaded.stored)) {
		await dropUnsaved(ctx.blog.db, placeOf(author, loaded, input.formKey))
		return leadTo(ctx, `${addressOf(loaded.post!.id, lang)}?done=saved`)
	}
	await show(ctx, author, { ...loaded, input, isStale: true }, 409)
}

async function show(
	ctx: Context,
	author: SignedIn,
	editing: Editing & { post?: Post; shown?: Shown },
	status = 200,
): Promise<void> {
	adminPage(ctx, author, 'post', await editorOf(ctx, author, editing), status)
}

/** i18n: admin.done.saved admin.done.restored admin.done.undone admin.done.deleted admin.done.discarded
 * admin.done.rewound admin.done.shared admin.done.unshared */
function noticeOf(ctx: Context): string | undefined {
	const known = ['saved', 'restored', 'undone', 'deleted', 'discarded', 'rewound', 'shared', 'unshared']
	const done = asked(ctx, 'done', known)
	return done && ctx.state.t(`admin.done.${done}`)
}

/** What the notice of the trash offers. */
function undoOf(ctx: Context, { stored }: Loaded): Editing['undo'] {
	if (stored?.status !== 'trash' || !asked(ctx, 'done', ['trashed'])) return undefined
	return { status: asked(ctx, 'was', ['published', 'private']) ?? 'draft' }
}
