import type { Comment, Db, Time, Trx } from '../db/schema.ts'

/** What was done, ready to be taken back. */
export interface Undo {
	token: string
	author_id: number
	action: string
	/** JSON. */
	changes: string
	created_at: Time
}

/** Keeps what can be taken back. */
export async function insertUndo(trx: Trx, undo: Undo): Promise<void> {
	await trx.insertInto('undos').values(undo).execute()
}

/** What an author may take back by a token. */
export async function findUndo(db: Db, token: string, authorId: number): Promise<Undo | undefined> {
	return db
		.selectFrom('undos')
		.selectAll()
		.where('token', '=', token)
		.where('author_id', '=', authorId)
		.executeTakeFirst()
}

/** The same, once: whoever comes second gets nothing. */
export async function takeUndo(trx: Trx, token: string, authorId: number): Promise<Undo | undefined> {
	return trx
		.deleteFrom('undos')
		.where('token', '=', token)
		.where('author_id', '=', authorId)
		.returningAll()
		.executeTakeFirst()
}

/** Forgets what was done before a moment. */
export async function deleteUndos(db: Db, before: Time): Promise<void> {
	await db.deleteFrom('undos').where('created_at', '<', before).execute()
}

/** Changes a response. */
export async function updateComment(trx: Trx, id: number, changes: Partial<Comment>): Promise<void> {
	await trx.updateTable('comments').set(changes).where('id', '=', id).execute()
}

/** Removes a response that nobody has answered; false when somebody has, or it is gone. */
export async function deleteUnanswered(trx: Trx, id: number): Promise<boolean> {
	const { numDeletedRows } = await trx
		.deleteFrom('comments')
		.where('id', '=', id)
		.where((eb) => eb.not(eb.exists(eb.selectFrom('comments as r').select('r.id').where('r.parent_id', '=', id))))
		.executeTakeFirst()
	return numDeletedRows > 0n
}
