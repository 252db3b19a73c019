import { sql } from 'kysely'
import type { Db, Trx } from '../../db/schema.ts'
import type { Redirect } from './rules.ts'

/** Redirects whose path or target holds some letters, by path; with the translations that imported ones lead to. */
export async function listRedirects(db: Db, letters: string, { limit, offset }: { limit: number; offset: number }) {
	return filtered(db, letters)
		.leftJoin('translations as t', 't.id', 'r.translation_id')
		.select(['r.path', 'r.target', 't.kind', 't.locale', 't.slug', 't.year', 't.month'])
		.orderBy('r.path')
		.limit(limit)
		.offset(offset)
		.execute()
}

/** How many there are. */
export async function countRedirects(db: Db, letters: string): Promise<number> {
	const { count } = await filtered(db, letters)
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.executeTakeFirstOrThrow()
	return Number(count)
}

/** Where redirects that were made by hand lead, by path. */
export async function readTargets(db: Db): Promise<Map<string, string>> {
	const rows = await db.selectFrom('redirects').select(['path', 'target']).where('target', 'is not', null).execute()
	return new Map(rows.map(({ path, target }) => [path, target!]))
}

/** Whether a text, in whatever state, has this address. */
export async function isText(db: Db, locale: string, kind: 'post' | 'page', slug: string): Promise<boolean> {
	const found = db.selectFrom('translations').select('id').where('kind', '=', kind)
	return (await found.where('locale', '=', locale).where('slug', '=', slug).executeTakeFirst()) !== undefined
}

/** Whether a category or a tag has this address. */
export async function isTerm(db: Db, locale: string, kind: 'category' | 'tag', slug: string): Promise<boolean> {
	const found = db.selectFrom('term_names').select('term_id').where('kind', '=', kind)
	return (await found.where('locale', '=', locale).where('slug', '=', slug).executeTakeFirst()) !== undefined
}

/** Stores a redirect, in place of another one of the same path. */
export async function storeRedirect(trx: Trx, { path, target }: Redirect): Promise<void> {
	await trx
		.insertInto('redirects')
		.values({ path, target })
		.onConflict((c) => c.column('path').doUpdateSet({ target, translation_id: null }))
		.execute()
}

/** Removes a redirect. */
export async function deleteRedirect(trx: Trx, path: string): Promise<void> {
	await trx.deleteFrom('redirects').where('path', '=', path).execute()
}

function filtered(db: Db, letters: string) {
	const query = db.selectFrom('redirects as r')
	if (letters === '') return query
	const pattern = `%${letters.replace(/[\\%_]/g, '\\$&')}%`
	return query.where(sql<boolean>`(r.path like ${pattern} escape '\\' or r.target like ${pattern} escape '\\')`)
}
