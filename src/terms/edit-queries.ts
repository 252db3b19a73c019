import type { Db, TermKind, Trx } from '../db/schema.ts'
import { bumpPosts } from '../db/versions.ts'
import { termPath } from './paths.ts'
import type { TermName } from './queries.ts'

/** Every term with its names and the number of posts that are under it, published or not. */
export async function listTerms(db: Db) {
	const terms = await db.selectFrom('terms').select(['id', 'kind', 'parent_id']).orderBy('id').execute()
	const names = await db
		.selectFrom('term_names')
		.select(['term_id', 'locale', 'name', 'slug', 'description'])
		.orderBy('locale')
		.execute()
	const counts = await db
		.selectFrom('post_terms')
		.groupBy('term_id')
		.select((eb) => ['term_id', eb.fn.countAll<number>().as('count')])
		.execute()
	const byTerm = Map.groupBy(names, ({ term_id }) => term_id)
	const countOf = new Map(counts.map(({ term_id, count }) => [term_id, Number(count)]))
	return terms.map((term) => ({ ...term, names: byTerm.get(term.id) ?? [], count: countOf.get(term.id) ?? 0 }))
}

/** A term as `listTerms` gives it. */
export type Term = Awaited<ReturnType<typeof listTerms>>[number]

/** Whether another term of this kind has the slug in the language. */
export async function isTermSlugTaken(
	db: Db,
	{ kind, id }: Pick<Term, 'kind' | 'id'>,
	name: TermName,
): Promise<boolean> {
	const row = await db
		.selectFrom('term_names')
		.select('term_id')
		.where('kind', '=', kind)
		.where('locale', '=', name.locale)
		.where('slug', '=', name.slug)
		.where('term_id', '!=', id)
		.executeTakeFirst()
	return row !== undefined
}

/** Gives a term other names in the languages named, and another parent; its old addresses lead to the new ones. */
export async function changeTerm(
	trx: Trx,
	term: Term,
	{ locales, names, parentId }: { locales: string[]; names: TermName[]; parentId: number | null },
): Promise<void> {
	await trx.updateTable('terms').set({ parent_id: parentId }).where('id', '=', term.id).execute()
	await trx.deleteFrom('term_names').where('term_id', '=', term.id).where('locale', 'in', locales).execute()
	await insertNames(trx, term, names)
	for (const { locale, slug } of names) {
		const before = term.names.find((name) => name.locale === locale)
		if (before && before.slug !== slug) await lead(trx, term.kind, locale, before.slug, slug)
	}
	await bumpPosts(trx, localesOf(term, names))
}

/** Puts the posts and the terms of `term` under another one, which takes over the names that it lacks. */
export async function mergeTerms(trx: Trx, term: Term, into: Term): Promise<void> {
	const known = trx.selectFrom('post_terms').select('post_id').where('term_id', '=', into.id)
	await trx
		.updateTable('post_terms')
		.set({ term_id: into.id })
		.where('term_id', '=', term.id)
		.where('post_id', 'not in', known)
		.execute()
	await removeTerm(trx, term, into.id)
	const missing = term.names.filter(({ locale }) => !into.names.some((name) => name.locale === locale))
	await insertNames(trx, into, missing)
	for (const { locale, slug } of term.names) {
		const own = into.names.find((name) => name.locale === locale)
		if (own) await lead(trx, term.kind, locale, slug, own.slug)
	}
	await bumpPosts(trx, localesOf(term, into.names))
}

/** Removes a term; its posts stay, and the terms under it move up to `heir`. */
export async function removeTerm(trx: Trx, term: Term, heir = term.parent_id): Promise<void> {
	// An heir that was under the term moves up too, not under itself.
	await trx
		.updateTable('terms')
		.set({ parent_id: term.parent_id })
		.where('id', '=', heir)
		.where('parent_id', '=', term.id)
		.execute()
	await trx.updateTable('terms').set({ parent_id: heir }).where('parent_id', '=', term.id).execute()
	await trx.deleteFrom('terms').where('id', '=', term.id).execute()
	await bumpPosts(trx, localesOf(term))
}

async function insertNames(trx: Trx, { id, kind }: Pick<Term, 'id' | 'kind'>, names: TermName[]): Promise<void> {
	if (names.length === 0) return
	await trx
		.insertInto('term_names')
		.values(
			names.map(({ locale, name, slug, description }) => ({ term_id: id, kind, locale, name, slug, description })),
		)
		.execute()
}

/** An old address leads to the new one, and so does what led there; the new one leads nowhere else. */
async function lead(trx: Trx, kind: TermKind, locale: string, from: string, to: string): Promise<void> {
	const [before, target] = [from, to].map((slug) => termPath(locale, { kind, slug })) as [string, string]
	const path = decodeURIComponent(before)
	await trx
		.deleteFrom('redirects')
		.where('path', 'in', [path, decodeURIComponent(target)])
		.execute()
	await trx.updateTable('redirects').set({ target }).where('target', '=', before).execute()
	await trx.insertInto('redirects').values({ path, target }).execute()
}

function localesOf(term: Term, names: { locale: string }[] = []): string[] {
	return [...new Set([...term.names, ...names].map(({ locale }) => locale))]
}
