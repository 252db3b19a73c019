import type { Kysely } from 'kysely'
import { timeColumn } from '../src/db/dialect.ts'

/** What writing leaves behind: every saved state of a text, what isn't saved yet, links to drafts. */
export async function up(db: Kysely<any>): Promise<void> {
	await db.schema
		.createTable('revisions')
		.addColumn('translation_id', 'integer', (c) => c.notNull().references('translations.id').onDelete('cascade'))
		.addColumn('number', 'integer', (c) => c.notNull())
		.addColumn('title', 'text', (c) => c.notNull())
		.addColumn('source', 'text', (c) => c.notNull())
		.addColumn('excerpt', 'text', (c) => c.notNull())
		.addColumn('author_id', 'integer', (c) => c.references('authors.id').onDelete('set null'))
		.addColumn('saved_at', timeColumn, (c) => c.notNull())
		.addColumn('small', 'integer', (c) => c.notNull().defaultTo(0))
		.addPrimaryKeyConstraint('revisions_key', ['translation_id', 'number'])
		.execute()
	await db.schema.createIndex('revisions_author').on('revisions').columns(['author_id']).execute()

	await db.schema
		.createTable('autosaves')
		.addColumn('author_id', 'integer', (c) => c.notNull().references('authors.id').onDelete('cascade'))
		.addColumn('place', 'text', (c) => c.notNull())
		.addColumn('locale', 'text', (c) => c.notNull())
		.addColumn('post_id', 'integer', (c) => c.references('posts.id').onDelete('cascade'))
		.addColumn('form', 'text', (c) => c.notNull())
		.addColumn('saved_at', timeColumn, (c) => c.notNull())
		.addPrimaryKeyConstraint('autosaves_key', ['author_id', 'place', 'locale'])
		.execute()
	await db.schema.createIndex('autosaves_post').on('autosaves').columns(['post_id', 'locale']).execute()

	await db.schema
		.createTable('previews')
		.addColumn('token', 'text', (c) => c.primaryKey())
		.addColumn('translation_id', 'integer', (c) => c.notNull().references('translations.id').onDelete('cascade'))
		.addColumn('author_id', 'integer', (c) => c.references('authors.id').onDelete('set null'))
		.addColumn('expires_at', timeColumn, (c) => c.notNull())
		.execute()
	await db.schema.createIndex('previews_translation').on('previews').columns(['translation_id']).execute()

	await db.schema.alterTable('posts').addColumn('form_key', 'text').execute()
	await db.schema.createIndex('posts_form_key').on('posts').columns(['form_key']).unique().execute()
}
