import type { Trx } from '../db/schema.ts'
import { freeSlug, slugFrom } from '../posts/slug.ts'
import { storeTerm } from './queries.ts'

/** The ids of the tags with these names in a language; those that are missing are made. */
export async function tagsNamed(trx: Trx, locale: string, names: string[]): Promise<number[]> {
	const ids: number[] = []
	for (const name of names) ids.push((await findTag(trx, locale, name)) ?? (await makeTag(trx, locale, name)))
	return ids
}

/** By its name, or by a slug made of it: «Книги» and «книги» are one. */
async function findTag(trx: Trx, locale: string, name: string): Promise<number | undefined> {
	const row = await trx
		.selectFrom('term_names')
		.select('term_id')
		.where('kind', '=', 'tag')
		.where('locale', '=', locale)
		.where((eb) => eb.or([eb('name', '=', name), eb('slug', '=', slugFrom(name) || name)]))
		.executeTakeFirst()
	return row?.term_id
}

async function makeTag(trx: Trx, locale: string, name: string): Promise<number> {
	const slug = await freeSlug(slugFrom(name) || 'tag', async (wish) => {
		const taken = trx.selectFrom('term_names').select('term_id').where('kind', '=', 'tag').where('locale', '=', locale)
		return (await taken.where('slug', '=', wish).executeTakeFirst()) !== undefined
	})
	return storeTerm(trx, { kind: 'tag', names: [{ locale, name, slug }] })
}
