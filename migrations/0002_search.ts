import { type Kysely, sql } from 'kysely'
import { databaseKind } from '../src/db/dialect.ts'

/** The search index: FTS5 on SQLite, tsvector with a GIN index on PostgreSQL. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create index translations_readable on translations (id, locale, published_at)
		where status = 'published' and password is null`.execute(db)
	if (databaseKind(db) === 'postgres') await createPostgresIndex(db)
	else await createSqliteIndex(db)
}

async function createSqliteIndex(db: Kysely<unknown>): Promise<void> {
	await sql`
		create virtual table search_index using fts5 (title, body, content = '', contentless_delete = 1,
			tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M*'")`.execute(db)
	// A virtual table has no foreign keys.
	await sql`
		create trigger translations_searched after delete on translations
		begin delete from search_index where rowid = old.id; end`.execute(db)
}

const LANGUAGES = [
	'danish',
	'dutch',
	'english',
	'finnish',
	'french',
	'german',
	'italian',
	'norwegian',
	'portuguese',
	'russian',
	'spanish',
	'swedish',
]

async function createPostgresIndex(db: Kysely<unknown>): Promise<void> {
	for (const language of LANGUAGES) await createConfiguration(db, language)
	// English and Russian stand in each other's texts.
	await mapWords(db, 'russian', 'asciiword', 'english')
	await mapWords(db, 'english', 'word', 'russian')
	await sql`
		create table search_index (
			translation_id integer primary key references translations (id) on delete cascade,
			locale text not null,
			title tsvector not null,
			words tsvector not null
		)`.execute(db)
	// A pending list would be read through by every search.
	await sql`create index search_index_words on search_index using gin (words) with (fastupdate = off)`.execute(db)
	// Knowing that a word is common, the planner reads every row instead, though unpacking the vectors costs far more.
	await sql`alter table search_index alter column words set statistics 0`.execute(db)
	// Vectors hardly shrink.
	await sql`alter table search_index alter column words set storage external`.execute(db)
}

// PostgreSQL's own configurations drop the commonest words: a phrase may be made of them.
async function createConfiguration(db: Kysely<unknown>, language: string): Promise<void> {
	const name = sql.id(`otklik_${language}`)
	await sql`create text search dictionary ${name} (template = snowball, language = ${sql.id(language)})`.execute(db)
	await sql`create text search configuration ${name} (copy = simple)`.execute(db)
	await mapWords(db, language, 'asciiword', language)
	await mapWords(db, language, 'word', language)
}

async function mapWords(db: Kysely<unknown>, language: string, words: string, stemmer: string): Promise<void> {
	await sql`
		alter text search configuration ${sql.id(`otklik_${language}`)}
		alter mapping for ${sql.id(words)} with ${sql.id(`otklik_${stemmer}`)}`.execute(db)
}
