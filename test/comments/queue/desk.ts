import type { Insertable } from 'kysely'
import { insertComment } from '../../../src/comments/queries.ts'
import type { CommentsTable } from '../../../src/db/schema.ts'
import { type Desk, type DeskBlog, filled, startDesks } from '../../admin/desk.ts'
import type { Database } from '../../support/databases.ts'
import { at } from '../../support/fixtures.ts'

/** A blog behind a proxy, whose authors moderate. */
export function startQueue(database: Database): Promise<DeskBlog> {
	return startDesks(database, { env: { TRUST_PROXY: '1' } })
}

/** A response under the conference post that waits, unless told otherwise; its number. */
export async function respond(blog: DeskBlog, more: Partial<Insertable<CommentsTable>> = {}): Promise<number> {
	const text = more.source ?? 'Интересно, спасибо.'
	const row = {
		post_id: blog.seeded.posts.conference,
		kind: 'comment' as const,
		status: 'held' as const,
		locale: 'ru',
		name: 'Читатель',
		format: 'markdown' as const,
		source: text,
		html: `<p>${text}</p>`,
		created_at: at('2025-03-10T09:00Z'),
		...more,
	}
	return blog.db.transaction().execute((trx) => insertComment(trx, row))
}

/** A response as it is stored. */
export function stored(blog: DeskBlog, id: number) {
	return blog.db.selectFrom('comments').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** What the filter has learnt. */
export function learnt(blog: DeskBlog) {
	return blog.db
		.selectFrom('filter_words')
		.selectAll()
		.where((eb) => eb.or([eb('spam', '>', 0), eb('ham', '>', 0)]))
		.orderBy('word')
		.execute()
}

/** Decides on responses by the page's own form; where it leads. */
export async function decide(desk: Desk, action: string, ...ids: number[]): Promise<string> {
	const answer = await desk.post('/admin/responses/', { action, id: ids.map(String), place: 'state=held' })
	if (answer.status !== 303) throw new Error(`answered ${answer.status}`)
	return answer.headers.location!
}

/** Presses the button of the notice; where it leads. */
export async function takeBack(desk: Desk, path: string): Promise<string> {
	const page = await desk.html(path)
	const answer = await desk.post(page.$('#done form')!.attributes.action!, filled(page, '#done form'))
	return answer.headers.location!
}
