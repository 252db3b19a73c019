import type { Db, Status, Time } from '../db/schema.ts'
import { presentPost } from './joining/queries.ts'

/** Whose posts: of one author, or all. */
export interface Whose {
	author?: number
}

/** Posts and pages, those that were written or published last first. */
export async function listPosts(db: Db, { author }: Whose, { limit, offset }: { limit: number; offset: number }) {
	let query = db
		.selectFrom('posts as p')
		.innerJoin('translations as t', 't.post_id', 'p.id')
		.select(['p.id', 'p.kind', 'p.sticky', 'p.author_id'])
		.groupBy('p.id')
	if (author) query = query.where('p.author_id', '=', author)
	return query
		.orderBy((eb) => eb.fn.max(eb.fn.coalesce('t.published_at', 't.modified_at')), 'desc')
		.orderBy('p.id', 'desc')
		.limit(limit)
		.offset(offset)
		.execute()
}

/** How many posts and pages there are. */
export async function countPosts(db: Db, { author }: Whose): Promise<number> {
	let query = db.selectFrom('posts')
	if (author) query = query.where('author_id', '=', author)
	const { count } = await query.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
	return Number(count)
}

/** The translations of posts, without their texts. */
export async function listTranslations(db: Db, postIds: number[]) {
	if (postIds.length === 0) return []
	return db
		.selectFrom('translations')
		.select(['id', 'post_id', 'kind', 'locale', 'slug', 'title', 'format', 'status', 'published_at', 'modified_at'])
		.select(['year', 'month', 'major_revision', 'source_locale', 'source_revision'])
		.where('post_id', 'in', postIds)
		.execute()
}

/** A post with what is shared by its translations, by its number or by one of a post that was joined with it. */
export async function findPost(db: Db, number: number) {
	const id = (await presentPost(db, number)) ?? 0
	return db.selectFrom('posts').selectAll().where('id', '=', id).executeTakeFirst()
}

/** How many translations are in each state, and how many of the published are still to come. */
export async function countStates(db: Db, { author, now }: Whose & { now: Time }) {
	let query = db
		.selectFrom('translations as t')
		.innerJoin('posts as p', 'p.id', 't.post_id')
		.groupBy('t.status')
		.select((eb) => [
			't.status',
			eb.fn.countAll<number>().as('count'),
			eb.fn.sum<number>(eb.case().when('t.published_at', '>', now).then(1).else(0).end()).as('later'),
		])
	if (author) query = query.where('p.author_id', '=', author)
	const rows = await query.execute()
	const of = (status: Status) => rows.find((row) => row.status === status) ?? { count: 0, later: 0 }
	const scheduled = Number(of('published').later)
	return { published: Number(of('published').count) - scheduled, scheduled, drafts: Number(of('draft').count) }
}

/** Whether an author has posts, or anybody; the one that greets is nobody's. */
export async function hasWritten(db: Db, { author }: Whose): Promise<boolean> {
	let query = db.selectFrom('posts').select('id').where('author_id', 'is not', null)
	if (author) query = query.where('author_id', '=', author)
	return (await query.limit(1).executeTakeFirst()) !== undefined
}

/** The drafts that were changed last. */
export async function listDrafts(db: Db, { author }: Whose, limit: number) {
	let query = db
		.selectFrom('translations as t')
		.innerJoin('posts as p', 'p.id', 't.post_id')
		.select(['t.post_id', 't.locale', 't.title', 't.format', 't.modified_at'])
		.where('t.status', '=', 'draft')
	if (author) query = query.where('p.author_id', '=', author)
	return query.orderBy('t.modified_at', 'desc').orderBy('t.id', 'desc').limit(limit).execute()
}

/** Every term in every language, by name. */
export async function listTermNames(db: Db) {
	return db
		.selectFrom('term_names')
		.select(['term_id', 'kind', 'locale', 'name'])
		.orderBy('name')
		.orderBy('term_id')
		.execute()
}

/** The terms a post is under. */
export async function listTermIds(db: Db, postId: number): Promise<number[]> {
	const rows = await db.selectFrom('post_terms').select('term_id').where('post_id', '=', postId).execute()
	return rows.map((row) => row.term_id)
}

/** A picture by its number. */
export async function findPicture(db: Db, id: number) {
	return pictures(db).where('id', '=', id).executeTakeFirst()
}

/** The pictures that were stored last. */
export async function listPictures(db: Db, { author }: Whose, limit: number) {
	const query = author ? pictures(db).where('author_id', '=', author) : pictures(db)
	return query.orderBy('id', 'desc').limit(limit).execute()
}

function pictures(db: Db) {
	return db.selectFrom('media').select(['id', 'path', 'name', 'width', 'height']).where('mime', 'like', 'image/%')
}

/** Names of authors in every language. */
export async function listAuthorNames(db: Db, ids: number[]) {
	if (ids.length === 0) return []
	return db.selectFrom('author_names').select(['author_id', 'locale', 'name']).where('author_id', 'in', ids).execute()
}
