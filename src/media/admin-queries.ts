import { sql } from 'kysely'
import type { Db, Trx } from '../db/schema.ts'
import type { MediaKind } from './kinds.ts'

/** Which uploads: of one author or all, of one kind or all, with words in their name (folded). */
export interface Which {
	author?: number
	kind?: MediaKind
	words?: string
}

/** Uploads, the newest first. */
export async function listMedia(db: Db, which: Which, { limit, offset }: { limit: number; offset: number }) {
	return chosen(db, which)
		.selectAll()
		.orderBy('created_at', 'desc')
		.orderBy('id', 'desc')
		.limit(limit)
		.offset(offset)
		.execute()
}

/** How many there are. */
export async function countMedia(db: Db, which: Which): Promise<number> {
	const { count } = await chosen(db, which)
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.executeTakeFirstOrThrow()
	return Number(count)
}

const FAMILIES = { picture: 'image/%', audio: 'audio/%', video: 'video/%' }

function chosen(db: Db, { author, kind, words = '' }: Which) {
	let query = db.selectFrom('media')
	if (author !== undefined) query = query.where('author_id', '=', author)
	if (kind === 'document') for (const family of Object.values(FAMILIES)) query = query.where('mime', 'not like', family)
	else if (kind) query = query.where('mime', 'like', FAMILIES[kind])
	for (const word of words.split(' ').filter((one) => one !== '')) {
		query = query.where(sql<boolean>`words like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`)
	}
	return query
}

/** What an upload shows, in every language that says it. */
export async function listTexts(db: Db, mediaId: number) {
	return db.selectFrom('media_texts').select(['locale', 'alt']).where('media_id', '=', mediaId).execute()
}

/** Says what an upload shows in a language. */
export async function putText(trx: Trx, mediaId: number, locale: string, alt: string): Promise<void> {
	await trx
		.insertInto('media_texts')
		.values({ media_id: mediaId, locale, alt })
		.onConflict((c) => c.columns(['media_id', 'locale']).doUpdateSet({ alt }))
		.execute()
}

/** Gives an upload another name. */
export async function renameMedia(trx: Trx, id: number, named: { name: string; words: string }): Promise<void> {
	await trx.updateTable('media').set(named).where('id', '=', id).execute()
}

/** The texts that show or link an upload, and those of the posts that have it for a cover; the newest first. */
export async function listUses(db: Db, mediaId: number) {
	return db
		.selectFrom('translations as t')
		.innerJoin('posts as p', 'p.id', 't.post_id')
		.leftJoin('media_uses as u', (join) => join.onRef('u.translation_id', '=', 't.id').on('u.media_id', '=', mediaId))
		.select(['t.id', 't.post_id', 't.locale', 't.title', 't.status', 't.published_at', 'p.cover_id'])
		.select('u.media_id as used')
		.where((eb) => eb.or([eb('p.cover_id', '=', mediaId), eb('u.media_id', '=', mediaId)]))
		.orderBy('t.id', 'desc')
		.execute()
}

/** Forgets an upload: texts that show it stay as they are, posts lose it as their cover. */
export async function deleteMedia(trx: Trx, id: number): Promise<void> {
	await trx.deleteFrom('media').where('id', '=', id).execute()
}
