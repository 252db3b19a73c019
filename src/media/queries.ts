import type { Insertable, Selectable } from 'kysely'
import type { Db, Schema, Trx } from '../db/schema.ts'

export type Media = Selectable<Schema['media']>

/** Remembers a stored file, and tells whether it is new; one that is known by its path is given as it is. */
export async function insertMedia(
	db: Db,
	media: Insertable<Schema['media']>,
): Promise<{ media: Media; isNew: boolean }> {
	const added = await db
		.insertInto('media')
		.values(media)
		.onConflict((c) => c.column('path').doNothing())
		.returningAll()
		.executeTakeFirst()
	if (added) return { media: added, isNew: true }
	const known = await db.selectFrom('media').selectAll().where('path', '=', media.path).executeTakeFirstOrThrow()
	return { media: known, isNew: false }
}

/** The pictures among these storage paths, with what they show in the words of a language. */
export async function listPictures(db: Db, paths: string[], locale: string) {
	if (paths.length === 0) return []
	return db
		.selectFrom('media as m')
		.leftJoin('media_texts as t', (join) => join.onRef('t.media_id', '=', 'm.id').on('t.locale', '=', locale))
		.select(['m.path', 'm.width', 'm.height', 'm.widths', 't.alt'])
		.where('m.path', 'in', paths)
		.where('m.width', 'is not', null)
		.where('m.height', 'is not', null)
		.$narrowType<{ width: number; height: number }>()
		.execute()
}

/** A stored file. */
export async function findMedia(db: Db, id: number): Promise<Media | undefined> {
	return db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Remembers which smaller versions of a picture there are, and tells whether it is still there. */
export async function setWidths(trx: Trx, id: number, widths: number[]): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('media')
		.set({ widths: widths.join(',') })
		.where('id', '=', id)
		.executeTakeFirst()
	return numUpdatedRows > 0n
}

/** Whether a file is remembered under a path. */
export async function isKept(db: Db, path: string): Promise<boolean> {
	const row = await db.selectFrom('media').select('id').where('path', '=', path).executeTakeFirst()
	return row !== undefined
}
