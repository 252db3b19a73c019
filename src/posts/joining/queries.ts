import { lockConversation } from '../../comments/thread-queries.ts'
import type { Db, Time, Trx } from '../../db/schema.ts'
import type { Shared } from './sharing.ts'
import type { Side } from './sides.ts'
import { type Thread, threadsOf } from './threads.ts'

/** How two posts stood before they became one. */
export interface Before {
	kept: Shared
	other: Shared
	/** What they had as one. */
	both: Shared
	/** Of the other: its languages, first responses of its threads, keys of its imports, the pages below it. */
	locales: string[]
	threads: number[]
	imports: { site: string; kind: string; key: string }[]
	children: number[]
}

/** A number that is gone, and what it was. */
export interface Joined {
	number: number
	formKey: string | null
	joinedAt: Time
	before: Before
}

/** A post as joining and splitting see it, if it is there. */
export async function readSide(db: Db, id: number): Promise<Side | undefined> {
	const post = await db.selectFrom('posts').selectAll().where('id', '=', id).executeTakeFirst()
	if (!post) return undefined
	const { kind, form_key: _, id: __, ...shared } = post
	const terms = await db.selectFrom('post_terms').select('term_id').where('post_id', '=', id).execute()
	const translations = await db
		.selectFrom('translations')
		.select(['id', 'locale', 'title', 'status', 'revision', 'major_revision', 'published_at', 'guid'])
		.where('post_id', '=', id)
		.orderBy('id')
		.execute()
	return { id, kind, shared: { ...shared, terms: terms.map(({ term_id }) => term_id) }, translations }
}

/** The post that a number names now: the one it was joined with, when it was. */
export async function presentPost(db: Db, number: number): Promise<number | undefined> {
	const row = await db.selectFrom('posts').select('id').where('id', '=', number).executeTakeFirst()
	if (row) return row.id
	const joined = await db.selectFrom('joined_posts').select('post_id').where('number', '=', number).executeTakeFirst()
	return joined?.post_id
}

/** The posts that have become part of a post, the last first. */
export async function listJoined(db: Db, postId: number): Promise<Joined[]> {
	const rows = await db
		.selectFrom('joined_posts')
		.selectAll()
		.where('post_id', '=', postId)
		.orderBy('joined_at', 'desc')
		.orderBy('number', 'desc')
		.execute()
	return rows.map(({ number, form_key, state, joined_at }) => ({
		...{ number, formKey: form_key, joinedAt: joined_at },
		before: JSON.parse(state) as Before,
	}))
}

/** The threads under a post, of responses in any state. */
export async function listThreads(db: Db, postId: number): Promise<Thread[]> {
	const rows = await db
		.selectFrom('comments')
		.select(['id', 'root', 'locale', 'created_at'])
		.where('post_id', '=', postId)
		.orderBy('place')
		.execute()
	return threadsOf(rows)
}

/** Nobody else changes these posts until the transaction ends: texts first, as where a text is saved. */
export async function lockPosts(trx: Trx, ids: number[]): Promise<void> {
	await trx
		.updateTable('translations')
		.set((eb) => ({ revision: eb.ref('revision') }))
		.where('post_id', 'in', ids)
		.execute()
	for (const id of ids.toSorted((a, b) => a - b)) {
		await trx
			.updateTable('posts')
			.set((eb) => ({ kind: eb.ref('kind') }))
			.where('id', '=', id)
			.execute()
	}
}

/** The post that a number names, as it is once nobody else changes its conversation; the number itself if none is. */
export async function lockPresent(trx: Trx, number: number): Promise<number> {
	await lockConversation(trx, number)
	const id = (await presentPost(trx, number)) ?? number
	if (id !== number) await lockConversation(trx, id)
	return id
}

/** Whether a page stands somewhere below another. */
export async function isBelow(db: Db, id: number, above: number): Promise<boolean> {
	const seen = new Set<number>()
	for (let one: number | null = id; one !== null && !seen.has(one); ) {
		seen.add(one)
		const row = await db.selectFrom('posts').select('parent_id').where('id', '=', one).executeTakeFirst()
		one = row?.parent_id ?? null
		if (one === above) return true
	}
	return false
}

/** How texts begin, by their ids. */
export async function listBeginnings(db: Db, postIds: number[]): Promise<Map<number, string>> {
	const rows = await db
		.selectFrom('translations')
		.select((eb) => ['id', eb.fn<string>('substr', ['text', eb.val(1), eb.val(BEGINNING)]).as('text')])
		.where('post_id', 'in', postIds)
		.execute()
	return new Map(rows.map(({ id, text }) => [id, text.length < BEGINNING ? text : `${text.trimEnd()}…`]))
}

const BEGINNING = 300
