import type { Db, Time } from '../../db/schema.ts'

/** Which form of whom. */
export interface Place {
	authorId: number
	/** The key of the form. */
	place: string
	locale: string
}

/** What someone has typed and not saved. */
export type Unsaved = NonNullable<Awaited<ReturnType<typeof findUnsaved>>>

/** Keeps what a form holds in place of what was kept of it before; `postId` is missing for a new post. */
export async function keepUnsaved(
	db: Db,
	{ authorId, place, locale }: Place,
	{ postId, form, now }: { postId?: number; form: string; now: Time },
): Promise<void> {
	await db
		.insertInto('autosaves')
		.values({ author_id: authorId, place, locale, post_id: postId ?? null, form, saved_at: now })
		.onConflict((c) => c.columns(['author_id', 'place', 'locale']).doUpdateSet({ form, saved_at: now }))
		.execute()
}

/** What a form held when it was last kept. */
export async function findUnsaved(db: Db, { authorId, place, locale }: Place) {
	return db
		.selectFrom('autosaves')
		.select(['place', 'locale', 'form', 'saved_at'])
		.where('author_id', '=', authorId)
		.where('place', '=', place)
		.where('locale', '=', locale)
		.executeTakeFirst()
}

/** What someone has typed into a post in a language, or into new ones, and hasn't saved; the last first. */
export async function listUnsaved(
	db: Db,
	{ authorId, postId, locale }: { authorId: number; postId?: number; locale: string },
	limit: number,
): Promise<Unsaved[]> {
	return db
		.selectFrom('autosaves')
		.select(['place', 'locale', 'form', 'saved_at'])
		.where('author_id', '=', authorId)
		.where('locale', '=', locale)
		.where('post_id', postId === undefined ? 'is' : '=', postId ?? null)
		.orderBy('saved_at', 'desc')
		.limit(limit)
		.execute()
}

/** Forgets what was kept of a form. */
export async function dropUnsaved(db: Db, { authorId, place, locale }: Place): Promise<void> {
	await db
		.deleteFrom('autosaves')
		.where('author_id', '=', authorId)
		.where('place', '=', place)
		.where('locale', '=', locale)
		.execute()
}

/** Forgets what nobody came back to. */
export async function dropUnsavedBefore(db: Db, before: Time): Promise<void> {
	await db.deleteFrom('autosaves').where('saved_at', '<', before).execute()
}

/** Who else has typed into a text since a moment; their ids. */
export async function listWriters(db: Db, postId: number, locale: string, since: Time): Promise<number[]> {
	const rows = await db
		.selectFrom('autosaves')
		.select('author_id')
		.where('post_id', '=', postId)
		.where('locale', '=', locale)
		.where('saved_at', '>', since)
		.distinct()
		.limit(20)
		.execute()
	return rows.map((row) => row.author_id)
}
