import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Db, Schema, Time } from '../../db/schema.ts'
import { listTitled } from '../../search/queries.ts'
import type { BoardState } from './cells.ts'

/** Which posts: of one author or all, in a state in any of these languages, with these words in a title. */
export interface Wanted {
	author?: number
	state?: BoardState
	locales: string[]
	words: string
	now: Time
}

/** A page of posts, those written or published last first, and how many there are in all. */
export async function listBoard(db: Db, wanted: Wanted, { limit, offset }: { limit: number; offset: number }) {
	const titled = wanted.words === '' ? undefined : await listTitled(db, wanted.words, wanted.locales)
	const posts = chosen(db, wanted, titled)
	const rows = await posts
		.select(['p.id', 'p.kind', 'p.author_id'])
		.orderBy(
			(eb) =>
				eb
					.selectFrom('translations as t')
					.select((of) => of.fn.max(of.fn.coalesce('t.published_at', 't.modified_at')).as('at'))
					.whereRef('t.post_id', '=', 'p.id'),
			'desc',
		)
		.orderBy('p.id', 'desc')
		.limit(limit)
		.offset(offset)
		.execute()
	const { count } = await posts.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
	return { rows, total: Number(count) }
}

type Posts = ExpressionBuilder<Schema & { p: Schema['posts'] }, 'p'>

function chosen(db: Db, { author, state, locales, now }: Wanted, titled: number[] | undefined) {
	let query = db.selectFrom('posts as p')
	if (author) query = query.where('p.author_id', '=', author)
	if (state) query = query.where((eb) => inState(eb, state, locales, now))
	if (titled) {
		query = query.where('p.id', 'in', (eb) =>
			eb
				.selectFrom('translations')
				.select('post_id')
				.where('id', 'in', [0, ...titled]),
		)
	}
	return query
}

function inState(eb: Posts, state: BoardState, locales: string[], now: Time) {
	const own = eb.selectFrom('translations as t').select('t.id').whereRef('t.post_id', '=', 'p.id')
	if (state === 'missing') {
		return eb.or(locales.map((locale) => eb.not(eb.exists(own.where('t.locale', '=', locale)))))
	}
	const here = own.where(language('t'), 'in', locales)
	if (state === 'draft') return eb.exists(here.where('t.status', '=', 'draft'))
	if (state === 'outdated') return eb.exists(here.where('t.status', 'in', ['published', 'draft']).where(behind()))
	const published = here.where('t.status', '=', 'published')
	if (state === 'scheduled') return eb.exists(published.where('t.published_at', '>', now))
	return eb.exists(published.where('t.published_at', '<=', now).where((of) => of.not(of.parens(behind()))))
}

/** The source of the translation `t` has had a change that wasn't a small one since. */
function behind() {
	return sql<SqlBool>`exists (select 1 from translations s where s.post_id = t.post_id
		and ${language('s')} = t.source_locale and s.status <> 'trash'
		and coalesce(t.source_revision, 0) < s.major_revision)`
}

// By itself SQLite would take the unique index of post and language, and then read on past the long texts of each row.
function language(table: string) {
	return sql<string>`(${sql.ref(`${table}.locale`)} || '')`
}

/** What the cells of posts tell; of pictures without words, how many readers meet. */
export async function listCells(db: Db, postIds: number[]) {
	if (postIds.length === 0) return []
	return db
		.selectFrom('translations as t')
		.leftJoin('translating as w', 'w.translation_id', 't.id')
		.select(['t.id', 't.post_id', 't.locale', 't.title', 't.format', 't.status', 't.published_at', 't.modified_at'])
		.select(['t.major_revision', 't.source_locale', 't.source_revision', 't.manual_excerpt', 'w.untranslated'])
		.select(sql<string>`case when t.words = 0 then '' else 'x' end`.as('source'))
		.select(sql<number>`(length(t.html) - length(replace(t.html, ' alt=""', ''))) / 7`.as('alts'))
		.where('t.post_id', 'in', postIds)
		.execute()
}

/** How many terms of posts have no name in these languages: a row for each post and language that lacks any. */
export async function countNameless(db: Db, postIds: number[], locales: string[]) {
	if (postIds.length === 0) return []
	const rows = await db
		.selectFrom('post_terms as p')
		.leftJoin('term_names as n', (join) => join.onRef('n.term_id', '=', 'p.term_id').on('n.locale', 'in', locales))
		.select(['p.post_id', 'p.term_id', 'n.locale'])
		.where('p.post_id', 'in', postIds)
		.execute()
	const byPost = Map.groupBy(rows, ({ post_id }) => post_id)
	return [...byPost].flatMap(([post_id, own]) => {
		const terms = new Set(own.map(({ term_id }) => term_id)).size
		return locales
			.map((locale) => ({ post_id, locale, terms: terms - own.filter((row) => row.locale === locale).length }))
			.filter(({ terms: lacking }) => lacking > 0)
	})
}
