import { sql } from 'kysely'
import type { Db, Time } from '../db/schema.ts'
import { visible } from '../db/visible.ts'
import { listEntries } from '../posts/queries.ts'

/** The newest posts, each once: in the first of `languages` in which it is visible. Newest first. */
export async function listMerged(db: Db, { languages, now }: { languages: string[]; now: Time }, limit: number) {
	const chosen = await listChosen(db, { languages, now }, limit)
	const lists = await Promise.all(
		languages.map((locale) => {
			const only = chosen.filter((row) => row.locale === locale).map((row) => row.post_id)
			return listEntries(db, { locale, now, only }, { limit })
		}),
	)
	return lists.flat().sort((a, b) => b.published_at - a.published_at || b.id - a.id)
}

async function listChosen(db: Db, { languages, now }: { languages: string[]; now: Time }, limit: number) {
	const rank = (column: string) =>
		sql<number>`case ${sql.ref(column)} ${sql.join(
			languages.map((code, index) => sql`when ${code} then ${sql.lit(index)}`),
			sql` `,
		)} end`
	return db
		.selectFrom('translations as t')
		.where('t.kind', '=', 'post')
		.where(visible(now))
		.where('t.locale', 'in', languages)
		.where((eb) =>
			eb.not(
				eb.exists(
					eb
						.selectFrom('translations as s')
						.select('s.id')
						.whereRef('s.post_id', '=', 't.post_id')
						.where('s.status', '=', 'published')
						.where('s.published_at', '<=', now)
						.where('s.locale', 'in', languages)
						.where(rank('s.locale'), '<', rank('t.locale')),
				),
			),
		)
		.select(['t.post_id', 't.locale'])
		.orderBy('t.published_at', 'desc')
		.orderBy('t.id', 'desc')
		.limit(limit)
		.execute()
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

/** Every address that anybody may read, for the sitemap, posts of one group together. */
export async function listReadable(db: Db, now: Time) {
	return db
		.selectFrom('translations as t')
		.select(['t.post_id', 't.kind', 't.locale', 't.slug', 't.year', 't.month', 't.modified_at', 't.published_at'])
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
					.selectFrom('posts as p')
					.innerJoin('translations as t', 't.post_id', 'p.id')
					.select('t.id')
					.whereRef('p.author_id', '=', 'a.id')
					.whereRef('t.locale', '=', 'n.locale')
					.where('t.kind', '=', 'post')
					.where(visible(now)),
			),
		)
		.orderBy('a.id')
		.execute()
}
