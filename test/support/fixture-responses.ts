import type { Insertable } from 'kysely'
import { insertComment } from '../../src/comments/queries.ts'
import type { CommentsTable, Db } from '../../src/db/schema.ts'
import { at } from './fixtures.ts'

/** The conversation under the conference post: two languages in one thread, mentions, and what readers don't see. */
export async function seedResponses(db: Db, postId: number) {
	const respond = (
		time: string,
		locale: string,
		name: string,
		text: string,
		more: Partial<Insertable<CommentsTable>> = {},
	) =>
		db.transaction().execute((trx) =>
			insertComment(trx, {
				post_id: postId,
				parent_id: null,
				kind: 'comment',
				status: 'approved',
				locale,
				name,
				email: 'reader@example.org',
				format: 'markdown',
				source: text,
				html: `<p>${text}</p>`,
				author_id: null,
				created_at: at(time),
				...more,
			}),
		)
	const first = await respond('2025-02-26T10:00Z', 'ru', 'Вера', 'Спасибо за рассказ!')
	const reply = await respond('2025-02-26T11:00Z', 'en', 'John', 'Was it recorded?', { parent_id: first })
	return {
		/** In Russian, by Вера. */
		first,
		/** In English, by John, to the first. */
		reply,
		/** In Russian, by Вера, to the reply. */
		answer: await respond('2025-02-26T12:00Z', 'ru', 'Вера', 'Да, запись обещали.', { parent_id: reply }),
		pingback: await respond('2025-02-27T09:00Z', 'ru', 'Соседний блог', '…были на конференции…', {
			kind: 'pingback',
			url: 'https://sosed.example/post',
			email: '',
		}),
		englishPingback: await respond('2025-02-28T09:00Z', 'en', 'Another blog', '…a conference in Moscow…', {
			kind: 'pingback',
			url: 'https://another.example/post',
			email: '',
		}),
		held: await respond('2025-03-01T09:00Z', 'ru', 'Новенький', 'Ещё не одобрено.', { status: 'held' }),
		spam: await respond('2025-03-02T09:00Z', 'en', 'Seller', 'Buy now.', { status: 'spam' }),
	}
}
