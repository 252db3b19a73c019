import type { Action } from '../authors/actions.ts'
import { audit } from '../authors/audit-queries.ts'
import type { PostKind, Status, TermKind, Translation, Trx } from '../db/schema.ts'
import { bumpPosts } from '../db/versions.ts'
import { enqueuePings } from '../mentions/out/enqueue.ts'
import { type Names, termsNamed } from '../terms/tag-queries.ts'
import { presentPost } from './joining/queries.ts'
import {
	type Changes,
	type Draft,
	inTurn,
	type PostFields,
	prepareChange,
	renderDrafts,
	type Saving,
	storeChange,
	storeDraft,
	storePost,
	touchListings,
} from './save.ts'
import { freeSlug } from './slug.ts'
import {
	findMade,
	findTranslation,
	isSlugTaken,
	keepOldSlug,
	readLocales,
	readSibling,
	readTranslation,
	readTranslations,
	removePost,
	removeTranslation,
	replacePostTerms,
	takeRevision,
	updatePost,
	updateStatus,
	updateTranslation,
} from './writing-queries.ts'

/** The text has been changed by someone else meanwhile. */
export class StaleRevision extends Error {
	override name = 'StaleRevision'
}

/** What an author settles for all translations; terms stay as they are when left out. */
export type Settling = Pick<PostFields, 'kind' | 'sticky' | 'commentsOpen' | 'pingsOpen' | 'terms'> & {
	/** None when it is taken away; left out, it stays. */
	coverId?: number | null
	/** Terms by their names; those that are missing are made. */
	newTerms: { kind: TermKind; names: Names }[]
}

/** Stores a new post as an author wrote it; gives its id, or that of the post the same form has made already. */
export async function writePost(
	saving: Saving,
	author: { id: number; formKey?: string },
	settling: Settling,
	draft: Draft,
): Promise<{ id: number; isNew: boolean }> {
	const rendered = await renderDrafts(saving.db, [draft])
	return inTurn(saving.db, async (trx) => {
		const formKey = author.formKey && `${author.id} ${author.formKey}`
		const made = formKey ? await findMade(trx, formKey) : undefined
		if (made) return { id: made, isNew: false }
		const { newTerms, coverId, ...fields } = settling
		const shared = { ...fields, coverId: coverId ?? undefined, authorId: author.id, formKey }
		const terms = [...(fields.terms ?? []), ...(await idsOf(trx, newTerms))]
		const id = await storePost(trx, saving, { ...shared, terms: [] }, rendered)
		await replacePostTerms(trx, id, terms)
		await enqueuePings(trx, id, saving.now)
		await note(trx, saving, { ...draft, post_id: id }, draft.status === 'published' ? 'post-published' : 'post-created')
		return { id, isNew: true }
	})
}

/** Adds a translation as an author wrote it. @throws StaleRevision when there is one by now, or the post is gone */
export async function writeTranslation(
	saving: Saving,
	postId: number,
	settling: Settling,
	draft: Draft,
): Promise<void> {
	const [rendered] = await renderDrafts(saving.db, [draft])
	await inTurn(saving.db, async (trx) => {
		// Since it was looked for, the post may have been joined with another one, or deleted.
		const post_id = await presentPost(trx, postId)
		if (!post_id || (await readSibling(trx, post_id, draft.locale))) throw new StaleRevision()
		const kind = await settle(trx, post_id, settling)
		await storeDraft(trx, saving, { postId: post_id, kind, ...rendered! })
		await enqueuePings(trx, post_id, saving.now)
		await note(trx, saving, { ...draft, post_id }, draft.status === 'published' ? 'post-published' : 'post-created')
		await touchListings(trx, post_id)
	})
}

/** Changes a translation whose `revision` an author has seen, and what it shares. @throws StaleRevision */
export async function editTranslation(
	saving: Saving,
	{ id, revision }: { id: number; revision: number },
	settling: Settling,
	changes: Changes,
): Promise<void> {
	const prepared = await prepareChange(saving.db, id, changes)
	await inTurn(saving.db, async (trx) => {
		if (!(await takeRevision(trx, id, revision))) throw new StaleRevision()
		await storeChange(trx, saving, prepared)
		await settle(trx, prepared.before.post_id, settling)
		await enqueuePings(trx, prepared.before.post_id, saving.now)
		await note(trx, saving, { ...prepared.before, ...changes }, changeOf(prepared.before.status, changes.status))
		await touchListings(trx, prepared.before.post_id)
	})
}

/** Puts a translation into the trash or takes it out as a draft; the other languages stay as they are. One that is gone stays gone. */
export async function setStatus(saving: Saving, id: number, status: Status): Promise<void> {
	await saving.db.transaction().execute(async (trx) => {
		const before = await findTranslation(trx, id)
		if (!before) return
		await updateStatus(trx, id, status, saving.now)
		await enqueuePings(trx, before.post_id, saving.now)
		await note(trx, saving, before, changeOf(before.status, status))
		await touchListings(trx, before.post_id)
	})
}

/**
 * Deletes a translation whose `revision` an author has seen, for good; the other languages stay untouched. The last one
 * takes the post with it. One that is gone, or has been changed or restored since, is left as it is.
 */
export async function deleteTranslation(
	saving: Saving,
	{ id, revision }: Pick<Translation, 'id' | 'revision'>,
): Promise<void> {
	await inTurn(saving.db, async (trx) => {
		if (!(await takeRevision(trx, id, revision))) return
		const before = await readTranslation(trx, id)
		const { post_id } = before
		const locales = await readLocales(trx, post_id)
		await note(trx, saving, before, 'post-deleted')
		await enqueuePings(trx, post_id, saving.now)
		await (locales.length > 1 ? removeTranslation(trx, id) : removePost(trx, post_id))
		await bumpPosts(trx, locales, [post_id])
	})
}

/** Deletes a post in all its languages, with the conversation under it. */
export async function deletePost({ db, now }: Saving, postId: number): Promise<void> {
	await db.transaction().execute(async (trx) => {
		const locales = await readLocales(trx, postId)
		await enqueuePings(trx, postId, now)
		await removePost(trx, postId)
		await bumpPosts(trx, locales, [postId])
	})
}

/** Settles what is shared; gives the post's kind. */
async function settle(trx: Trx, postId: number, settling: Settling): Promise<PostKind> {
	const { kind, sticky, commentsOpen, pingsOpen, coverId, terms, newTerms } = settling
	await updatePost(trx, postId, {
		...(kind && { kind }),
		...(sticky !== undefined && { sticky: sticky ? 1 : 0 }),
		...(commentsOpen !== undefined && { comments_open: commentsOpen ? 1 : 0 }),
		...(pingsOpen !== undefined && { pings_open: pingsOpen ? 1 : 0 }),
		...(coverId !== undefined && { cover_id: coverId }),
	})
	if (terms) await replacePostTerms(trx, postId, [...terms, ...(await idsOf(trx, newTerms))])
	const translations = await readTranslations(trx, postId)
	for (const translation of translations) if (kind && translation.kind !== kind) await moveTo(trx, translation, kind)
	return kind ?? translations[0]!.kind
}

/** Notes what was done in the log of changes. */
async function note(
	trx: Trx,
	{ authorId, now }: Saving,
	{ post_id, locale, title }: Pick<Translation, 'post_id' | 'locale' | 'title'>,
	action: Action,
): Promise<void> {
	if (authorId) await audit(trx, { authorId, action, subject: `posts/${post_id}/${locale}/`, name: title, now })
}

function changeOf(before: Status, after: Status = before): Action {
	if (after === before) return 'post-changed'
	if (after === 'trash') return 'post-trashed'
	if (after === 'published') return 'post-published'
	if (before === 'trash') return 'post-restored'
	return before === 'published' ? 'post-unpublished' : 'post-changed'
}

async function idsOf(trx: Trx, terms: Settling['newTerms']): Promise<number[]> {
	const named = (kind: TermKind) => terms.filter((term) => term.kind === kind).map(({ names }) => names)
	return [...(await termsNamed(trx, 'category', named('category'))), ...(await termsNamed(trx, 'tag', named('tag')))]
}

/** A post becomes a page, or a page a post: its old address leads to the new one. */
async function moveTo(trx: Trx, { id, locale, slug, kind: before }: Translation, kind: PostKind): Promise<void> {
	await keepOldSlug(trx, { kind: before, locale, slug, translation_id: id })
	const free = await freeSlug(slug, (wish) => isSlugTaken(trx, kind, locale, wish))
	await updateTranslation(trx, id, { kind, slug: free })
}
