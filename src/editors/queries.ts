import type { Db, PostKind, Status, TermKind } from '../db/schema.ts'

/** Which translations an editor lists. */
export interface Wanted {
	locale: string
	/** Of one author, or of all. */
	author?: number
	kind?: PostKind
	statuses?: Status[]
	limit: number
	offset?: number
}

/** A translation with what it shares, unless it is in the trash. */
export async function findEntry(db: Db, id: number) {
	return entries(db).where('t.id', '=', id).where('t.status', '!=', 'trash').executeTakeFirst()
}

/** The same, trash included: for what is taken out of it. */
export async function findAnyEntry(db: Db, id: number) {
	return entries(db).where('t.id', '=', id).executeTakeFirst()
}

/** The id of the translation of a post in a language. */
export async function findEntryId(db: Db, postId: number, locale: string): Promise<number | undefined> {
	const row = await db
		.selectFrom('translations')
		.select('id')
		.where('post_id', '=', postId)
		.where('locale', '=', locale)
		.executeTakeFirst()
	return row?.id
}

/** Translations of a language, those that were published or written last first. */
export async function listEntries(db: Db, { locale, author, kind = 'post', statuses, limit, offset = 0 }: Wanted) {
	let query = entries(db).where('t.locale', '=', locale).where('t.kind', '=', kind)
	if (author) query = query.where('p.author_id', '=', author)
	query = statuses ? query.where('t.status', 'in', statuses) : query.where('t.status', '!=', 'trash')
	return query
		.orderBy((eb) => eb.fn.coalesce('t.published_at', 't.modified_at'), 'desc')
		.orderBy('t.id', 'desc')
		.limit(limit)
		.offset(offset)
		.execute()
}

/** A translation as editors are told of it. */
export type Entry = NonNullable<Awaited<ReturnType<typeof findEntry>>>

function entries(db: Db) {
	return db
		.selectFrom('translations as t')
		.innerJoin('posts as p', 'p.id', 't.post_id')
		.leftJoin('author_names as n', (join) =>
			join.onRef('n.author_id', '=', 'p.author_id').onRef('n.locale', '=', 't.locale'),
		)
		.selectAll('t')
		.select(['p.author_id', 'p.sticky', 'p.comments_open', 'p.pings_open', 'p.cover_id', 'n.name as author_name'])
}

/** The terms of posts with their names in a language. */
export async function listFiled(db: Db, postIds: number[], locale: string) {
	if (postIds.length === 0) return []
	return db
		.selectFrom('post_terms as pt')
		.innerJoin('terms', 'terms.id', 'pt.term_id')
		.leftJoin('term_names as n', (join) => join.onRef('n.term_id', '=', 'pt.term_id').on('n.locale', '=', locale))
		.select(['pt.post_id', 'terms.id', 'terms.kind', 'terms.parent_id', 'n.name', 'n.slug', 'n.description'])
		.where('pt.post_id', 'in', postIds)
		.orderBy('n.name')
		.orderBy('terms.id')
		.execute()
}

/** The terms of a kind that have a name in a language, by name, with the number of posts under each. */
export async function listTerms(db: Db, kind: TermKind, locale: string) {
	return db
		.selectFrom('terms')
		.innerJoin('term_names as n', 'n.term_id', 'terms.id')
		.leftJoin('post_terms as pt', 'pt.term_id', 'terms.id')
		.where('terms.kind', '=', kind)
		.where('n.locale', '=', locale)
		.groupBy(['terms.id', 'terms.kind', 'terms.parent_id', 'n.name', 'n.slug', 'n.description'])
		.select(['terms.id', 'terms.kind', 'terms.parent_id', 'n.name', 'n.slug', 'n.description'])
		.select((eb) => eb.fn.count<number>('pt.post_id').as('count'))
		.orderBy('n.name')
		.orderBy('terms.id')
		.execute()
}

/** The authors with their names in a language. */
export async function listAuthors(db: Db, locale: string) {
	return db
		.selectFrom('authors as a')
		.innerJoin('author_names as n', 'n.author_id', 'a.id')
		.select(['a.id', 'a.slug', 'n.name'])
		.where('n.locale', '=', locale)
		.orderBy('n.name')
		.orderBy('a.id')
		.execute()
}

/** Pingbacks and trackbacks under a post that readers see, oldest first. */
export async function listPings(db: Db, postId: number) {
	return db
		.selectFrom('comments')
		.select(['name', 'url'])
		.where('post_id', '=', postId)
		.where('kind', 'in', ['pingback', 'trackback'])
		.where('status', '=', 'approved')
		.orderBy('created_at')
		.limit(100)
		.execute()
}
