import type { TermKind, Trx } from '../db/schema.ts'
import { freeSlug, slugFrom } from '../posts/slug.ts'
import { storeTerm } from './queries.ts'

/** One term's name in each language it is named in, the first to be found by first. */
export type Names = { locale: string; name: string }[]

/** The ids of the tags with these names in a language; those that are missing are made. */
export function tagsNamed(trx: Trx, locale: string, names: string[]): Promise<number[]> {
	return termsNamed(
		trx,
		'tag',
		names.map((name) => [{ locale, name }]),
	)
}

/** The ids of terms with these names; those that are missing are made, and names that one lacks are added. */
export async function termsNamed(trx: Trx, kind: TermKind, wanted: Names[]): Promise<number[]> {
	const ids: number[] = []
	for (const names of wanted) ids.push((await known(trx, kind, names)) ?? (await make(trx, kind, names)))
	return ids
}

async function known(trx: Trx, kind: TermKind, names: Names): Promise<number | undefined> {
	for (const { locale, name } of names) {
		const id = await find(trx, kind, locale, name)
		if (id === undefined) continue
		await addNames(trx, kind, id, names)
		return id
	}
	return undefined
}

/** By its name, or by a slug made of it: «Книги» and «книги» are one. */
async function find(trx: Trx, kind: TermKind, locale: string, name: string): Promise<number | undefined> {
	const row = await trx
		.selectFrom('term_names')
		.select('term_id')
		.where('kind', '=', kind)
		.where('locale', '=', locale)
		.where((eb) => eb.or([eb('name', '=', name), eb('slug', '=', slugFrom(name) || name)]))
		.executeTakeFirst()
	return row?.term_id
}

async function addNames(trx: Trx, kind: TermKind, id: number, names: Names): Promise<void> {
	const rows = await trx.selectFrom('term_names').select('locale').where('term_id', '=', id).execute()
	const missing = names.filter(({ locale }) => !rows.some((row) => row.locale === locale))
	for (const name of await withSlugs(trx, kind, missing)) {
		await trx
			.insertInto('term_names')
			.values({ term_id: id, kind, ...name })
			.execute()
	}
}

async function make(trx: Trx, kind: TermKind, names: Names): Promise<number> {
	return storeTerm(trx, { kind, names: await withSlugs(trx, kind, names) })
}

/** Names with slugs that are free. */
async function withSlugs(trx: Trx, kind: TermKind, names: Names) {
	const slugs = names.map(({ locale, name }) =>
		freeSlug(slugFrom(name) || kind, async (wish) => {
			const taken = trx.selectFrom('term_names').select('term_id').where('kind', '=', kind)
			return (await taken.where('locale', '=', locale).where('slug', '=', wish).executeTakeFirst()) !== undefined
		}),
	)
	return Promise.all(slugs.map(async (slug, index) => ({ ...names[index]!, slug: await slug })))
}
