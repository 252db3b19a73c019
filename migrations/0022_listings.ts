import { type Kysely, sql } from 'kysely'
import { databaseKind, timeColumn, wordOrder } from '../src/db/dialect.ts'

/**
 * Under which terms and authors translations are listed, newest first, kept by the database itself whatever changes
 * them; and an index that counts responses by kind and language.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	const isPostgres = databaseKind(db) === 'postgres'
	const table = db.schema
		.createTable('listings')
		.addColumn('list', wordOrder(db), (c) => c.notNull())
		.addColumn('locale', wordOrder(db), (c) => c.notNull())
		.addColumn('published_at', timeColumn, (c) => c.notNull())
		.addColumn('translation_id', 'integer', (c) => c.notNull())
		.addColumn('post_id', 'integer', (c) => c.notNull())
		.addPrimaryKeyConstraint('listings_pk', ['list', 'locale', 'published_at', 'translation_id'])
	await (isPostgres ? table : table.modifyEnd(sql`without rowid`)).execute()
	await db.schema.createIndex('listings_post').on('listings').column('post_id').execute()
	await sql`insert into listings ${listed(sql`t.post_id is not null`)}`.execute(db)
	if (isPostgres) await keepOnPostgres(db)
	else await keepOnSqlite(db)

	await db.schema
		.createIndex('comments_counts')
		.on('comments')
		.columns(['post_id', 'status', 'mention', 'locale'])
		.execute()
}

/** A post stands in a list for each of its terms, and in its author's. */
function listed(which: ReturnType<typeof sql>) {
	const columns = sql`t.locale, t.published_at, t.id, t.post_id`
	const shown = sql`t.kind = 'post' and t.status = 'published' and t.published_at is not null`
	return sql`
		select 'term ' || pt.term_id, ${columns} from translations t join post_terms pt on pt.post_id = t.post_id
		where ${shown} and ${which}
		union all
		select 'author ' || p.author_id, ${columns} from translations t join posts p on p.id = t.post_id
		where ${shown} and p.author_id is not null and ${which}`
}

const CAUSES = [
	['translations', 'insert', ['new.post_id']],
	['translations', 'update of post_id, kind, locale, status, published_at', ['old.post_id', 'new.post_id']],
	['translations', 'delete', ['old.post_id']],
	['post_terms', 'insert', ['new.post_id']],
	['post_terms', 'update of post_id, term_id', ['old.post_id', 'new.post_id']],
	['post_terms', 'delete', ['old.post_id']],
	['posts', 'update of author_id', ['new.id']],
] as const

async function keepOnSqlite(db: Kysely<unknown>): Promise<void> {
	for (const [table, event, posts] of CAUSES) {
		const name = sql.id(`${table}_listed_${event.split(' ')[0]}`)
		await sql`
			create trigger ${name} after ${sql.raw(event)} on ${sql.id(table)}
			begin ${sql.join(posts.map(listAnew), sql` `)} end`.execute(db)
	}
}

async function keepOnPostgres(db: Kysely<unknown>): Promise<void> {
	for (const [table, event, posts] of CAUSES) {
		const name = sql.id(`${table}_listed_${event.split(' ')[0]}`)
		await sql`
			create or replace function ${name}() returns trigger language plpgsql as
			$$ begin ${sql.join(posts.map(listAnew), sql` `)} return null; end $$`.execute(db)
		await sql`
			create trigger ${name} after ${sql.raw(event)} on ${sql.id(table)}
			for each row execute function ${name}()`.execute(db)
	}
}

function listAnew(post: string) {
	const id = sql.raw(post)
	return sql`
		delete from listings where post_id = ${id};
		insert into listings ${listed(sql`t.post_id = ${id}`)} on conflict do nothing;`
}
