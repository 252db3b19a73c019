import { sql } from 'kysely'
import type { Db, Time } from '../db/schema.ts'
import type { Whose } from './admin-queries.ts'

/** The texts whose time is to come, the next one first. */
export async function listScheduled(db: Db, { author, now }: Whose & { now: Time }, limit: number) {
	let query = heads(db).where('t.status', '=', 'published').where('t.published_at', '>', now)
	if (author) query = query.where('p.author_id', '=', author)
	return query.orderBy('t.published_at').orderBy('t.id').limit(limit).execute()
}

/** Translations whose source has moved on since: those changed longest ago last. */
export async function listOutdated(db: Db, whose: Whose, limit: number) {
	return outdated(db, whose).orderBy('s.modified_at', 'desc').orderBy('t.id').limit(limit).execute()
}

/** How many there are. */
export async function countOutdated(db: Db, whose: Whose): Promise<number> {
	const { count } = await outdated(db, whose)
		.clearSelect()
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.executeTakeFirstOrThrow()
	return Number(count)
}

/** Published translations at these addresses, by language and slug. */
export async function listTitled(db: Db, addresses: { locale: string; slug: string }[]) {
	if (addresses.length === 0) return []
	return heads(db)
		.select('t.slug')
		.where('t.status', '=', 'published')
		.where((eb) =>
			eb.or(addresses.map(({ locale, slug }) => eb.and([eb('t.locale', '=', locale), eb('t.slug', '=', slug)]))),
		)
		.execute()
}

function outdated(db: Db, { author }: Whose) {
	const query = heads(db)
		.innerJoin('translations as s', (join) =>
			join.onRef('s.post_id', '=', 't.post_id').onRef('s.locale', '=', 't.source_locale'),
		)
		.where('t.status', 'in', ['published', 'draft'])
		.where('s.status', '!=', 'trash')
		.where(sql<boolean>`coalesce(t.source_revision, 0) < s.major_revision`)
	return author ? query.where('p.author_id', '=', author) : query
}

function heads(db: Db) {
	return db
		.selectFrom('translations as t')
		.innerJoin('posts as p', 'p.id', 't.post_id')
		.select(['t.post_id', 't.locale', 't.title', 't.format', 't.modified_at', 't.published_at'])
}

/** How many texts are published and how many are drafts, by language. */
export async function countByLanguage(db: Db): Promise<Map<string, { published: number; drafts: number }>> {
	const rows = await db
		.selectFrom('translations')
		.where('status', 'in', ['published', 'draft'])
		.groupBy(['locale', 'status'])
		.select((eb) => ['locale', 'status', eb.fn.countAll<number>().as('count')])
		.execute()
	const counts = new Map<string, { published: number; drafts: number }>()
	for (const { locale, status, count } of rows) {
		const known = counts.get(locale) ?? { published: 0, drafts: 0 }
		counts.set(locale, { ...known, [status === 'draft' ? 'drafts' : 'published']: Number(count) })
	}
	return counts
}
