import type { SignedIn } from '../../authors/sessions.ts'
import { adminPage, leadTo } from '../../site/admin-page.ts'
import { readForm } from '../../web/body.ts'
import type { Context } from '../../web/context.ts'
import { MOST_BYTES } from '../../web/fields.ts'
import { noticeOf } from '../../web/notice.ts'
import { queryOf } from '../../web/query.ts'
import { addressOf } from '../address.ts'
import { placeOf, unsavedForm } from '../drafts/draft.ts'
import { dropUnsaved } from '../drafts/queries.ts'
import { editTranslation, StaleRevision, writeTranslation } from '../edit.ts'
import { changesOf, checkPost, isAsStored, type PostInput, readPostForm } from '../form.ts'
import { type Loaded, load, savingOf } from '../load.ts'
import { toLocal } from '../zone.ts'
import { boardModel } from './board.ts'
import { typedAlts, typedPairs, typedSeen, typedTicks, withText } from './form.ts'
import { type Translating, translateModel } from './model.ts'
import { picturesOf, saveAlts } from './pictures.ts'
import { countUntranslated } from './rows.ts'
import { sourceOf, workOn } from './work.ts'

const DONE = {
	taken: 'translating.taken',
	saved: 'admin.done.saved',
	caught: 'translating.caughtUp',
	discarded: 'admin.done.discarded',
}

/** A translation beside its source, paragraph by paragraph; with `?draft=` as it was filled in and not saved. */
export async function translatePage(ctx: Context, author: SignedIn): Promise<void> {
	const loaded = await load(ctx, author)
	const shown = await unsavedForm(ctx, author, loaded)
	const translating = await begin(ctx, author, loaded, shown?.form)
	if (!translating) return leadTo(ctx, addressOf(loaded.post!.id, loaded.lang))
	await show(ctx, author, { ...translating, shown, notice: noticeOf(ctx, DONE) })
}

/** The posts × the languages: what is there, what is lacking, what is out of date. */
export async function translationsPage(ctx: Context, author: SignedIn): Promise<void> {
	adminPage(ctx, author, 'translations', await boardModel(ctx, author))
}

/** Saves a translation with what was ticked off; what can't be saved is shown again. */
export async function saveTranslation(ctx: Context, author: SignedIn): Promise<void> {
	const loaded = await load(ctx, author)
	const form = withText(await readForm(ctx, MOST_BYTES))
	const translating = await begin(ctx, author, loaded, form)
	if (!translating) return leadTo(ctx, addressOf(loaded.post!.id, loaded.lang))
	const input = inputOf(ctx, form, loaded)
	const errors = checkPost(input, loaded.stored, ctx.blog.config.timezone)
	if (Object.keys(errors).length > 0) return show(ctx, author, { ...translating, errors }, 422)
	const isCaughtUp = translating.work.changes.every((key) => translating.typed!.ticks.includes(key))
	try {
		await store(ctx, author, translating, { form, input, isCaughtUp })
	} catch (error) {
		if (!(error instanceof StaleRevision)) throw error
		return refuseStale(ctx, author, form, input)
	}
	await dropUnsaved(ctx.blog.db, placeOf(author, loaded, input.formKey))
	const done = translating.work.isBehind && isCaughtUp ? 'caught' : 'saved'
	leadTo(ctx, `${addressOf(loaded.post!.id, loaded.lang)}translate/?done=${done}`)
}

/** The translation as it is stored, or as it was typed; none when there is nothing to translate from, or it is in the trash. */
export async function begin(
	ctx: Context,
	author: SignedIn,
	loaded: Loaded,
	form?: URLSearchParams,
	wish = form?.get('from') ?? queryOf(ctx).get('from'),
): Promise<Translating | undefined> {
	const { db, config } = ctx.blog
	const { lang, stored } = loaded
	const source = sourceOf(loaded, config.languages, wish)
	if (!source || stored?.status === 'trash') return undefined
	const input = form && inputOf(ctx, form, loaded)
	const format = stored?.format ?? source.format
	const work = await workOn(db, stored, source, form && { text: input!.text, pairs: typedPairs(form, format) })
	const text = input?.text ?? stored?.source ?? ''
	const pictures = await picturesOf(db, author, source, { id: stored?.id, text, lang })
	const ids = pictures.map(({ id }) => id)
	return {
		...loaded,
		work,
		pictures,
		typed: form && input && { ...input, ticks: typedTicks(form), alts: typedAlts(form, ids) },
	}
}

/** What the form holds; what it doesn't ask stays as it is. */
function inputOf({ blog: { config } }: Context, form: URLSearchParams, { lang, stored }: Loaded): PostInput {
	return {
		...readPostForm(form, stored?.status ?? 'draft', lang, config.languages),
		...(!form.has('excerpt') && { excerpt: stored?.manual_excerpt ?? '' }),
		slug: '',
		protection: stored?.password ?? '',
		published: stored?.published_at ? toLocal(stored.published_at, config.timezone) : '',
	}
}

interface Sent {
	form: URLSearchParams
	input: PostInput
	isCaughtUp: boolean
}

async function store(ctx: Context, author: SignedIn, translating: Translating, { form, input, isCaughtUp }: Sent) {
	const { lang, post, stored, work, pictures, typed } = translating
	const saving = savingOf(ctx, author)
	const changes = {
		...changesOf(input, stored, saving),
		...linkOf(translating, isCaughtUp, typedSeen(form)),
		upToDate: false,
		small: false,
		progress: {
			pairs: typedPairs(form, stored?.format ?? work.source.format),
			ticks: isCaughtUp ? [] : typed!.ticks.filter((key) => work.changes.includes(key)),
			untranslated: countUntranslated(work.rows),
		},
	}
	const settling = { newTerms: [] }
	if (stored) await editTranslation(saving, { id: stored.id, revision: input.revision }, settling, changes)
	else {
		const draft = { locale: lang, title: input.title, source: input.text, format: work.source.format }
		await writeTranslation(saving, post!.id, settling, { ...changes, ...draft })
	}
	await saveAlts({ ...saving, authorId: author.id }, pictures, lang, typed!.alts)
}

/** Which revision of which source the translation is made of from now on; a source isn't made of its own translation. */
function linkOf({ lang, stored, work: { source, isBehind } }: Translating, isCaughtUp: boolean, seen = 0) {
	if (source.source_locale === lang) return {}
	if (stored?.source_locale === source.locale && !(isBehind && isCaughtUp)) return {}
	const shown = seen > 0 && !isBehind ? Math.min(seen, source.major_revision) : source.major_revision
	return { sourceLocale: source.locale, sourceRevision: shown }
}

/** A form that was sent twice is done; else both texts are shown. */
async function refuseStale(ctx: Context, author: SignedIn, form: URLSearchParams, input: PostInput): Promise<void> {
	const loaded = await load(ctx, author)
	if (loaded.stored && isAsStored(input, loaded.stored)) {
		await dropUnsaved(ctx.blog.db, placeOf(author, loaded, input.formKey))
		return leadTo(ctx, `${addressOf(loaded.post!.id, loaded.lang)}translate/?done=saved`)
	}
	const translating = await begin(ctx, author, loaded, form)
	if (!translating) return leadTo(ctx, addressOf(loaded.post!.id, loaded.lang))
	await show(ctx, author, { ...translating, isStale: true }, 409)
}

/** The page of a translation. */
export async function show(ctx: Context, author: SignedIn, translating: Translating, status = 200): Promise<void> {
	adminPage(ctx, author, 'translate', await translateModel(ctx, author, translating), status)
}
