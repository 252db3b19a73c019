import { type Selectable, sql } from 'kysely'
import type { Db, DeliveriesTable, Time, Trx } from '../../db/schema.ts'
import type { Plan, Said } from './plan.ts'

/** What another site is told of a link to it. */
export type Delivery = Selectable<DeliveriesTable>

/** The translations of a post, and when they appear. */
export async function readTimes(trx: Trx, postId: number) {
	return trx
		.selectFrom('translations')
		.select(['id', 'status', 'published_at'])
		.where('post_id', '=', postId)
		.orderBy('id')
		.execute()
}

/** A translation with what tells whether readers see it, and where; `revision` is that of its words, whatever else was saved since. */
export async function findSaid(db: Db, id: number) {
	return db
		.selectFrom('translations as t')
		.select(['t.post_id', 't.kind', 't.locale', 't.slug', 't.year', 't.month', 't.html'])
		.select(['t.status', 't.password', 't.published_at'])
		.select((eb) =>
			eb
				.selectFrom('revisions as r')
				.select((of) => of.fn.coalesce(of.fn.max('r.number'), of.val(0)).as('number'))
				.whereRef('r.translation_id', '=', 't.id')
				.$asScalar()
				.$notNull()
				.as('revision'),
		)
		.where('t.id', '=', id)
		.executeTakeFirst()
}

/** All that was ever told of a translation. */
export async function listKnown(trx: Trx, translationId: number): Promise<Delivery[]> {
	return trx.selectFrom('deliveries').selectAll().where('translation_id', '=', translationId).orderBy('id').execute()
}

/** Of what deliveries are. */
export interface Told {
	postId: number
	translationId: number
}

/** Keeps what is to be told from now on. */
export async function keepPlan(trx: Trx, told: Told, said: Said, plan: Plan, now: Time): Promise<void> {
	const { revision, source } = said
	const due = { state: 'waiting', attempts: 0, asked_at: now, next_at: now, claim: '' } as const
	const rows = plan.fresh.map((target) => ({ ...target, ...due, revision, source }))
	if (rows.length > 0) {
		await trx
			.insertInto('deliveries')
			.values(rows.map((row) => ({ ...row, post_id: told.postId, translation_id: told.translationId, protocol: null })))
			.execute()
	}
	for (const { id, target } of plan.again) await change(trx, [id], { ...due, ...target, revision, source, linked: 1 })
	await change(trx, plan.gone, { ...due, revision, linked: 0 })
	if (plan.dropped.length > 0) await trx.deleteFrom('deliveries').where('id', 'in', plan.dropped).execute()
}

async function change(trx: Trx, ids: number[], changes: Partial<Omit<Delivery, 'id'>>): Promise<void> {
	if (ids.length > 0) await trx.updateTable('deliveries').set(changes).where('id', 'in', ids).execute()
}

/** Gives back what an attempt of this job that was cut off had claimed. */
export async function releaseClaims(db: Db, claim: string, now: Time): Promise<void> {
	await db
		.updateTable('deliveries')
		.set({ claim: '', next_at: now })
		.where('claim', '=', claim)
		.where('state', '=', 'waiting')
		.execute()
}

/** Claims the delivery that is due longest, for so many milliseconds. */
export async function claimNext(db: Db, claim: string, now: Time, lease: number): Promise<Delivery | undefined> {
	for (;;) {
		const next = await firstDue(db, now)
		if (!next) return undefined
		const claimed = await db
			.updateTable('deliveries')
			.set((eb) => ({ claim, next_at: now + lease, tried_at: now, attempts: eb('attempts', '+', 1) }))
			.where('id', '=', next.id)
			.where('state', '=', 'waiting')
			.where('next_at', '=', next.next_at)
			.returningAll()
			.executeTakeFirst()
		if (claimed) return claimed
	}
}

/** The delivery that is due longest. */
export async function firstDue(db: Db, now: Time) {
	return db
		.selectFrom('deliveries')
		.select(['id', 'next_at'])
		.where('state', '=', 'waiting')
		.where('next_at', '<=', now)
		.orderBy('next_at')
		.orderBy('id')
		.limit(1)
		.executeTakeFirst()
}

/** What an attempt leaves on its delivery. */
export type Left = Partial<Pick<Delivery, 'state' | 'outcome' | 'protocol' | 'sent_at' | 'next_at'>>

/** Keeps the outcome of an attempt; when there is news to be told meanwhile, only how it was told. */
export async function keepOutcome(trx: Trx, { id, claim, revision, linked }: Delivery, left: Left): Promise<void> {
	const { protocol, sent_at } = left
	const told = { ...(protocol && { protocol }), ...(sent_at && { sent_at }) }
	if (Object.keys(told).length > 0) await change(trx, [id], told)
	await trx
		.updateTable('deliveries')
		.set({ ...left, claim: '' })
		.where('id', '=', id)
		.where('revision', '=', revision)
		.where('linked', '=', linked)
		.where('claim', '=', claim)
		.execute()
}

/** Leaves a host alone until a moment. */
export async function postpone(trx: Trx, host: string, until: Time): Promise<void> {
	await trx
		.updateTable('deliveries')
		.set({ next_at: until })
		.where('host', '=', host)
		.where('state', '=', 'waiting')
		.where('claim', '=', '')
		.where('next_at', '<', until)
		.execute()
}

/** What has been told of one post, or of those of one author, or of all, the newest first; `most` at most. */
export async function listDeliveries(db: Db, { post, author }: { post?: number; author?: number }, most: number) {
	let query = db
		.selectFrom('deliveries as d')
		.leftJoin('translations as t', 't.id', 'd.translation_id')
		.selectAll('d')
		.select('t.locale')
	if (post) query = query.where('d.post_id', '=', post)
	if (author) {
		const own = db.selectFrom('posts').select('id').where('author_id', '=', author)
		query = query.where('d.post_id', 'in', own)
	}
	return query.orderBy(sql`coalesce(d.tried_at, d.asked_at)`, 'desc').orderBy('d.id').limit(most).execute()
}

/** The pages of a post that couldn't be told since a moment, by their addresses; `most` at most. */
export async function listUndelivered(db: Db, postId: number, since: Time, most: number) {
	const rows = await db
		.selectFrom('deliveries')
		.select('target')
		.where('post_id', '=', postId)
		.where('state', '=', 'failed')
		.where('attempts', '>', 1)
		.where('tried_at', '>=', since)
		.orderBy('id')
		.limit(most)
		.execute()
	return rows.map(({ target }) => target)
}

const RECENT = 14 * 86_400_000

/** How many pages couldn't be told in the last two weeks, though it was tried for days; of one author's posts, or all. */
export async function countFailed(db: Db, author: number | undefined, now: Time): Promise<number> {
	let query = db
		.selectFrom('deliveries as d')
		.innerJoin('posts as p', 'p.id', 'd.post_id')
		.where('d.state', '=', 'failed')
		.where('d.attempts', '>', 1)
		.where('d.tried_at', '>', now - RECENT)
	if (author) query = query.where('p.author_id', '=', author)
	const { count } = await query.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
	return Number(count)
}

/** Whether others were told of an address. */
export async function isAnnounced(db: Db, source: string): Promise<boolean> {
	const row = await db.selectFrom('deliveries').select('id').where('source', '=', source).limit(1).executeTakeFirst()
	return row !== undefined
}
