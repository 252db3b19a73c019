import { type RawBuilder, sql } from 'kysely'
import { formsToKeep } from './forms.ts'
import type { Search, SearchIndex } from './queries.ts'
import type { Term } from './query.ts'
import { stemmerName } from './stem.ts'

// Ranking unpacks a whole tsvector: of more matches than this, the older ones come by date.
const RANKED = 500

/** A tsvector per translation, made by the language's own configuration: title of weight A, body of weight B, whole words. */
export const postgresIndex: SearchIndex = {
	async add(db, texts) {
		const rows = texts.map(({ id, locale, title, body }) => ({
			id,
			locale,
			config: configuration(locale),
			title: title.join(' '),
			title_forms: formsToKeep(title, locale),
			body: body.join(' '),
			body_forms: formsToKeep(body, locale),
		}))
		// The dot keeps the end of a title and the beginning of its text from being a phrase.
		await sql`
			insert into search_index (translation_id, locale, title, words)
			select id, locale, v.title, setweight(v.title, 'A') || '.:1'::tsvector || setweight(v.body, 'B')
			from json_to_recordset(${JSON.stringify(rows)}::json)
				as r (id int, locale text, config regconfig, title text, title_forms text[], body text, body_forms text[]),
				lateral (select to_tsvector(r.config, r.title) || array_to_tsvector(r.title_forms) as title,
					to_tsvector(r.config, r.body) || array_to_tsvector(r.body_forms) as body) as v
			on conflict (translation_id) do update
			set locale = excluded.locale, title = excluded.title, words = excluded.words`.execute(db)
	},

	async remove(db, ids) {
		await sql`delete from search_index where translation_id in (${sql.join(ids)})`.execute(db)
	},

	async find(db, search, offset, limit) {
		const query = expression(search)
		const found = sql<{ id: number; total: number }>`
			select id, total from (
				select id, published_at, words, title @@ ${query} as titled, count(*) over () as total,
					row_number() over (order by title @@ ${query} desc, published_at desc, id desc) as place
				${matching(search, query)}
			) as matches
			order by titled desc,
				case when place <= ${RANKED} then ts_rank('{0, 0, 0.1, 1}', words, ${query}) else 0 end desc,
				published_at desc, id desc
			limit ${limit} offset ${offset}`
		return (await found.execute(db)).rows
	},

	async titled(db, search, limit) {
		const { rows } = await sql<{ id: number }>`
			select translation_id as id from search_index
			where locale = ${search.locale} and title @@ ${expression(search)}
			order by translation_id desc limit ${limit}`.execute(db)
		return rows.map(({ id }) => id)
	},

	async count(db, search) {
		const counted = sql<{ total: number }>`select count(*) as total ${matching(search, expression(search))}`
		return (await counted.execute(db)).rows[0]!.total
	},

	async holds(db, texts) {
		const rows = texts.map(({ id, locale, title, body }) => ({
			...{ id, locale, config: configuration(locale) },
			...{ title: title.slice(0, PHRASE).join(' '), body: body.slice(-PHRASE).join(' ') },
		}))
		const { rows: held } = await sql<{ id: number }>`
			select r.id from json_to_recordset(${JSON.stringify(rows)}::json)
				as r (id int, locale text, config regconfig, title text, body text)
			join search_index i on i.translation_id = r.id and i.locale = r.locale
			where (r.title = '' or i.title @@ phraseto_tsquery(r.config, r.title))
				and (r.body = '' or i.words @@ phraseto_tsquery(r.config, r.body))`.execute(db)
		return new Set(held.map(({ id }) => id))
	},

	/** A foreign key keeps them out. */
	strays: async () => [],
}

/** Words that tell one text from another. */
const PHRASE = 8

// The offset keeps the order: a planner that takes the posts for few would begin with them and unpack the vector of each.
function matching({ locale, now }: Search, query: RawBuilder<unknown>): RawBuilder<unknown> {
	return sql`
		from search_index cross join lateral (
			select id, published_at from translations
			where id = translation_id and published_at <= ${now} and status = 'published' and password is null offset 0
		) as t
		where words @@ ${query} and search_index.locale = ${locale}`
}

function expression({ terms, locale }: Omit<Search, 'now'>): RawBuilder<unknown> {
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
