import { bumpListings } from '../comments/thread-queries.ts'
import { chunks } from '../db/chunks.ts'
import type { Db, Time, Trx } from '../db/schema.ts'
import { foldAddress } from '../net/address.ts'

const BATCH = 500

/** An address as it was written in comments, each way: databases know capitals of Latin letters only. */
export async function listSpellings(db: Db, email: string): Promise<string[]> {
	const rows = await db.selectFrom('comments').select('email').distinct().where('email', '!=', '').execute()
	const wanted = foldAddress(email)
	return rows.map((row) => row.email).filter((spelling) => foldAddress(spelling) === wanted)
}

/** Everything that is kept of the comments with these addresses, oldest first. */
export async function listComments(db: Db, spellings: string[]) {
	if (spellings.length === 0) return []
	return db.selectFrom('comments').selectAll().where('email', 'in', spellings).orderBy('id').execute()
}

/** The responses under comments with these addresses. */
export async function listReplies(db: Db, spellings: string[]): Promise<{ id: number; parent_id: number }[]> {
	if (spellings.length === 0) return []
	const parents = db.selectFrom('comments').select('id').where('email', 'in', spellings)
	const rows = await db.selectFrom('comments').select(['id', 'parent_id']).where('parent_id', 'in', parents).execute()
	return rows.map(({ id, parent_id }) => ({ id, parent_id: parent_id! }))
}

/** What is kept of the wish of an address to be told of replies. */
export async function listSubscriptions(db: Db, email: string) {
	return db
		.selectFrom('subscriptions')
		.select(['comment_id', 'email', 'locale', 'created_at', 'asked_at', 'confirmed_at'])
		.where('email', '=', foldAddress(email))
		.orderBy('created_at')
		.execute()
}

/** The account of an author with this address and where it is signed in, without what is secret. */
export async function findAuthor(db: Db, email: string) {
	const rows = await db
		.selectFrom('authors')
		.select(['id', 'slug', 'email', 'role', 'language', 'created_at'])
		.where('email', 'is not', null)
		.execute()
	const author = rows.find((row) => foldAddress(row.email!) === foldAddress(email))
	if (!author) return undefined
	const { id } = author
	const names = db
		.selectFrom('author_names')
		.select(['locale', 'name', 'bio'])
		.where('author_id', '=', id)
		.orderBy('locale')
	const sessions = db.selectFrom('sessions').select(['created_at', 'seen_at', 'user_agent']).where('author_id', '=', id)
	return { ...author, names: await names.execute(), sessions: await sessions.execute() }
}

/** Removes comments and, by language, empties others of all but their place in the conversation. */
export async function eraseComments(
	trx: Trx,
	removed: number[],
	emptied: Map<string, number[]>,
	markerOf: (locale: string) => string,
): Promise<void> {
	for (const ids of chunks(removed)) await trx.deleteFrom('comments').where('id', 'in', ids).execute()
	for (const [locale, all] of emptied) {
		const source = markerOf(locale)
		const text = { source, html: `<p>${source}</p>`, format: 'text' as const }
		for (const ids of chunks(all))
			await trx
				.updateTable('comments')
				.set({ ...NOBODY, ...text })
				.where('id', 'in', ids)
				.execute()
	}
}

const NOBODY = {
	name: '',
	email: '',
	url: '',
	ip: '',
	ip_hash: '',
	user_agent: '',
	referrer: '',
	trap: '',
	digest: '',
	reasons: '[]',
	checked: 'done' as const,
}

/** Ends all subscriptions of an address; gives how many there were. */
export async function deleteSubscriptions(trx: Trx, email: string): Promise<number> {
	const { numDeletedRows } = await trx
		.deleteFrom('subscriptions')
		.where('email', '=', foldAddress(email))
		.executeTakeFirst()
	return Number(numDeletedRows)
}

/** The conversations of these posts read otherwise now. */
export async function announce(trx: Trx, postIds: number[]): Promise<void> {
	for (const ids of chunks([...new Set(postIds)])) await bumpListings(trx, ids)
}

/** Comments from before a moment, after a number, whose writer's address or browser is still kept. */
export async function listAddressed(db: Db, before: Time, after: number) {
	return db
		.selectFrom('comments')
		.select(['id', 'ip'])
		.where('created_at', '<', before)
		.where('id', '>', after)
		.where((eb) => eb.or([eb('ip', '!=', ''), eb('user_agent', '!=', '')]))
		.orderBy('id')
		.limit(BATCH)
		.execute()
}

/** Puts hashes in the place of addresses. */
export async function forget(trx: Trx, comments: { id: number; ip_hash: string }[]): Promise<void> {
	for (const { id, ip_hash } of comments) {
		await trx
			.updateTable('comments')
			.set({ ip: '', user_agent: '', ...(ip_hash && { ip_hash }) })
			.where('id', '=', id)
			.execute()
	}
}
