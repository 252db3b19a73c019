import { type RawBuilder, sql } from 'kysely'
import { formsToKeep } from './forms.ts'
import type { Search, SearchIndex } from './queries.ts'
import type { Term } from './query.ts'
import { stem } from './stem.ts'

/** FTS5 over stems in order, with whole words after them; rowid is the translation's id. */
export const sqliteIndex: SearchIndex = {
	async add(db, texts) {
		const rows = texts.map(
			({ id, locale, title, body }) => sql`(${id}, ${withForms(title, locale)}, ${withForms(body, locale)})`,
		)
		await sql`insert into search_index (rowid, title, body) values ${sql.join(rows)}`.execute(db)
	},

	async remove(db, ids) {
		await sql`delete from search_index where rowid in (${sql.join(ids)})`.execute(db)
	},

	async find(db, search, offset, limit) {
		const match = expression(search)
		const found = sql<{ id: number; total: number }>`
			select id, count(*) over () as total from (
				select t.id, t.published_at, bm25(search_index, 10, 1) as score ${matching(search, match)}
			)
			order by id in (select rowid from search_index where search_index match ${`title : (${match})`}) desc,
				score, published_at desc, id desc
			limit ${limit} offset ${offset}`
		return (await found.execute(db)).rows
	},

	async titled(db, search, limit) {
		const match = `title : (${expression(search)})`
		const { rows } = await sql<{ id: number }>`
			select t.id from search_index cross join translations t on t.id = search_index.rowid
			where search_index match ${match} and t.locale = ${search.locale} order by t.id desc limit ${limit}`.execute(db)
		return rows.map(({ id }) => id)
	},

	async count(db, search) {
		const counted = sql<{ total: number }>`select count(*) as total ${matching(search, expression(search))}`
		return (await counted.execute(db)).rows[0]!.total
	},

	async holds(db, texts) {
		const held = new Set<number>()
		for (const { id, locale, title, body } of texts) {
			const wanted = [
				...(title.length > 0 ? [`title : ${phrase(title.slice(0, PHRASE), locale)}`] : []),
				...(body.length > 0 ? [`body : ${phrase(body.slice(-PHRASE), locale)}`] : []),
			].join(' AND ')
			const matched = wanted === '' ? sql`` : sql`and search_index match ${wanted}`
			const { rows } = await sql`select rowid from search_index where rowid = ${id} ${matched}`.execute(db)
			if (rows.length > 0) held.add(id)
		}
		return held
	},

	async strays(db, limit) {
		const { rows } = await sql<{ id: number }>`
			select id from search_index_docsize where id not in (select id from translations) limit ${limit}`.execute(db)
		return rows.map(({ id }) => id)
	},
}

/** Words that tell one text from another. */
const PHRASE = 8

function phrase(words: string[], locale: string): string {
	return `"${words.map((word) => stem(word, locale)).join(' ')}"`
}

// Rows of translations are long: what decides is read from the index beside them.
function matching({ locale, now }: Search, match: string): RawBuilder<unknown> {
	return sql`from search_index cross join translations t indexed by translations_readable on t.id = search_index.rowid
		where search_index match ${match} and t.locale = ${locale} and t.published_at <= ${now}
			and t.status = 'published' and t.password is null`
}

function withForms(words: string[], locale: string): string {
	return [...words.map((word) => stem(word, locale)), ...formsToKeep(words, locale)].join(' ')
}

function expression({ terms, locale }: Omit<Search, 'now'>): string {
	return terms.map((term) => termExpression(term, locale)).join(' AND ')
}

// Words are letters and digits alone: nothing in them is syntax between quotes.
function termExpression({ words, prefix }: Term, locale: string): string {
	const stems = words.map((word) => stem(word, locale))
	if (!prefix) return `"${stems.join(' ')}"`
	return `("${stems.join(' ')}" OR "${stems.with(-1, words.at(-1)!).join(' ')}" *)`
}
