import type { Kysely } from 'kysely'
import { timeColumn } from '../src/db/dialect.ts'

/** Authors sign in: passwords, sessions, one-time links. */
export async function up(db: Kysely<any>): Promise<void> {
	await db.schema.alterTable('authors').addColumn('password_hash', 'text').execute()
	await db.schema.alterTable('authors').addColumn('language', 'text').execute()

	await db.schema
		.createTable('sessions')
		.addColumn('token_hash', 'text', (c) => c.primaryKey())
		.addColumn('author_id', 'integer', (c) => c.notNull().references('authors.id').onDelete('cascade'))
		.addColumn('created_at', timeColumn, (c) => c.notNull())
		.addColumn('seen_at', timeColumn, (c) => c.notNull())
		.addColumn('user_agent', 'text', (c) => c.notNull().defaultTo(''))
		.execute()
	await db.schema.createIndex('sessions_author').on('sessions').columns(['author_id']).execute()

	await db.schema
		.createTable('links')
		.addColumn('token_hash', 'text', (c) => c.primaryKey())
		.addColumn('purpose', 'text', (c) => c.notNull())
		.addColumn('author_id', 'integer', (c) => c.references('authors.id').onDelete('cascade'))
		.addColumn('expires_at', timeColumn)
		.execute()
}
