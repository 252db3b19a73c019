import type { Db, Time, Translation, Trx } from '../../db/schema.ts'

/** Who saves, and when. */
export interface Saved {
	authorId?: number
	now: Time
	small?: boolean
}

/** Keeps the state in which a translation was just saved. */
export async function keepRevision(trx: Trx, translation: Translation, { authorId, now, small }: Saved): Promise<void> {
	await trx
		.insertInto('revisions')
		.values({ ...stateOf(translation), author_id: authorId ?? null, saved_at: now, small: small ? 1 : 0 })
		.onConflict((c) => c.doNothing())
		.execute()
}

/** Keeps the state that a change is about to replace, where none has been kept: of an import, say. */
export async function keepEarlier(trx: Trx, translation: Translation): Promise<void> {
	const last = await trx
		.selectFrom('revisions')
		.select('number')
		.where('translation_id', '=', translation.id)
		.limit(1)
		.executeTakeFirst()
	if (!last) await keepRevision(trx, translation, { now: translation.modified_at })
}

function stateOf({ id, revision, title, source, manual_excerpt }: Translation) {
	return { translation_id: id, number: revision, title, source, excerpt: manual_excerpt }
}

const MOST = 500

/** The saved states of a translation without their texts, the last first. */
export async function listRevisions(db: Db, translationId: number) {
	return db
		.selectFrom('revisions')
		.select(['number', 'title', 'author_id', 'saved_at', 'small'])
		.where('translation_id', '=', translationId)
		.orderBy('number', 'desc')
		.limit(MOST)
		.execute()
}

/** A saved state of a translation. */
export async function findRevision(db: Db, translationId: number, number: number) {
	return db
		.selectFrom('revisions')
		.selectAll()
		.where('translation_id', '=', translationId)
		.where('number', '=', number)
		.executeTakeFirst()
}

/** The state a translation was in when its revision was `number`: other counts, of its status, change no text. */
export async function findRevisionAt(db: Db, translationId: number, number: number) {
	return db
		.selectFrom('revisions')
		.selectAll()
		.where('translation_id', '=', translationId)
		.where('number', '<=', number)
		.orderBy('number', 'desc')
		.limit(1)
		.executeTakeFirst()
}
