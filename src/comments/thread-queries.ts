import { type Insertable, sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { CommentsTable, Db, Trx } from '../db/schema.ts'
import { bumpVersions } from '../db/versions.ts'
import { LONGEST_PLACE, newPlace, type Place, placesOf } from './place.ts'

const SHOWN = [
	'id',
	'parent_id',
	'kind',
	'status',
	'locale',
	'name',
	'email',
	'url',
	'html',
	'author_id',
	'created_at',
	'place',
	'root',
	'depth',
	'mention',
	'title',
	'author_url',
	'photo',
] as const

/** Mentions without words: they stand in a row of their own, not among what is said. */
export const WORDLESS = ['like', 'repost'] as const

/** Which responses of a post are shown, and in what order. */
export interface Thread {
	postId: number
	order: 'oldest' | 'newest'
	/** One language only. */
	only?: string
	/** Responses that wait, shown to their writer. */
	held?: number[]
}

/** A response as threads show it; one of another page with how many stand before it. */
export type Shown = Awaited<ReturnType<typeof listShown>>[number] & { before?: number }

/** A page of a post's responses in reading order. */
export async function listShown(db: Db, thread: Thread, { offset, limit }: { offset: number; limit: number }) {
	return shown(db, thread)
		.select(SHOWN)
		.orderBy('root', thread.order === 'newest' ? 'desc' : 'asc')
		.orderBy('place')
		.offset(offset)
		.limit(limit)
		.execute()
}

/** The first responses of a thread in reading order, and its likes and reposts, the oldest first: one query for both. */
export async function listFirst(db: Db, thread: Thread, { limit, reactions }: { limit: number; reactions: number }) {
	const { order, ...which } = thread
	const rows = await firstOf(db, { which, newest: order === 'newest', limit, reactions })
	const [said, wordlessRows] = [rows.filter((row) => !isWordless(row)), rows.filter(isWordless)]
	const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
	const sign = order === 'newest' ? -1 : 1
	return {
		rows: said.sort((a, b) => sign * compare(a.root, b.root) || compare(a.place, b.place)),
		reactions: wordlessRows.sort((a, b) => a.id - b.id),
	}
}

interface First {
	which: Omit<Thread, 'order'>
	newest: boolean
	limit: number
	reactions: number
}

const firstOf = prepared((db, { which, newest, limit, reactions }: First) => {
	const first = shown(db, which)
		.select(SHOWN)
		.orderBy('root', newest ? 'desc' : 'asc')
		.orderBy('place')
		.limit(limit)
	return db
		.selectFrom(first.as('first'))
		.selectAll()
		.unionAll(db.selectFrom(wordless(db, which, reactions).as('wordless')).selectAll())
})

/** The likes and reposts of a post, the oldest first. */
export async function listReactions(db: Db, thread: Pick<Thread, 'postId'>, limit: number): Promise<Shown[]> {
	return wordless(db, thread, limit).execute()
}

/** How many likes and reposts a post has. */
export async function countReactions(db: Db, postId: number): Promise<Map<string, number>> {
	const rows = await db
		.selectFrom('comments')
		.where('post_id', '=', postId)
		.where('status', '=', 'approved')
		.where('mention', 'in', WORDLESS)
		.groupBy('mention')
		.select((eb) => ['mention', eb.fn.countAll<number>().as('count')])
		.execute()
	return new Map(rows.map((row) => [row.mention, Number(row.count)]))
}

/** Whether a response is a like or a repost. */
export function isWordless({ mention }: { mention: string }): boolean {
	return mention === 'like' || mention === 'repost'
}

function wordless(db: Db, { postId }: Pick<Thread, 'postId'>, limit: number) {
	return (
		db
			.selectFrom('comments')
			.select(SHOWN)
			.where('post_id', '=', postId)
			.where('status', '=', 'approved')
			.where('mention', 'in', WORDLESS)
			// By the bare column SQLite would read the responses to all posts in their order.
			.orderBy(sql`id + 0`)
			.limit(limit)
	)
}

/** How many responses a thread shows, by their languages. */
export async function countShown(db: Db, thread: Omit<Thread, 'order'>): Promise<Map<string, number>> {
	const rows = await shown(db, thread)
		.groupBy('locale')
		.select((eb) => ['locale', eb.fn.countAll<number>().as('count')])
		.execute()
	return new Map(rows.map((row) => [row.locale, Number(row.count)]))
}

/** How many of a thread's responses stand before this one. */
export async function countBefore(db: Db, thread: Thread, { id }: { id: number }): Promise<number> {
	const row = await db
		.selectFrom('comments as c')
		.select(standingBefore(db, thread))
		.where('id', '=', id)
		.executeTakeFirstOrThrow()
	return Number(row.before)
}

/** A part of other queries: how many responses stand before `c` in its conversation, whatever their language. */
export function standingBefore(db: Db, { order, held }: Pick<Thread, 'order' | 'held'>) {
	const compare = order === 'newest' ? '>' : '<'
	const [root, place] = [sql.ref<string>('c.root'), sql.ref<string>('c.place')]
	return visible(db, held)
		.where('post_id', '=', sql.ref<number>('c.post_id'))
		.where((eb) => eb.or([eb('root', compare, root), eb.and([eb('root', '=', root), eb('place', '<', place)])]))
		.select((eb) => eb.fn.countAll<number>().as('before'))
		.as('before')
}

/** The approved responses at the first `levels` levels above a response, from the top. */
export async function listAncestors(
	db: Db,
	postId: number,
	{ place, root, depth }: Place,
	levels: number,
): Promise<Shown[]> {
	const nearest = (level: number) =>
		db
			.selectFrom('comments')
			.select(SHOWN)
			.where('post_id', '=', postId)
			.where('depth', '=', level)
			.where('place', '<', place)
			.orderBy('place', 'desc')
			.limit(1)
	const [top, ...others] = Array.from({ length: Math.min(depth, levels) }, (_, level) =>
		db.selectFrom(nearest(level).as('nearest')).selectAll(),
	)
	const found = top ? await others.reduce((all, one) => all.unionAll(one), top).execute() : []
	const ancestors = found.filter((row) => row.root === root && row.status === 'approved')
	return ancestors.sort((a, b) => a.depth - b.depth)
}

/** Approved responses by their numbers. */
export async function listApproved(db: Db, ids: number[]) {
	if (ids.length === 0) return []
	return db.selectFrom('comments').select(SHOWN).where('id', 'in', ids).where('status', '=', 'approved').execute()
}

/** Approved responses by their numbers, each with how many of the thread stand before it. */
export async function listElsewhere(db: Db, thread: Thread, ids: number[]): Promise<Shown[]> {
	if (ids.length === 0) return []
	return db
		.selectFrom('comments as c')
		.select(SHOWN)
		.select(standingBefore(db, thread))
		.where('id', 'in', ids)
		.where('status', '=', 'approved')
		.$narrowType<{ before: number }>()
		.execute()
}

/** Stores a response in its place among the others and gives it back; `parent` is its approved parent. */
export async function insertPlaced(
	trx: Trx,
	comment: Omit<Insertable<CommentsTable>, 'place' | 'root' | 'depth' | 'parent_id'>,
	parent: (Place & { id: number }) | undefined,
) {
	await lockConversation(trx, comment.post_id)
	const place = await freePlace(trx, comment.post_id, parent)
	const stored = await trx
		.insertInto('comments')
		.values({ ...comment, ...place, parent_id: parent?.id ?? null })
		.returningAll()
		.executeTakeFirstOrThrow()
	if (place.place.length > LONGEST_PLACE) await placeResponses(trx, comment.post_id)
	await bumpListings(trx, [comment.post_id])
	return stored
}

/** Puts all responses of a post in order anew, as after an import. */
export async function placeResponses(trx: Trx, postId: number): Promise<void> {
	const rows = await trx
		.selectFrom('comments')
		.select(['id', 'parent_id'])
		.where('post_id', '=', postId)
		.orderBy('created_at')
		.orderBy('id')
		.execute()
	const places = placesOf(rows)
	for (let at = 0; at < places.length; at += PLACED_AT_ONCE) {
		const some = places.slice(at, at + PLACED_AT_ONCE).map(({ id, place, root, depth }) => {
			return sql`(cast(${id} as integer), ${place}, ${root}, cast(${depth} as integer))`
		})
		await sql`
			update comments set place = v.column2, root = v.column3, depth = v.column4
			from (values ${sql.join(some)}) as v where comments.id = v.column1`.execute(trx)
	}
}

const PLACED_AT_ONCE = 500

/** The responses to these posts are others now, on their pages and in listings of each of their languages. */
export async function bumpListings(trx: Trx, postIds: number[]): Promise<void> {
	if (postIds.length === 0) return
	const rows = await trx
		.selectFrom('translations')
		.select('locale')
		.distinct()
		.where('post_id', 'in', postIds)
		.execute()
	await bumpVersions(trx, [...rows.map((row) => `listing:${row.locale}`), ...postIds.map((id) => `post:${id}`)])
}

function shown(db: Db, { postId, only, held }: Omit<Thread, 'order'>) {
	const query = visible(db, held).where('post_id', '=', postId)
	return only ? query.where('locale', '=', only) : query
}

function visible(db: Db, held: number[] = []) {
	const query = db.selectFrom('comments').where('mention', 'not in', WORDLESS)
	if (held.length === 0) return query.where('status', '=', 'approved')
	return query.where((eb) =>
		eb.or([eb('status', '=', 'approved'), eb.and([eb('status', '=', 'held'), eb('id', 'in', held)])]),
	)
}

/** Two who write at once would find the same place: the second waits for the first. On SQLite everyone does. */
export async function lockConversation(trx: Trx, postId: number): Promise<void> {
	await trx
		.updateTable('posts')
		.set((eb) => ({ created_at: eb.ref('created_at') }))
		.where('id', '=', postId)
		.execute()
}

/** After all that is under the parent, or after all there is. */
async function freePlace(trx: Trx, postId: number, parent: Place | undefined): Promise<Place> {
	const after = parent && (await firstAfter(trx, postId, parent))
	const before = await lastBefore(trx, postId, after)
	return newPlace(before, after ?? null, parent)
}

async function firstAfter(trx: Trx, postId: number, { place, depth }: Place): Promise<string | undefined> {
	const row = await trx
		.selectFrom('comments')
		.select('place')
		.where('post_id', '=', postId)
		.where('place', '>', place)
		.where('depth', '<=', depth)
		.orderBy('place')
		.limit(1)
		.executeTakeFirst()
	return row?.place
}

async function lastBefore(trx: Trx, postId: number, after: string | undefined): Promise<string | null> {
	let query = trx.selectFrom('comments').select('place').where('post_id', '=', postId)
	if (after !== undefined) query = query.where('place', '<', after)
	const row = await query.orderBy('place', 'desc').limit(1).executeTakeFirst()
	return row?.place || null
}
