import { type ExpressionBuilder, type Insertable, type Selectable, sql } from 'kysely'
import type { Comment, Db, MentionsTable, ResponseStatus, Schema, Time, Trx } from '../db/schema.ts'

/** What another blog told us, and what came of it. */
export type Mention = Selectable<MentionsTable>

/** What comes with a notice. */
export type NewMention = Pick<
	Insertable<MentionsTable>,
	'token' | 'protocol' | 'source' | 'source_key' | 'target' | 'post_id' | 'parent_id' | 'ip' | 'received_at'
>

/** Keeps a notice, as one with those of the same source and post before it; gives its token. */
export async function keepNotice(trx: Trx, notice: NewMention): Promise<string> {
	const { protocol, target, parent_id, ip, received_at } = notice
	const row = await trx
		.insertInto('mentions')
		.values(notice)
		.onConflict((c) =>
			c.columns(['source_key', 'post_id']).doUpdateSet((eb) => ({
				protocol: strictest(eb, protocol),
				...{ target, parent_id, ip, received_at },
				waiting: 1,
				tries: 0,
				notices: eb('mentions.notices', '+', 1),
			})),
		)
		.returning('token')
		.executeTakeFirstOrThrow()
	return row.token
}

/** A webmention that waits is not made less by a pingback about the same page. */
function strictest(eb: ExpressionBuilder<Schema, 'mentions'>, protocol: Mention['protocol']) {
	const isKept = eb.and([eb('mentions.waiting', '=', 1), eb('mentions.protocol', '=', 'webmention')])
	return eb.case().when(isKept).then(sql.lit<Mention['protocol']>('webmention')).else(protocol).end()
}

/** Notices about a source that are still to be looked into. */
export async function listWaiting(db: Db, sourceKey: string): Promise<Mention[]> {
	return db
		.selectFrom('mentions')
		.selectAll()
		.where('source_key', '=', sourceKey)
		.where('waiting', '=', 1)
		.orderBy('id')
		.execute()
}

/** How many notices wait, up to `most`. */
export async function countWaiting(db: Db, most: number): Promise<number> {
	const rows = await db.selectFrom('mentions').select('id').where('waiting', '=', 1).limit(most).execute()
	return rows.length
}

/** What came of looking into a notice. */
export type Outcome = Pick<Mention, 'outcome' | 'detail' | 'checked_at'> & { comment_id?: number | null }

/** Ends a notice, unless another about the same has come meanwhile: that one waits on. */
export async function endMention(trx: Trx, { id, notices }: Mention, outcome: Outcome): Promise<void> {
	await trx.updateTable('mentions').set(outcome).where('id', '=', id).execute()
	await trx
		.updateTable('mentions')
		.set({ waiting: 0, ip: '' })
		.where('id', '=', id)
		.where('notices', '=', notices)
		.execute()
}

/** Keeps that nobody was there, for another attempt. */
export async function postpone(db: Db, ids: number[], outcome: Outcome): Promise<void> {
	await db
		.updateTable('mentions')
		.set((eb) => ({ ...outcome, tries: eb('tries', '+', 1) }))
		.where('id', 'in', ids)
		.execute()
}

/** A notice by the name its sender got. */
export async function findMention(db: Db, token: string) {
	return db.selectFrom('mentions').select(['id', 'waiting', 'outcome']).where('token', '=', token).executeTakeFirst()
}

/** The mentions of a post by any of these addresses, the oldest first. */
export async function listKnown(db: Db, postId: number, urls: string[]): Promise<Comment[]> {
	return db
		.selectFrom('comments')
		.selectAll()
		.where('url', 'in', urls)
		.where('post_id', '=', postId)
		.where('kind', '!=', 'comment')
		.orderBy('id')
		.execute()
}

/** Whether a mention by a page of this host has been approved. */
export async function isKnownHost(db: Db, host: string): Promise<boolean> {
	const row = await db
		.selectFrom('comments')
		.select('id')
		.where('kind', 'in', ['pingback', 'trackback', 'webmention'])
		.where('status', '=', 'approved')
		.where((eb) =>
			eb.or(
				['http', 'https'].flatMap((scheme) => [
					eb('url', '=', `${scheme}://${host}`),
					like(`${scheme}://${host}/`),
					like(`${scheme}://${host}:`),
				]),
			),
		)
		.limit(1)
		.executeTakeFirst()
	return row !== undefined
}

function like(start: string) {
	return sql<boolean>`lower(url) like ${`${start.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`
}

/** Changes a response that was made of a mention. */
export async function updateResponse(trx: Trx, id: number, changes: Partial<Comment>): Promise<void> {
	await trx.updateTable('comments').set(changes).where('id', '=', id).execute()
}

/** The pages that mention a post and are shown, the oldest first. */
export async function listShownSources(db: Db, postId: number): Promise<string[]> {
	const rows = await db
		.selectFrom('comments')
		.select('url')
		.where('post_id', '=', postId)
		.where('kind', '!=', 'comment')
		.where('status', '=', 'approved')
		.where('url', '!=', '')
		.orderBy('id')
		.execute()
	return [...new Set(rows.map(({ url }) => url))]
}

/** The keys in the storage of the pictures of responses. */
export async function listPhotos(db: Db): Promise<string[]> {
	const rows = await db.selectFrom('comments').select('photo').distinct().where('photo', 'like', 'mentions/%').execute()
	return rows.map(({ photo }) => photo)
}

/** Forgets notices from before a moment that no response was made of. */
export async function deleteOld(db: Db, before: Time): Promise<void> {
	await db.deleteFrom('mentions').where('received_at', '<', before).where('comment_id', 'is', null).execute()
}

/** The newest notices about posts of one author or of all. */
export async function listReceived(db: Db, author: number | undefined, page: { limit: number; offset: number }) {
	return received(db, author)
		.leftJoin('comments as c', 'c.id', 'm.comment_id')
		.select(['m.id', 'm.protocol', 'm.source', 'm.target', 'm.post_id', 'm.received_at', 'm.notices', 'm.waiting'])
		.select(['m.outcome', 'm.detail', 'm.tries', 'm.comment_id', 'c.status'])
		.orderBy('m.received_at', 'desc')
		.orderBy('m.id', 'desc')
		.limit(page.limit)
		.offset(page.offset)
		.$narrowType<{ status: ResponseStatus | null }>()
		.execute()
}

/** How many there are. */
export async function countReceived(db: Db, author: number | undefined): Promise<number> {
	const row = await received(db, author)
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.executeTakeFirstOrThrow()
	return Number(row.count)
}

function received(db: Db, author: number | undefined) {
	const query = db.selectFrom('mentions as m').innerJoin('posts as p', 'p.id', 'm.post_id')
	return author ? query.where('p.author_id', '=', author) : query
}
