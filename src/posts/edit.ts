import type { PostKind, Status, Translation, Trx } from '../db/schema.ts'
import { tagsNamed } from '../terms/tag-queries.ts'
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
	touchListingsIn,
} from './save.ts'
import { freeSlug } from './slug.ts'
import {
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
export type Settling = Pick<PostFields, 'kind' | 'sticky' | 'commentsOpen' | 'terms'> & {
	/** Names of tags in the language being written; those that are missing are made. */
	newTags: string[]
}

/** Stores a new post as an author wrote it; gives its id. */
export async function writePost(saving: Saving, authorId: number, settling: Settling, draft: Draft): Promise<number> {
	const rendered = await renderDrafts(saving.db, [draft])
	return inTurn(saving.db, async (trx) => {
		const { newTags, ...fields } = settling
		const terms = [...(fields.terms ?? []), ...(await tagsNamed(trx, draft.locale, newTags))]
		const id = await storePost(trx, saving, { ...fields, terms: [], authorId }, rendered)
		await replacePostTerms(trx, id, terms)
		return id
	})
}

/** Adds a translation as an author wrote it. @throws StaleRevision when there is one by now */
export async function writeTranslation(
	saving: Saving,
	postId: number,
	settling: Settling,
	draft: Draft,
): Promise<void> {
	const [rendered] = await renderDrafts(saving.db, [draft])
	await inTurn(saving.db, async (trx) => {
		const kind = await settle(trx, postId, draft.locale, settling)
		if (await readSibling(trx, postId, draft.locale)) throw new StaleRevision()
		await storeDraft(trx, saving, { postId, kind, ...rendered! })
		await touchListings(trx, postId)
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
		await settle(trx, prepared.before.post_id, prepared.before.locale, settling)
		await touchListings(trx, prepared.before.post_id)
	})
}

/** Puts a translation into the trash or takes it out as a draft; the other languages stay as they are. */
export async function setStatus({ db, now }: Saving, id: number, status: Status): Promise<void> {
	await db.transaction().execute(async (trx) => {
		const { post_id } = await readTranslation(trx, id)
		await updateStatus(trx, id, status, now)
		await touchListings(trx, post_id)
	})
}

/** Deletes a translation for good; the other languages stay untouched. The last one takes the post with it. */
export async function deleteTranslation({ db }: Saving, id: number): Promise<void> {
	await db.transaction().execute(async (trx) => {
		const { post_id } = await readTranslation(trx, id)
		const locales = await readLocales(trx, post_id)
		await (locales.length > 1 ? removeTranslation(trx, id) : removePost(trx, post_id))
		await touchListingsIn(trx, locales)
	})
}

/** Deletes a post in all its languages, with the conversation under it. */
export async function deletePost({ db }: Saving, postId: number): Promise<void> {
	await db.transaction().execute(async (trx) => {
		const locales = await readLocales(trx, postId)
		await removePost(trx, postId)
		await touchListingsIn(trx, locales)
	})
}

/** Settles what is shared; gives the post's kind. */
async function settle(trx: Trx, postId: number, locale: string, settling: Settling): Promise<PostKind> {
	const { kind, sticky, commentsOpen, terms, newTags } = settling
	await updatePost(trx, postId, {
		...(kind && { kind }),
		...(sticky !== undefined && { sticky: sticky ? 1 : 0 }),
		...(commentsOpen !== undefined && { comments_open: commentsOpen ? 1 : 0 }),
	})
	if (terms) await replacePostTerms(trx, postId, [...terms, ...(await tagsNamed(trx, locale, newTags))])
	const translations = await readTranslations(trx, postId)
	for (const translation of translations) if (kind && translation.kind !== kind) await moveTo(trx, translation, kind)
	return kind ?? translations[0]!.kind
}

/** A post becomes a page, or a page a post: its old address leads to the new one. */
async function moveTo(trx: Trx, { id, locale, slug, kind: before }: Translation, kind: PostKind): Promise<void> {
	await keepOldSlug(trx, { kind: before, locale, slug, translation_id: id })
	const free = await freeSlug(slug, (wish) => isSlugTaken(trx, kind, locale, wish))
	await updateTranslation(trx, id, { kind, slug: free })
}
