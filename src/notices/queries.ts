import type { Db, Time, Trx } from '../db/schema.ts'

/** A response with what its letters need to know. */
export async function findResponse(db: Db, id: number) {
	return db
		.selectFrom('comments as c')
		.innerJoin('posts as p', 'p.id', 'c.post_id')
		.select(['c.id', 'c.post_id', 'c.parent_id', 'c.status', 'c.checked', 'c.locale', 'c.name', 'c.email', 'c.html'])
		.select(['c.told', 'c.place', 'c.root', 'c.depth', 'c.author_id', 'p.author_id as post_author_id'])
		.where('c.id', '=', id)
		.executeTakeFirst()
}

/** A response as `findResponse` gives it. */
export type Response = NonNullable<Awaited<ReturnType<typeof findResponse>>>

/** Notes that those concerned have been written to; false when that was so already. */
export async function markTold(trx: Trx, id: number): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('comments')
		.set({ told: 1 })
		.where('id', '=', id)
		.where('told', '=', 0)
		.executeTakeFirst()
	return numUpdatedRows > 0n
}

/** An author who can be written to. */
export async function findReader(db: Db, id: number) {
	return accounts(db).where('id', '=', id).executeTakeFirst()
}

/** The author of a post, when they can sign in and be written to: who came with an import may know nothing of this blog. */
export async function findWriter(db: Db, id: number) {
	return accounts(db).where('id', '=', id).where('password_hash', 'is not', null).executeTakeFirst()
}

/** Who wrote a post, as `findWriter` gives them; else an owner. */
export async function findAuthorOf(db: Db, postId: number) {
	const post = await db.selectFrom('posts').select('author_id').where('id', '=', postId).executeTakeFirst()
	const writer = post?.author_id ? await findWriter(db, post.author_id) : undefined
	return writer ?? (await listModerators(db)).find(({ role }) => role === 'owner')
}

/** Owners and editors who can sign in and be written to. */
export async function listModerators(db: Db) {
	return accounts(db)
		.where('role', 'in', ['owner', 'editor'])
		.where('password_hash', 'is not', null)
		.orderBy('id')
		.execute()
}

function accounts(db: Db) {
	return db
		.selectFrom('authors')
		.select(['id', 'email', 'role', 'language', 'told_at'])
		.where('email', 'is not', null)
		.where('disabled_at', 'is', null)
		.$narrowType<{ email: string }>()
}

/** Notes when a moderator was last told how many responses wait; false when another did so since `before` was read. */
export async function moveToldAt(db: Db, authorId: number, before: Time | null, after: Time | null): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('authors')
		.set({ told_at: after })
		.where('id', '=', authorId)
		.where('told_at', 'is not distinct from', before)
		.executeTakeFirst()
	return numUpdatedRows > 0n
}

/** The responses that wait longest, and how many there are. */
export async function listHeld(db: Db, limit: number) {
	const held = db.selectFrom('comments').where('status', '=', 'held')
	const { count } = await held.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
	const first = await held.select(['id', 'post_id', 'locale', 'name', 'html']).orderBy('id').limit(limit).execute()
	return { count: Number(count), first }
}

/** The translations of a post, published ones first. */
export async function listTranslations(db: Db, postId: number) {
	const rows = await db
		.selectFrom('translations')
		.select(['kind', 'locale', 'slug', 'year', 'month', 'title', 'format', 'status', 'published_at'])
		.where('post_id', '=', postId)
		.orderBy('id')
		.execute()
	return rows.toSorted((a, b) => Number(b.status === 'published') - Number(a.status === 'published'))
}
