import type { Insertable, Updateable } from 'kysely'
import type { NewTranslation, PostKind, PostsTable, Status, Time, TranslationsTable, Trx } from '../db/schema.ts'

/** Stores a group and gives its id. */
export async function insertPost(trx: Trx, post: Insertable<PostsTable>): Promise<number> {
	const { id } = await trx.insertInto('posts').values(post).returning('id').executeTakeFirstOrThrow()
	return id
}

/** The post that a form has made, or what that was joined with. */
export async function findMade(trx: Trx, formKey: string): Promise<number | undefined> {
	const made = await trx.selectFrom('posts').select('id').where('form_key', '=', formKey).executeTakeFirst()
	if (made) return made.id
	const joined = trx.selectFrom('joined_posts').select('post_id').where('form_key', '=', formKey)
	return (await joined.executeTakeFirst())?.post_id
}

/** Stores a translation and gives its id. */
export async function insertTranslation(trx: Trx, translation: NewTranslation): Promise<number> {
	const { id } = await trx.insertInto('translations').values(translation).returning('id').executeTakeFirstOrThrow()
	return id
}

/** Changes a translation. */
export async function updateTranslation(trx: Trx, id: number, changes: Updateable<TranslationsTable>): Promise<void> {
	await trx.updateTable('translations').set(changes).where('id', '=', id).execute()
}

/** A translation as it is stored. */
export async function readTranslation(trx: Trx, id: number) {
	return trx.selectFrom('translations').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** The same, if it is there. */
export async function findTranslation(trx: Trx, id: number) {
	return trx.selectFrom('translations').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Puts what readers see in place of what it was at a revision; tells whether it still is that one. */
export async function replaceHtml(
	trx: Trx,
	{ id, revision }: { id: number; revision: number },
	rendered: { html: string; excerpt: string },
): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('translations')
		.set(rendered)
		.where('id', '=', id)
		.where('revision', '=', revision)
		.executeTakeFirst()
	return numUpdatedRows > 0n
}

/** The stored translation of a post in a language. */
export async function readSibling(trx: Trx, postId: number, locale: string) {
	return trx
		.selectFrom('translations')
		.selectAll()
		.where('post_id', '=', postId)
		.where('locale', '=', locale)
		.executeTakeFirst()
}

/** Languages in which a post has a translation of any status. */
export async function readLocales(trx: Trx, postId: number): Promise<string[]> {
	const rows = await trx.selectFrom('translations').select('locale').where('post_id', '=', postId).execute()
	return rows.map((row) => row.locale)
}

/** Whether a slug is the present one of another translation; of `ownPost` it may be. */
export async function isSlugTaken(
	trx: Trx,
	kind: PostKind,
	locale: string,
	slug: string,
	ownPost?: number,
): Promise<boolean> {
	const row = await trx
		.selectFrom('translations')
		.select('post_id')
		.where('kind', '=', kind)
		.where('locale', '=', locale)
		.where('slug', '=', slug)
		.executeTakeFirst()
	return row !== undefined && row.post_id !== ownPost
}

/** Remembers a slug that a translation had; the last to leave it gets its redirect. */
export async function keepOldSlug(
	trx: Trx,
	old: { kind: PostKind; locale: string; slug: string; translation_id: number },
) {
	await trx
		.insertInto('old_slugs')
		.values(old)
		.onConflict((c) => c.columns(['kind', 'locale', 'slug']).doUpdateSet({ translation_id: old.translation_id }))
		.execute()
}

/** Forgets an old slug that is in use again. */
export async function forgetOldSlug(trx: Trx, kind: PostKind, locale: string, slug: string): Promise<void> {
	await trx
		.deleteFrom('old_slugs')
		.where('kind', '=', kind)
		.where('locale', '=', locale)
		.where('slug', '=', slug)
		.execute()
}

/** Puts a post under terms. */
export async function insertPostTerms(trx: Trx, postId: number, termIds: number[]): Promise<void> {
	if (termIds.length === 0) return
	await trx
		.insertInto('post_terms')
		.values(termIds.map((term_id) => ({ post_id: postId, term_id })))
		.onConflict((c) => c.doNothing())
		.execute()
}

/** Puts a post under these terms and no others. */
export async function replacePostTerms(trx: Trx, postId: number, termIds: number[]): Promise<void> {
	await trx.deleteFrom('post_terms').where('post_id', '=', postId).execute()
	await insertPostTerms(trx, postId, await knownTerms(trx, termIds))
}

async function knownTerms(trx: Trx, ids: number[]): Promise<number[]> {
	if (ids.length === 0) return []
	const rows = await trx.selectFrom('terms').select('id').where('id', 'in', ids).execute()
	return rows.map((row) => row.id)
}

/** Changes what the translations of a post share; the row stays locked until the transaction ends. */
export async function updatePost(trx: Trx, id: number, changes: Updateable<PostsTable>): Promise<void> {
	await trx
		.updateTable('posts')
		.set((eb) => ({ kind: eb.ref('kind'), ...changes }))
		.where('id', '=', id)
		.execute()
}

/** Every translation of a post, as stored. */
export async function readTranslations(trx: Trx, postId: number) {
	return trx.selectFrom('translations').selectAll().where('post_id', '=', postId).execute()
}

/** Counts a revision on, unless it is no longer the one that was seen; tells which. */
export async function takeRevision(trx: Trx, id: number, revision: number): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('translations')
		.set({ revision: revision + 1 })
		.where('id', '=', id)
		.where('revision', '=', revision)
		.executeTakeFirst()
	return numUpdatedRows > 0n
}

/** Puts a translation into another state; its text stays. */
export async function updateStatus(trx: Trx, id: number, status: Status, now: Time): Promise<void> {
	await trx
		.updateTable('translations')
		.set((eb) => ({ status, modified_at: now, revision: eb('revision', '+', 1) }))
		.where('id', '=', id)
		.execute()
}

/** Removes a translation with its old slugs and redirects. */
export async function removeTranslation(trx: Trx, id: number): Promise<void> {
	await trx.deleteFrom('translations').where('id', '=', id).execute()
}

/** Removes a post with its translations and the conversation under it. */
export async function removePost(trx: Trx, id: number): Promise<void> {
	await trx.deleteFrom('translations').where('post_id', '=', id).execute()
	await trx.deleteFrom('posts').where('id', '=', id).execute()
}
