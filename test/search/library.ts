import type { Db, NewTranslation } from '../../src/db/schema.ts'
import { indexTranslations } from '../../src/search/queries.ts'

/** The moment the tests search at. */
export const NOW = Date.UTC(2025, 1, 26)

/** Saves a published post of one translation and indexes it; gives the translation's id. */
export async function publish(db: Db, given: Partial<NewTranslation> = {}): Promise<number> {
	const { kind = 'post' } = given
	const post = await db.insertInto('posts').values({ kind, created_at: NOW }).returning('id').executeTakeFirstOrThrow()
	const row = translationRow(post.id, given)
	const { id } = await db.insertInto('translations').values(row).returning('id').executeTakeFirstOrThrow()
	await indexTranslations(db, [id])
	return id
}

/** A row of `translations` where all that search doesn't read is made up. */
export function translationRow(postId: number, given: Partial<NewTranslation>): NewTranslation {
	const { kind = 'post', locale = 'ru', text = '' } = given
	return {
		post_id: postId,
		kind,
		locale,
		slug: `slug-${postId}`,
		title: 'Заметка',
		format: 'markdown',
		source: text,
		html: `<p>${text}</p>`,
		excerpt: '',
		text,
		words: text.split(' ').length,
		status: 'published',
		password: null,
		published_at: NOW - 1000,
		modified_at: NOW - 1000,
		guid: `guid-${postId}-${locale}`,
		...given,
	}
}
