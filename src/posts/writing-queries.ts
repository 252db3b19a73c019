import type { Insertable, Updateable } from 'kysely'
import type { NewTranslation, PostKind, PostsTable, TranslationsTable, Trx } from '../db/schema.ts'

/** Stores a group and gives its id. */
export async function insertPost(trx: Trx, post: Insertable<PostsTable>): Promise<number> {
	const { id } = await trx.insertInto('posts').values(post).returning('id').executeTakeFirstOrThrow()
	return id
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

/** Whether a slug is the present one of another translation. */
export async function isSlugTaken(trx: Trx, kind: PostKind, locale: string, slug: string): Promise<boolean> {
	const row = await trx
		.selectFrom('translations')
		.select('id')
		.where('kind', '=', kind)
		.where('locale', '=', locale)
		.where('slug', '=', slug)
		.executeTakeFirst()
	return row !== undefined
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
