import { type RawBuilder, sql } from 'kysely'
import { databaseKind } from '../db/dialect.ts'
import type { Db } from '../db/schema.ts'
import { parseQuery, type Term } from './query.ts'

/**
 * A condition on the comments `c`: their text, name, e-mail, site or address has all the words of `query`, each maybe
 * only the beginning of one; signs between words ask for them in a row. Undefined when there are no words.
 * Both databases keep their index by themselves (migrations/0021_moderation.ts).
 */
export function responsesWith(db: Db, query: string): RawBuilder<boolean> | undefined {
	const terms = parseQuery(query)
	if (terms.length === 0) return undefined
	return databaseKind(db) === 'postgres' ? onPostgres(terms) : onSqlite(terms)
}

// Words are letters and digits alone: nothing in them is syntax between quotes.
function onSqlite(terms: Term[]): RawBuilder<boolean> {
	const match = terms.map(({ words }) => `"${words.join(' ')}" *`).join(' AND ')
	return sql`c.id in (select rowid from search_index_responses where search_index_responses match ${match})`
}

// To the letter as in the migration, or the index isn't used. Without the offset a planner that expects many would go
// through the newest responses, and make the words of each.
function onPostgres(terms: Term[]): RawBuilder<boolean> {
	const phrase = ({ words }: Term) => words.map((word, at) => `'${word}'${at + 1 < words.length ? '' : ':*'}`)
	const query = terms.map((term) => `(${phrase(term).join(' <-> ')})`).join(' & ')
	return sql`c.id in (select id from (select id from comments where to_tsvector('simple',
		replace(replace(replace(replace(replace(replace(replace(
			lower(name || ' ' || email || ' ' || url || ' ' || ip || ' ' || title || ' ' || left(source, 20000)),
		'ё', 'е'), '.', ' '), '/', ' '), '-', ' '), ':', ' '), '@', ' '), '_', ' ')
	) @@ ${query}::tsquery offset 0) as found)`
}
