import type { Db, Time, Trx } from '../db/schema.ts'
import { enqueue } from '../jobs/queries.ts'
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

/** Notes a change of how an author signs in, and writes to them of it, to the mailbox they have before the change. */
export async function auditDoor(trx: Trx, change: Change & { authorId: number }): Promise<void> {
	await audit(trx, change)
	const query = trx.selectFrom('authors').select('email').where('id', '=', change.authorId)
	const to = (await query.where('password_hash', 'is not', null).executeTakeFirst())?.email
	const { authorId: author, action, now: since } = change
	if (to) await enqueue(trx, 'mail.door', { author, to, action, since })
}

/** A page of the log, the newest first; `present` is what whoever did it is called now, in a language. */
export async function listChanges(db: Db, { page, size, locale }: { page: number; size: number; locale: string }) {
	const rows = await db
		.selectFrom('audit as l')
		.leftJoin('author_names as n', (join) => join.onRef('n.author_id', '=', 'l.author_id').on('n.locale', '=', locale))
		.selectAll('l')
		.select('n.name as present')
		.orderBy('l.id', 'desc')
		.limit(size)
		.offset((page - 1) * size)
		.execute()
	const { count } = await db
		.selectFrom('audit')
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.executeTakeFirstOrThrow()
	return { rows, count: Number(count) }
}

/** Forgets what was noted before a moment, and all but the newest `most`; failures to sign in have a bound of their own. */
export async function trimChanges(
	db: Db,
	{ before, most, failures }: { before: Time; most: number; failures: number },
): Promise<void> {
	await db.deleteFrom('audit').where('created_at', '<', before).execute()
	await deleteAllBut(db, most)
	await deleteAllBut(db, failures, ['sign-in-failed', 'second-failed'])
}

async function deleteAllBut(db: Db, most: number, actions?: Action[]): Promise<void> {
	let newest = db.selectFrom('audit').select('id').orderBy('id', 'desc').limit(1).offset(most)
	if (actions) newest = newest.where('action', 'in', actions)
	const last = await newest.executeTakeFirst()
	if (!last) return
	const old = db.deleteFrom('audit').where('id', '<=', last.id)
	await (actions ? old.where('action', 'in', actions) : old).execute()
}
