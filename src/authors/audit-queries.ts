import type { Db, Time, Trx } from '../db/schema.ts'
import type { Action } from './actions.ts'

/** A change by an author, or an attempt to sign in. */
export interface Change {
	/** Missing when nobody is signed in. */
	authorId?: number
	action: Action
	/** Where what changed is found: a path below `/admin/`, such as `posts/12/ru/`. */
	subject?: string
	/** What it is called, for when it is gone. */
	name?: string
	now: Time
}

const LONGEST_NAME = 200

/**
 * Notes who changed what, in the transaction of the change.
 * @example await audit(trx, { authorId: author.id, action: 'post-trashed', subject: 'posts/12/ru/', name: title, now })
 */
export async function audit(trx: Db | Trx, { authorId, action, subject = '', name = '', now }: Change): Promise<void> {
	await trx
		.insertInto('audit')
		.values((eb) => ({
			author_id: authorId ?? null,
			author_name: eb.fn.coalesce(
				eb
					.selectFrom('author_names')
					.select('name')
					.where('author_id', '=', authorId ?? null)
					.orderBy('locale')
					.limit(1),
				eb.val(''),
			),
			action,
			subject,
			name: name.slice(0, LONGEST_NAME),
			created_at: now,
		}))
		.execute()
}
