import type { Insertable } from 'kysely'
import { chunks } from '../../db/chunks.ts'
import type { CommentsTable, Db, PostKind, PostsTable, Schema, TermKind, Trx } from '../../db/schema.ts'
import { redirectKey } from './addresses.ts'

export type ImportRow = Schema['imports']
export type NewPost = Insertable<PostsTable>
export type NewComment = Insertable<CommentsTable>
export type RedirectRow = Schema['redirects']

/** What was imported from a site before, of some kinds: from the key to our id. */
export async function readImports(db: Db, site: string, kind: string, keys?: string[]): Promise<Map<string, number>> {
	const found = new Map<string, number>()
	for (const some of keys ? chunks(keys) : [undefined]) {
		let query = db.selectFrom('imports').select(['key', 'id']).where('site', '=', site).where('kind', '=', kind)
		if (some) query = query.where('key', 'in', some)
		for (const { key, id } of await query.execute()) found.set(key, id)
	}
	return found
}

/** The translations of posts: what old addresses lead to. */
export async function readTranslationsOf(db: Db, postIds: number[]) {
	const rows = []
	for (const some of chunks(postIds)) {
		const query = db
			.selectFrom('translations')
			.select(['id', 'post_id', 'kind', 'locale', 'slug', 'year', 'month', 'status', 'published_at'])
		rows.push(...(await query.where('post_id', 'in', some).orderBy('id').execute()))
	}
	return rows
}

export type StoredTranslation = Awaited<ReturnType<typeof readTranslationsOf>>[number]

/** What links to uploads stand in, of all translations of some posts. */
export async function readTextsOf(db: Db, postIds: number[]) {
	const rows = []
	for (const some of chunks(postIds)) {
		const query = db
			.selectFrom('translations')
			.select(['id', 'post_id', 'revision', 'title', 'source', 'manual_excerpt', 'html', 'excerpt'])
		rows.push(...(await query.where('post_id', 'in', some).orderBy('id').execute()))
	}
	return rows
}

/** Puts other texts in their place, unless somebody has changed them meanwhile; tells whether it did. */
export async function updateTexts(
	trx: Trx,
	{ id, revision }: { id: number; revision: number },
	texts: { source: string; manual_excerpt: string; html: string; excerpt: string },
): Promise<boolean> {
	const query = trx.updateTable('translations').set(texts).where('id', '=', id).where('revision', '=', revision)
	return (await query.executeTakeFirst()).numUpdatedRows > 0n
}

/** Gives a post its picture, unless it has one; tells whether it did. */
export async function setCover(trx: Trx, id: number, coverId: number): Promise<boolean> {
	const query = trx.updateTable('posts').set({ cover_id: coverId }).where('id', '=', id).where('cover_id', 'is', null)
	return (await query.executeTakeFirst()).numUpdatedRows > 0n
}

/** Every slug in use as `kind/locale/slug`, and every guid. */
export async function readTakenNames(db: Db): Promise<{ slugs: Set<string>; guids: Set<string> }> {
	const rows = await db.selectFrom('translations').select(['kind', 'locale', 'slug', 'guid']).execute()
	return {
		slugs: new Set(rows.map(({ kind, locale, slug }) => `${kind}/${locale}/${slug}`)),
		guids: new Set(rows.map(({ guid }) => guid)),
	}
}

/** Authors by slug and e-mail, to be met again. */
export async function readAuthors(db: Db) {
	return db.selectFrom('authors').select(['id', 'slug', 'email']).execute()
}

/** Stores an author with one name in all languages. */
export async function insertAuthor(
	trx: Trx,
	author: Insertable<Schema['authors']>,
	names: { locale: string; name: string }[],
): Promise<number> {
	const { id } = await trx.insertInto('authors').values(author).returning('id').executeTakeFirstOrThrow()
	await insertMany(names, (some) =>
		trx
			.insertInto('author_names')
			.values(some.map((name) => ({ ...name, author_id: id })))
			.execute(),
	)
	return id
}

/** The term that a slug names in a language. */
export async function findTermId(
	db: Db,
	{ kind, locale, slug }: { kind: TermKind; locale: string; slug: string },
): Promise<number | undefined> {
	const row = await db
		.selectFrom('term_names')
		.select('term_id')
		.where('kind', '=', kind)
		.where('locale', '=', locale)
		.where('slug', '=', slug)
		.executeTakeFirst()
	return row?.term_id
}

/** The names a term has, by language. */
export async function readTermNames(db: Db, termId: number) {
	return db.selectFrom('term_names').select(['locale', 'slug']).where('term_id', '=', termId).execute()
}

/** Stores a term without names. */
export async function insertTerm(trx: Trx, kind: TermKind): Promise<number> {
	const { id } = await trx
		.insertInto('terms')
		.values({ kind, parent_id: null })
		.returning('id')
		.executeTakeFirstOrThrow()
	return id
}

/** Names a term in a language. */
export async function insertTermName(trx: Trx, name: Insertable<Schema['term_names']>): Promise<void> {
	await trx
		.insertInto('term_names')
		.values(name)
		.onConflict((c) => c.doNothing())
		.execute()
}

/** Puts a term under another, unless it is under one already. */
export async function setTermParent(trx: Trx, id: number, parentId: number): Promise<void> {
	await trx
		.updateTable('terms')
		.set({ parent_id: parentId })
		.where('id', '=', id)
		.where('parent_id', 'is', null)
		.execute()
}

/** Puts a page under another, unless it is under one already. */
export async function setPostParent(trx: Trx, id: number, parentId: number): Promise<void> {
	await trx
		.updateTable('posts')
		.set({ parent_id: parentId })
		.where('id', '=', id)
		.where('parent_id', 'is', null)
		.execute()
}

/** Stores what belongs to posts and translations, many rows at once; what is there already stays. */
export async function insertRows(
	trx: Trx,
	rows: {
		postTerms: Schema['post_terms'][]
		oldSlugs: { kind: PostKind; locale: string; slug: string; translation_id: number }[]
		enclosures: Insertable<Schema['enclosures']>[]
		imports: ImportRow[]
	},
): Promise<void> {
	await insertMany(rows.postTerms, (some) => ignoring(trx.insertInto('post_terms').values(some)))
	await insertMany(rows.oldSlugs, (some) => ignoring(trx.insertInto('old_slugs').values(some)))
	await insertMany(rows.enclosures, (some) => ignoring(trx.insertInto('enclosures').values(some)))
	await insertImports(trx, rows.imports)
}

/** Remembers what was taken. */
export async function insertImports(trx: Trx, rows: ImportRow[]): Promise<void> {
	await insertMany(rows, (some) => ignoring(trx.insertInto('imports').values(some)))
}

/** Stores old addresses, the first to claim one keeps it; gives how many are new. */
export async function insertRedirects(trx: Trx, rows: RedirectRow[]): Promise<number> {
	let count = 0
	// An address that is the same here leads nowhere else.
	const moved = rows.filter(({ path, target }) => target === null || redirectKey(target) !== path)
	await insertMany(moved, async (some) => {
		const results = await trx
			.insertInto('redirects')
			.values(some)
			.onConflict((c) => c.doNothing())
			.execute()
		for (const { numInsertedOrUpdatedRows } of results) count += Number(numInsertedOrUpdatedRows ?? 0)
	})
	return count
}

/** Which of these comment numbers are in use. */
export async function readTakenComments(trx: Trx, ids: number[]): Promise<Set<number>> {
	const taken = new Set<number>()
	for (const some of chunks(ids)) {
		const rows = await trx.selectFrom('comments').select('id').where('id', 'in', some).execute()
		for (const { id } of rows) taken.add(id)
	}
	return taken
}

/** Which of these posts have responses. */
export async function readDiscussed(trx: Trx, postIds: number[]): Promise<Set<number>> {
	const discussed = new Set<number>()
	for (const some of chunks(postIds)) {
		const query = trx.selectFrom('comments').select('post_id').distinct().where('post_id', 'in', some)
		for (const { post_id } of await query.execute()) discussed.add(post_id)
	}
	return discussed
}

/** Stores a comment whose old number is taken, and gives its new one. */
export async function insertUnnumberedComment(trx: Trx, row: NewComment): Promise<number> {
	const { id } = await trx.insertInto('comments').values(row).returning('id').executeTakeFirstOrThrow()
	return id
}

/** Stores comments with the numbers they have. */
export async function insertNumberedComments(trx: Trx, rows: NewComment[]): Promise<void> {
	await insertMany(rows, (some) => trx.insertInto('comments').values(some).execute())
}

/** The id that a stored post belongs to, kept by an update where a group gets a sticky sibling. */
export async function updatePost(trx: Trx, id: number, changes: Partial<NewPost>): Promise<void> {
	await trx.updateTable('posts').set(changes).where('id', '=', id).execute()
}

/** Languages whose title or tagline is set. */
export async function readSettingLocales(db: Db, key: string): Promise<Set<string>> {
	const rows = await db.selectFrom('settings').select('locale').where('key', '=', key).execute()
	return new Set(rows.map(({ locale }) => locale))
}

async function insertMany<T>(rows: T[], insert: (some: T[]) => Promise<unknown>): Promise<void> {
	for (const some of chunks(rows)) await insert(some)
}

function ignoring(query: {
	onConflict(build: (c: { doNothing(): unknown }) => unknown): { execute(): Promise<unknown> }
}): Promise<unknown> {
	return query.onConflict((c) => c.doNothing()).execute()
}
