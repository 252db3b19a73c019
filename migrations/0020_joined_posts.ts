import type { Kysely } from 'kysely'
import { timeColumn } from '../src/db/dialect.ts'

/** The numbers of posts that were joined with others: where they are found now, and how they are parted again. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('joined_posts')
		.addColumn('number', 'integer', (c) => c.primaryKey().notNull())
		.addColumn('post_id', 'integer', (c) => c.notNull().references('posts.id').onDelete('cascade'))
		.addColumn('form_key', 'text', (c) => c.unique())
		.addColumn('state', 'text', (c) => c.notNull())
		.addColumn('joined_at', timeColumn, (c) => c.notNull())
		.execute()
	await db.schema.createIndex('joined_posts_post').on('joined_posts').columns(['post_id']).execute()
}
