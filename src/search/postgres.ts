import { type RawBuilder, sql } from 'kysely'
import type { Search, SearchIndex } from './queries.ts'
import type { Term } from './query.ts'
import { stemmerName } from './stem.ts'

/** A tsvector per translation, made by the language's own configuration: title of weight A, body of weight B. */
export const postgresIndex: SearchIndex = {
	async add(db, texts) {
		const rows = texts.map(({ id, locale, title, body }) => ({
			id,
			locale,
			config: configuration(locale),
			title: title.join(' '),
			title_forms: [...new Set(title)],
			body: body.join(' '),
			body_forms: [...new Set(body)],
		}))
		// Whole words stand beside the stems, without a place, for prefixes longer than a stem;
		// the dot keeps the end of a title and the beginning of its text from being a phrase.
		await sql`
			insert into search_index (translation_id, locale, title, words)
			select id, locale, v.title, setweight(v.title, 'A') || '.:1'::tsvector || setweight(v.body, 'B')
			from json_to_recordset(${JSON.stringify(rows)}::json)
				as r (id int, locale text, config regconfig, title text, title_forms text[], body text, body_forms text[]),
				lateral (select to_tsvector(r.config, r.title) || array_to_tsvector(r.title_forms) as title,
					to_tsvector(r.config, r.body) || array_to_tsvector(r.body_forms) as body) as v`.execute(db)
	},

	async remove(db, ids) {
		await sql`delete from search_index where translation_id in (${sql.join(ids)})`.execute(db)
	},

	async find(db, search, offset, limit) {
		const query = expression(search)
		const found = sql<{ id: number; total: number }>`
			select t.id, count(*) over () as total ${matching(search, query)}
			order by (s.title @@ ${query}) desc, ts_rank('{0, 0, 0.1, 1}', s.words, ${query}) desc,
				t.published_at desc, t.id desc
			limit ${limit} offset ${offset}`
		return (await found.execute(db)).rows
	},

	async count(db, search) {
		const counted = sql<{ total: number }>`select count(*) as total ${matching(search, expression(search))}`
		return (await counted.execute(db)).rows[0]!.total
	},
}

function matching({ locale, now }: Search, query: RawBuilder<unknown>): RawBuilder<unknown> {
	return sql`from search_index s join translations t on t.id = s.translation_id
		where s.words @@ ${query} and s.locale = ${locale} and t.published_at <= ${now}
			and t.status = 'published' and t.password is null`
}

function expression({ terms, locale }: Search): RawBuilder<unknown> {
	const config = sql`${configuration(locale)}::regconfig`
	return sql`(${sql.join(
		terms.map((term) => termExpression(term, config)),
		sql` && `,
	)})`
}

// Words are letters and digits alone: nothing in them is syntax between quotes.
function termExpression({ words, prefix }: Term, config: RawBuilder<unknown>): RawBuilder<unknown> {
	const exact = sql`phraseto_tsquery(${config}, ${words.join(' ')})`
	if (!prefix) return exact
	const beginning = sql`${`'${words.at(-1)}':*`}::tsquery`
	if (words.length === 1) return sql`(${exact} || ${beginning})`
	return sql`(${exact} || (phraseto_tsquery(${config}, ${words.slice(0, -1).join(' ')}) <-> ${beginning}))`
}

function configuration(locale: string): string {
	const name = stemmerName(locale)
	return name ? `otklik_${name}` : 'simple'
}
