import { type Kysely, sql } from 'kysely'
import { databaseKind, idColumn, timeColumn } from '../src/db/dialect.ts'

/** Moderation: the queue by any of its filters, words of responses, who is trusted or blocked, what can be undone. */
export async function up(db: Kysely<any>): Promise<void> {
	// Whatever is asked of a state is answered from the index alone.
	await db.schema
		.createIndex('comments_queue')
		.on('comments')
		.columns(['status', 'id', 'locale', 'kind', 'mention', 'post_id'])
		.execute()
	await db.schema.dropIndex('comments_state').execute()
	if (databaseKind(db) === 'postgres') await indexOnPostgres(db)
	else await indexOnSqlite(db)

	await db.schema
		.createTable('writer_rules')
		.addColumn('id', 'integer', idColumn(db))
		.addColumn('kind', 'text', (c) => c.notNull())
		.addColumn('value', 'text', (c) => c.notNull())
		.addColumn('verdict', 'text', (c) => c.notNull())
		.addColumn('label', 'text', (c) => c.notNull())
		.addColumn('author_id', 'integer', (c) => c.references('authors.id').onDelete('set null'))
		.addColumn('created_at', timeColumn, (c) => c.notNull())
		.addUniqueConstraint('writer_rules_value', ['kind', 'value'])
		.execute()
	await db.schema.createIndex('writer_rules_author').on('writer_rules').columns(['author_id']).execute()

	await db.schema
		.createTable('undos')
		.addColumn('token', 'text', (c) => c.primaryKey())
		.addColumn('author_id', 'integer', (c) => c.notNull().references('authors.id').onDelete('cascade'))
		.addColumn('action', 'text', (c) => c.notNull())
		.addColumn('changes', 'text', (c) => c.notNull())
		.addColumn('created_at', timeColumn, (c) => c.notNull())
		.execute()
	await db.schema.createIndex('undos_author').on('undos').columns(['author_id']).execute()
}

/** FTS5 folds capitals but not ё. */
async function indexOnSqlite(db: Kysely<unknown>): Promise<void> {
	const words = (row: string) =>
		sql.raw(
			`replace(replace(${row}name || ' ' || ${row}email || ' ' || ${row}url || ' ' || ${row}ip || ' ' || ` +
				`${row}title || ' ' || substr(${row}source, 1, 20000), 'ё', 'е'), 'Ё', 'Е')`,
		)
	await sql`
		create virtual table search_index_responses using fts5 (words, content = '', contentless_delete = 1,
			tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M*'")`.execute(db)
	await sql`insert into search_index_responses (rowid, words) select id, ${words('')} from comments`.execute(db)
	await sql`
		create trigger responses_searched_new after insert on comments
		begin insert into search_index_responses (rowid, words) values (new.id, ${words('new.')}); end`.execute(db)
	await sql`
		create trigger responses_searched_changed after update of name, email, url, ip, title, source on comments
		begin
			delete from search_index_responses where rowid = old.id;
			insert into search_index_responses (rowid, words) values (new.id, ${words('new.')});
		end`.execute(db)
	await sql`
		create trigger responses_searched_gone after delete on comments
		begin delete from search_index_responses where rowid = old.id; end`.execute(db)
}

/** The parser would take addresses for words of their own; their parts are words here. */
async function indexOnPostgres(db: Kysely<unknown>): Promise<void> {
	await sql`
		create index comments_words on comments using gin (to_tsvector('simple',
			replace(replace(replace(replace(replace(replace(replace(
				lower(name || ' ' || email || ' ' || url || ' ' || ip || ' ' || title || ' ' || left(source, 20000)),
			'ё', 'е'), '.', ' '), '/', ' '), '-', ' '), ':', ' '), '@', ' '), '_', ' ')
		))`.execute(db)
	// Knowing that a word is common, the planner makes the words of every row anew, which costs far more.
	await sql`alter index comments_words alter column 1 set statistics 0`.execute(db)
}
