import { sql } from 'kysely'
import type { Db, Time } from '../db/schema.ts'
import { visible } from '../db/visible.ts'
import { listEntries } from '../posts/listing-queries.ts'

/** The newest posts, each once: in the first of `languages` in which it is visible. Newest first. */
export async function listMerged(db: Db, { languages, now }: { languages: string[]; now: Time }, limit: number) {
	let entries: Awaited<ReturnType<typeof listEntries>> = []
	for (const [index, locale] of languages.entries()) {
		// What is older than all that there is room for isn't looked at: a blog may be whole in both languages.
		const since = entries.length < limit ? Number.MIN_SAFE_INTEGER : entries.at(-1)!.published_at
		const only = await firstIn(db, { locale, before: languages.slice(0, index), now, since }, limit)
		const more = await listEntries(db, { locale, now, only }, { limit })
		entries = [...entries, ...more].sort((a, b) => b.published_at - a.published_at || b.id - a.id).slice(0, limit)
	}
	return entries
}

interface First {
	locale: string
	/** The languages that come first. */
	before: string[]
	now: Time
	since: Time
}

/** The newest translations into a language of posts that are in none of those before it. */
async function firstIn(db: Db, { locale, before, now, since }: First, limit: number): Promise<number[]> {
	let query = db
		.selectFrom('translations as t')
		.select('t.id')
		.where('t.locale', '=', locale)
		.where('t.kind', '=', 'post')
		.where(visible(now))
		.where('t.published_at', '>=', since)
	if (before.length > 0) query = query.where(({ not, exists }) => not(exists(siblingIn(db, before, now))))
	const rows = await query.orderBy('t.published_at', 'desc').orderBy('t.id', 'desc').limit(limit).execute()
	return rows.map((row) => row.id)
}

function siblingIn(db: Db, locales: string[], now: Time) {
	return db
		.selectFrom('translations as s')
		.select('s.id')
		.where('s.post_id', '=', sql.ref<number>('t.post_id'))
		.where('s.status', '=', 'published')
		.where('s.published_at', '<=', now)
		.where('s.locale', 'in', locales)
}

/** When the newest visible response to one of the posts was written. */
export async function newestResponse(db: Db, postIds: number[]): Promise<Time | undefined> {
	if (postIds.length === 0) return undefined
	const row = await db
		.selectFrom('comments')
		.where('status', '=', 'approved')
		.where('post_id', 'in', postIds)
		.select((eb) => eb.fn.max('created_at').as('newest'))
		.executeTakeFirst()
	return row?.newest === null || row?.newest === undefined ? undefined : Number(row.newest)
}

/** The number of the newest post; 0 when there is none. */
export async function newestPost(db: Db): Promise<number> {
	const row = await db
		.selectFrom('posts')
		.select((eb) => eb.fn.max('id').as('newest'))
		.executeTakeFirst()
	return Number(row?.newest ?? 0)
}

/** The addresses that anybody may read of posts with numbers `from`–`to`, those of one post together. */
export async function listReadable(db: Db, now: Time, { from, to }: { from: number; to: number }) {
	return db
		.selectFrom('translations as t')
		.select(['t.post_id', 't.kind', 't.locale', 't.slug', 't.year', 't.month', 't.modified_at', 't.published_at'])
		.where('t.post_id', '>=', from)
		.where('t.post_id', '<=', to)
		.where(visible(now))
		.where('t.password', 'is', null)
		.orderBy('t.post_id')
		.execute()
}

/** Authors in the languages in which they have a name and visible posts. */
export async function listWriters(db: Db, now: Time) {
	return db
		.selectFrom('authors as a')
		.innerJoin('author_names as n', 'n.author_id', 'a.id')
		.select(['a.id', 'a.slug', 'n.locale'])
		.where((eb) =>
			eb.exists(
				eb
					.selectFrom('listings as l')
					.select('l.translation_id')
					.where('l.list', '=', sql<string>`'author ' || a.id`)
					.whereRef('l.locale', '=', 'n.locale')
					.where('l.published_at', '<=', now),
			),
		)
		.orderBy('a.id')
		.execute()
}
