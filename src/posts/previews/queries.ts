import type { Db, Time } from '../../db/schema.ts'

/** A link by which a draft may be read. */
export interface Preview {
	token: string
	translation_id: number
	author_id: number | null
	expires_at: Time
}

/** Makes a link. */
export async function insertPreview(db: Db, preview: Preview): Promise<void> {
	await db.insertInto('previews').values(preview).execute()
}

/** The translation that a link shows now. */
export async function findPreviewed(db: Db, token: string, now: Time): Promise<number | undefined> {
	const row = await db
		.selectFrom('previews')
		.select('translation_id')
		.where('token', '=', token)
		.where('expires_at', '>', now)
		.executeTakeFirst()
	return row?.translation_id
}

/** The links of a translation that haven't ended, the youngest first. */
export async function listPreviews(db: Db, translationId: number, now: Time): Promise<Preview[]> {
	return db
		.selectFrom('previews')
		.selectAll()
		.where('translation_id', '=', translationId)
		.where('expires_at', '>', now)
		.orderBy('expires_at', 'desc')
		.limit(20)
		.execute()
}

/** Ends a link of a translation. */
export async function deletePreview(db: Db, translationId: number, token: string): Promise<void> {
	await db.deleteFrom('previews').where('translation_id', '=', translationId).where('token', '=', token).execute()
}

/** Forgets links that have ended. */
export async function deleteEndedPreviews(db: Db, now: Time): Promise<void> {
	await db.deleteFrom('previews').where('expires_at', '<=', now).execute()
}
