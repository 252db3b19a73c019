import { randomUUID } from 'node:crypto'
import type { Db, PostKind, Status, Time, Translation, Trx } from '../db/schema.ts'
import { bumpPosts, bumpVersions } from '../db/versions.ts'
import { dayOf } from '../i18n/dates.ts'
import { renderPost } from '../markdown/render.ts'
import { picturesOf } from '../media/pictures.ts'
import { keepUses } from '../media/use-queries.ts'
import { indexTranslations } from '../search/queries.ts'
import { keepEarlier, keepRevision } from './revisions/queries.ts'
import { freeSlug, slugFrom } from './slug.ts'
import { forgetUntranslated, keepProgress, type Progress } from './translating/queries.ts'
import {
	forgetOldSlug,
	insertPost,
	insertPostTerms,
	insertTranslation,
	isSlugTaken,
	keepOldSlug,
	readLocales,
	readSibling,
	readTranslation,
	updateTranslation as storeChanges,
} from './writing-queries.ts'

/** What is shared by all translations of a post. */
export interface PostFields {
	kind?: PostKind
	authorId?: number
	parentId?: number
	position?: number
	sticky?: boolean
	coverId?: number
	commentsOpen?: boolean
	pingsOpen?: boolean
	terms?: number[]
	/** The form it was written in. */
	formKey?: string
}

/** What an author writes in one language. */
export interface Draft {
	locale: string
	title: string
	source: string
	format?: 'markdown' | 'html'
	/** Made from the title when left out. */
	slug?: string
	manualExcerpt?: string
	status?: Status
	/** A time to come schedules a published translation. */
	publishedAt?: Time
	password?: string | null
	/** The sibling it was translated from, and its major revision then; the present one when left out. */
	sourceLocale?: string
	sourceRevision?: number
	/** How far the translation is. */
	progress?: Progress
}

/** What a change to a translation may carry. */
export type Changes = Partial<Omit<Draft, 'locale'>> & {
	/** It doesn't make the translations of this text out of date. */
	small?: boolean
	/** It has caught up with the text it was translated from. */
	upToDate?: boolean
}

/** Where and when a post is saved. */
export interface Saving {
	db: Db
	timezone: string
	now: Time
	/** Who saves. */
	authorId?: number
}

/** Stores a new post with its first translations, rendered and searchable, in one transaction; gives its id. */
export async function createPost(saving: Saving, fields: PostFields, drafts: Draft[]): Promise<number> {
	const rendered = await renderDrafts(saving.db, drafts)
	return inTurn(saving.db, (trx) => storePost(trx, saving, fields, rendered))
}

/** A transaction that chooses slugs: it waits for others that do, or two would find the same one free. */
export function inTurn<T>(db: Db, save: (trx: Trx) => Promise<T>): Promise<T> {
	return db.transaction().execute(async (trx) => {
		await bumpVersions(trx, ['slugs'])
		return save(trx)
	})
}

/** A draft with its text as readers will see it. */
export interface RenderedDraft {
	draft: Draft
	text: Awaited<ReturnType<typeof render>>
}

/** Renders drafts: before the transaction that stores them, which is then short. */
export function renderDrafts(db: Db, drafts: Draft[]): Promise<RenderedDraft[]> {
	return Promise.all(drafts.map(async (draft) => ({ draft, text: await render(db, draft) })))
}

/** Stores a post in a transaction that holds more; gives its id. */
export async function storePost(
	trx: Trx,
	saving: Omit<Saving, 'db'>,
	fields: PostFields,
	drafts: RenderedDraft[],
): Promise<number> {
	const kind = fields.kind ?? 'post'
	const postId = await insertPost(trx, {
		kind,
		author_id: fields.authorId ?? null,
		parent_id: fields.parentId ?? null,
		position: fields.position ?? 0,
		sticky: fields.sticky ? 1 : 0,
		comments_open: fields.commentsOpen === false ? 0 : 1,
		pings_open: fields.pingsOpen === false ? 0 : 1,
		cover_id: fields.coverId ?? null,
		created_at: saving.now,
		form_key: fields.formKey ?? null,
	})
	await insertPostTerms(trx, postId, fields.terms ?? [])
	for (const { draft, text } of drafts) await storeDraft(trx, saving, { postId, kind, draft, text })
	await touchListings(trx, postId)
	return postId
}

/** Adds a translation to a post; the others stay untouched. Gives its id. */
export async function addTranslation(saving: Saving, postId: number, kind: PostKind, draft: Draft): Promise<number> {
	const text = await render(saving.db, draft)
	return inTurn(saving.db, async (trx) => {
		const id = await storeDraft(trx, saving, { postId, kind, draft, text })
		await touchListings(trx, postId)
		return id
	})
}

/** Changes a translation: an old slug keeps leading to it, a revision is counted, search follows. */
export async function changeTranslation(saving: Saving, id: number, changes: Changes): Promise<void> {
	const prepared = await prepareChange(saving.db, id, changes)
	await inTurn(saving.db, async (trx) => {
		await storeChange(trx, saving, prepared)
		await touchListings(trx, prepared.before.post_id)
	})
}

/** A change with its text as readers will see it. */
export interface PreparedChange {
	before: Translation
	changes: Changes
	text: RenderedDraft['text']
}

/** Renders a change: before the transaction that stores it, which is then short. */
export async function prepareChange(db: Db, id: number, changes: Changes): Promise<PreparedChange> {
	const before = await readTranslation(db as Trx, id)
	return { before, changes, text: await render(db, { ...asDraft(before), ...changes }) }
}

/** Stores a change in a transaction that holds more, and ends with touchListings. */
export async function storeChange(
	trx: Trx,
	saving: Omit<Saving, 'db'>,
	{ before, changes, text }: PreparedChange,
): Promise<void> {
	const slug = await changedSlug(trx, saving, before, changes.slug)
	const publishedAt = publicationTime(saving, {
		status: changes.status ?? before.status,
		publishedAt: changes.publishedAt ?? before.published_at ?? undefined,
	})
	const revision = before.revision + 1
	const written = {
		title: changes.title ?? before.title,
		source: changes.source ?? before.source,
		manual_excerpt: changes.manualExcerpt ?? before.manual_excerpt,
	}
	const isSame = isSameText(written, before)
	await storeChanges(trx, before.id, {
		...text,
		...written,
		slug,
		format: changes.format ?? before.format,
		status: changes.status ?? before.status,
		password: changes.password === undefined ? before.password : changes.password,
		published_at: publishedAt,
		modified_at: saving.now,
		...(isPermalinkFixed(before, saving.now) ? {} : permalinkMonth(publishedAt, saving.timezone)),
		revision,
		major_revision: changes.small || isSame ? before.major_revision : revision,
		...(changes.upToDate ? await caughtUp(trx, before) : {}),
		...(changes.sourceLocale && { source_locale: changes.sourceLocale }),
		...(changes.sourceRevision && { source_revision: changes.sourceRevision }),
	})
	if (changes.progress) await keepProgress(trx, before.id, changes.progress)
	else if (written.source !== before.source) await forgetUntranslated(trx, before.id)
	await indexTranslations(trx, [before.id])
	await keepUses(trx, before.id, text.html)
	if (isSame) return
	await keepEarlier(trx, before)
	await keepRevision(trx, { ...before, ...written, revision }, { ...saving, small: changes.small })
}

type Written = Pick<Translation, 'title' | 'source' | 'manual_excerpt'>

function isSameText(a: Written, b: Written): boolean {
	return a.title === b.title && a.source === b.source && a.manual_excerpt === b.manual_excerpt
}

/** Whether an address is settled: by the first publication; before it, moving the date moves the address. */
export function isPermalinkFixed({ year, published_at }: Translation, now: Time): boolean {
	return year !== null && published_at !== null && published_at <= now
}

async function caughtUp(trx: Trx, { post_id, source_locale }: Translation) {
	const source = source_locale ? await readSibling(trx, post_id, source_locale) : undefined
	return source ? { source_revision: source.major_revision } : {}
}

/** A rendered draft of a post that is there. */
export interface NewDraft extends RenderedDraft {
	postId: number
	kind: PostKind
}

/** Stores a translation in a transaction that holds more; gives its id. */
export async function storeDraft(
	trx: Trx,
	saving: Omit<Saving, 'db'>,
	{ postId, kind, draft, text }: NewDraft,
): Promise<number> {
	const slug = await newSlug(trx, kind, draft.locale, draft.slug ?? slugFrom(draft.title))
	const publishedAt = publicationTime(saving, draft)
	const source = draft.sourceLocale ? await readSibling(trx, postId, draft.sourceLocale) : undefined
	const id = await insertTranslation(trx, {
		...text,
		post_id: postId,
		kind,
		locale: draft.locale,
		slug,
		title: draft.title,
		format: draft.format ?? 'markdown',
		source: draft.source,
		manual_excerpt: draft.manualExcerpt ?? '',
		status: draft.status ?? 'published',
		password: draft.password ?? null,
		published_at: publishedAt,
		modified_at: saving.now,
		...permalinkMonth(publishedAt, saving.timezone),
		guid: `urn:uuid:${randomUUID()}`,
		source_locale: source?.locale ?? null,
		source_revision: source ? (draft.sourceRevision ?? source.major_revision) : null,
	})
	if (draft.progress) await keepProgress(trx, id, draft.progress)
	await indexTranslations(trx, [id])
	await keepUses(trx, id, text.html)
	if (saving.authorId) await keepRevision(trx, await readTranslation(trx, id), saving)
	return id
}

/** A text as readers will see it: the columns that are made of what was written. */
export async function render(db: Db, draft: Pick<Draft, 'source' | 'format' | 'locale' | 'manualExcerpt'>) {
	const pictures = await picturesOf(db, draft.source, draft.locale)
	const { html, excerpt, excerptCut, text, words } = await renderPost({ format: 'markdown', ...draft }, pictures)
	return { html, excerpt, excerpt_cut: excerptCut ? 1 : 0, text, words } as const
}

/** A stored text as it would be rendered now. */
export function renderAgain(db: Db, translation: Translation) {
	return render(db, asDraft(translation))
}

function asDraft(translation: Translation) {
	const { locale, source, format, manual_excerpt: manualExcerpt } = translation
	return { locale, source, format, manualExcerpt }
}

function publicationTime(
	{ now }: Pick<Saving, 'now'>,
	{ status = 'published', publishedAt }: Pick<Draft, 'status' | 'publishedAt'>,
) {
	return publishedAt ?? (status === 'published' ? now : null)
}

function permalinkMonth(publishedAt: Time | null, timezone: string) {
	if (publishedAt === null) return { year: null, month: null }
	const { year, month } = dayOf(publishedAt, timezone)
	return { year, month }
}

async function newSlug(trx: Trx, kind: PostKind, locale: string, wish: string): Promise<string> {
	const slug = await freeSlug(wish, (slug) => isSlugTaken(trx, kind, locale, slug))
	await forgetOldSlug(trx, kind, locale, slug)
	return slug
}

async function changedSlug(
	trx: Trx,
	{ now }: Pick<Saving, 'now'>,
	before: Translation,
	wish: string | undefined,
): Promise<string> {
	if (wish === undefined || wish === before.slug) return before.slug
	const { kind, locale, slug, id } = before
	if (isPermalinkFixed(before, now)) await keepOldSlug(trx, { kind, locale, slug, translation_id: id })
	return newSlug(trx, kind, locale, wish)
}

/**
 * Tells that listings of every language of a post have changed: the last thing a transaction does, as everywhere, so
 * that those who comment and those who save never wait for each other in a circle.
 */
export async function touchListings(trx: Trx, postId: number): Promise<void> {
	await bumpPosts(trx, await readLocales(trx, postId), [postId])
}
