import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Db, TermKind, Time, Trx } from '../db/schema.ts'
import { bumpPosts } from '../db/versions.ts'
import { countListed } from '../posts/listing-queries.ts'
import { withDescendants } from './tree.ts'

/** A term in one language. */
export interface TermName {
	locale: string
	name: string
	slug: string
	description?: string
}

/** A term to be stored. */
export interface NewTerm {
	kind: TermKind
	parentId?: number
	names: TermName[]
}

/** Stores a term with its names and gives its id. */
export async function createTerm(db: Db, term: NewTerm): Promise<number> {
	return db.transaction().execute(async (trx) => {
		const id = await storeTerm(trx, term)
		await bumpPosts(
			trx,
			term.names.map(({ locale }) => locale),
		)
		return id
	})
}

/** The same in a transaction that tells of the change itself. */
export async function storeTerm(trx: Trx, { kind, parentId, names }: NewTerm): Promise<number> {
	const { id } = await trx
		.insertInto('terms')
		.values({ kind, parent_id: parentId ?? null })
		.returning('id')
		.executeTakeFirstOrThrow()
	await insertNames(trx, id, kind, names)
	return id
}

/** All names of the term that this slug names: in `locale` when given, else in any language. */
export async function findTermNames(db: Db, kind: TermKind, slug: string, locale?: string) {
	let query = db
		.selectFrom('term_names as found')
		.innerJoin('term_names as name', 'name.term_id', 'found.term_id')
		.select(['name.term_id', 'name.locale', 'name.name', 'name.slug', 'name.description'])
		.where('found.kind', '=', kind)
		.where('found.slug', '=', slug)
	if (locale) query = query.where('found.locale', '=', locale)
	return query.limit(100).execute()
}

/** Every term of a kind with its parent. */
export async function listParents(db: Db, kind: TermKind) {
	return db.selectFrom('terms').select(['id', 'parent_id']).where('kind', '=', kind).execute()
}

/** Terms of posts as a language names them. */
export async function listTermsOf(db: Db, postIds: number[], locale: string) {
	return postIds.length === 0 ? [] : termsOf(db, { postIds, locale })
}

const termsOf = prepared((db, { postIds, locale }: { postIds: number[]; locale: string }) =>
	db
		.selectFrom('post_terms as pt')
		.innerJoin('term_names as n', 'n.term_id', 'pt.term_id')
		.select(['pt.post_id', 'n.term_id', 'n.kind', 'n.name', 'n.slug'])
		.where('pt.post_id', 'in', postIds)
		.where('n.locale', '=', locale),
)

/** Terms by their numbers, as a language names them. */
export async function listTermsNamed(db: Db, ids: number[], locale: string) {
	if (ids.length === 0) return []
	const names = db.selectFrom('term_names').select(['term_id', 'kind', 'name', 'slug'])
	return names.where('term_id', 'in', ids).where('locale', '=', locale).execute()
}

/** Every term of a language with its parent and the number of visible posts under it and all below it. */
export async function listTermsWithCounts(db: Db, locale: string, now: Time) {
	const rows = await db
		.selectFrom('term_names as n')
		.innerJoin('terms', 'terms.id', 'n.term_id')
		.select(['n.term_id as id', 'n.kind', 'n.name', 'n.slug', 'terms.parent_id'])
		.select((eb) =>
			eb
				.selectFrom('listings as l')
				.where('l.list', '=', sql<string>`'term ' || n.term_id`)
				.where('l.locale', '=', locale)
				.where('l.published_at', '<=', now)
				.select((eb) => eb.fn.countAll<number>().as('count'))
				.as('count'),
		)
		.where('n.locale', '=', locale)
		.execute()
	const parents = await listAllParents(db)
	const isParent = new Set(parents.map(({ parent_id }) => parent_id))
	const terms = rows.map(async ({ count, ...row }) => ({
		...row,
		// A post may be under several of them, and counts once.
		count: isParent.has(row.id)
			? await countListed(db, { locale, now, terms: withDescendants(parents, row.id) })
			: Number(count ?? 0),
	}))
	return Promise.all(terms)
}

async function listAllParents(db: Db) {
	return db.selectFrom('terms').select(['id', 'parent_id']).where('parent_id', 'is not', null).execute()
}

async function insertNames(trx: Trx, termId: number, kind: TermKind, names: TermName[]): Promise<void> {
	if (names.length === 0) return
	await trx
		.insertInto('term_names')
		.values(names.map((name) => ({ ...name, term_id: termId, kind })))
		.execute()
}
