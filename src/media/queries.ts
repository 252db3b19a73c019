import type { Insertable, Selectable } from 'kysely'
import type { Db, Schema } from '../db/schema.ts'

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

/** Sizes in pixels of the pictures among these storage paths. */
export async function listImageSizes(db: Db, paths: string[]) {
	if (paths.length === 0) return []
	return db
		.selectFrom('media')
		.select(['path', 'width', 'height'])
		.where('path', 'in', paths)
		.where('width', 'is not', null)
		.where('height', 'is not', null)
		.execute()
}
