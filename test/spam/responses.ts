import type { Insertable } from 'kysely'
import { insertComment } from '../../src/comments/queries.ts'
import type { CommentsTable, Db } from '../../src/db/schema.ts'
import { renderComment } from '../../src/markdown/comment.ts'
import { NOW } from '../support/fixtures.ts'

type Fields = Partial<Insertable<CommentsTable>> & { text: string }

/** What a reader says, as it is stored. */
export function statement({ text, name = 'Анна', email = 'reader@example.org', url = '', locale = 'ru' }: Fields) {
	return { kind: 'comment', name, email, url, locale, source: text, html: renderComment(text) } as const
}

/** Stores a response, approved unless said otherwise; gives its number. */
export function respond(db: Db, postId: number, fields: Fields): Promise<number> {
	const { text: _, ...rest } = fields
	const row = {
		post_id: postId,
		status: 'approved',
		format: 'markdown',
		created_at: NOW,
		...statement(fields),
		...rest,
	}
	return db.transaction().execute((trx) => insertComment(trx, row as Insertable<CommentsTable>))
}
