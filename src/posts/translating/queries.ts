import type { Db, Trx } from '../../db/schema.ts'
import type { Pair } from './memory.ts'

/** How far a translation is. */
export interface Progress {
	/** Which paragraphs belong together. */
	pairs: Pair[]
	/** Names of changes of its source that have been seen to. */
	ticks: string[]
	/** How many paragraphs of its source it doesn't have. */
	untranslated: number
}

/** How far a translation is; nothing is known of one that was never saved beside its source. */
export async function readProgress(db: Db, translationId: number): Promise<Progress> {
	const row = await db
		.selectFrom('translating')
		.selectAll()
		.where('translation_id', '=', translationId)
		.executeTakeFirst()
	if (!row) return { pairs: [], ticks: [], untranslated: 0 }
	return { pairs: JSON.parse(row.pairs), ticks: JSON.parse(row.ticks), untranslated: row.untranslated }
}

/** Remembers how far a translation is. */
export async function keepProgress(trx: Trx, translationId: number, progress: Progress): Promise<void> {
	const { pairs, ticks, untranslated } = progress
	const row = { pairs: JSON.stringify(pairs), ticks: JSON.stringify(ticks), untranslated }
	await trx
		.insertInto('translating')
		.values({ translation_id: translationId, ...row })
		.onConflict((c) => c.column('translation_id').doUpdateSet(row))
		.execute()
}

/** A text that was written on elsewhere: what it lacks isn't known any more. */
export async function forgetUntranslated(trx: Trx, translationId: number): Promise<void> {
	await trx.updateTable('translating').set({ untranslated: 0 }).where('translation_id', '=', translationId).execute()
}

/** The pictures that translations show, with what they show in these languages, by their number. */
export async function listShown(db: Db, translationIds: number[], locales: string[]) {
	const rows = await db
		.selectFrom('media as m')
		.leftJoin('media_texts as x', (join) => join.onRef('x.media_id', '=', 'm.id').on('x.locale', 'in', locales))
		.select(['m.id', 'm.path', 'm.name', 'm.author_id', 'x.locale', 'x.alt'])
		.where('m.mime', 'like', 'image/%')
		.where('m.id', 'in', (eb) =>
			eb.selectFrom('media_uses').select('media_id').where('translation_id', 'in', translationIds),
		)
		.orderBy('m.id')
		.limit(MOST_PICTURES * locales.length)
		.execute()
	return Map.groupBy(rows, ({ id }) => id)
}

const MOST_PICTURES = 500

/** The terms of a post with their names in all languages. */
export async function listNamesOfTerms(db: Db, postId: number) {
	return db
		.selectFrom('post_terms as p')
		.leftJoin('term_names as n', 'n.term_id', 'p.term_id')
		.select(['p.term_id', 'n.locale', 'n.name'])
		.where('p.post_id', '=', postId)
		.orderBy('p.term_id')
		.execute()
}
