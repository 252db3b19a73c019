import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'

const AT_ONCE = 100

/** All posts and pages with all that belongs to them, some at a time, in the order of their numbers. */
export async function* listPosts(db: Db): AsyncGenerator<WholePost[]> {
	for (let last = 0; ; ) {
		const posts = await postsAfter(db, last)
		if (posts.length === 0) return
		last = posts.at(-1)!.id
		yield posts
	}
}

/** A post with all that belongs to it. */
export type WholePost = Awaited<ReturnType<typeof postsAfter>>[number]
export type WholeTranslation = WholePost['translations'][number]

async function postsAfter(db: Db, last: number) {
	const posts = await db.selectFrom('posts').selectAll().where('id', '>', last).orderBy('id').limit(AT_ONCE).execute()
	if (posts.length === 0) return []
	const ids = posts.map(({ id }) => id)
	const parts = await partsOf(db, ids)
	return posts.map((post) => {
		const own = <Row extends { post_id: number }>(rows: Row[]) => rows.filter((row) => row.post_id === post.id)
		return {
			...post,
			translations: own(parts.translations),
			terms: own(parts.terms).map((row) => row.term_id),
			comments: own(parts.comments),
			revisions: own(parts.revisions),
			enclosures: own(parts.enclosures),
			oldSlugs: own(parts.oldSlugs),
		}
	})
}

async function partsOf(db: Db, ids: number[]) {
	return {
		translations: await db.selectFrom('translations').selectAll().where('post_id', 'in', ids).orderBy('id').execute(),
		terms: await db
			.selectFrom('post_terms')
			.selectAll()
			.where('post_id', 'in', ids)
			.orderBy('post_id')
			.orderBy('term_id')
			.execute(),
		comments: await db
			.selectFrom('comments')
			.selectAll()
			.where('post_id', 'in', ids)
			.orderBy('post_id')
			.orderBy('id')
			.execute(),
		revisions: await db
			.selectFrom('revisions as r')
			.innerJoin('translations as t', 't.id', 'r.translation_id')
			.selectAll('r')
			.select(['t.post_id', 't.locale'])
			.where('t.post_id', 'in', ids)
			.orderBy('r.translation_id')
			.orderBy('r.number')
			.execute(),
		enclosures: await db
			.selectFrom('enclosures as e')
			.innerJoin('translations as t', 't.id', 'e.translation_id')
			.selectAll('e')
			.select('t.post_id')
			.where('t.post_id', 'in', ids)
			.orderBy('e.url')
			.execute(),
		oldSlugs: await db
			.selectFrom('old_slugs as o')
			.innerJoin('translations as t', 't.id', 'o.translation_id')
			.selectAll('o')
			.select('t.post_id')
			.where('t.post_id', 'in', ids)
			.orderBy('o.slug')
			.execute(),
	}
}

/** What every text may name: where all texts are, terms, authors, uploads. */
export async function readNames(db: Db) {
	return {
		places: await db
			.selectFrom('translations')
			.select(['id', 'post_id', 'kind', 'locale', 'slug', 'year', 'month', 'format'])
			.orderBy('post_id')
			.orderBy('id')
			.execute(),
		terms: await db.selectFrom('terms').selectAll().orderBy('id').execute(),
		termNames: await db.selectFrom('term_names').selectAll().orderBy('term_id').orderBy('locale').execute(),
		authors: await db
			.selectFrom('authors')
			.select(['id', 'slug', 'email', 'role', 'created_at'])
			.orderBy('id')
			.execute(),
		authorNames: await db.selectFrom('author_names').selectAll().orderBy('author_id').orderBy('locale').execute(),
		media: await db.selectFrom('media').selectAll().orderBy('id').execute(),
		mediaTexts: await db.selectFrom('media_texts').selectAll().orderBy('media_id').orderBy('locale').execute(),
	}
}

export type Names = Awaited<ReturnType<typeof readNames>>

/** Old addresses, and where they lead. */
export function listRedirects(db: Db) {
	return db
		.selectFrom('redirects as r')
		.leftJoin('translations as t', 't.id', 'r.translation_id')
		.select(['r.path', 'r.target', 't.kind', 't.locale', 't.slug', 't.year', 't.month'])
		.orderBy('r.path')
		.execute()
}

/** How many posts there are, for showing how far the work has come. */
export async function countPosts(db: Db): Promise<number> {
	const { count } = await db.selectFrom('posts').select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow()
	return Number(count)
}
