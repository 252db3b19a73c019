import type { Kysely } from 'kysely'
import { idColumn, timeColumn } from '../src/db/dialect.ts'

/** Mentions: notices from other blogs, when their pages were fetched, and what a response made of one tells. */
export async function up(db: Kysely<any>): Promise<void> {
	await db.schema
		.createTable('mentions')
		.addColumn('id', 'integer', idColumn(db))
		.addColumn('token', 'text', (c) => c.notNull().unique())
		.addColumn('protocol', 'text', (c) => c.notNull())
		.addColumn('source', 'text', (c) => c.notNull())
		.addColumn('source_key', 'text', (c) => c.notNull())
		.addColumn('target', 'text', (c) => c.notNull())
		.addColumn('post_id', 'integer', (c) => c.notNull().references('posts.id').onDelete('cascade'))
		.addColumn('parent_id', 'integer', (c) => c.references('comments.id').onDelete('set null'))
		.addColumn('comment_id', 'integer', (c) => c.references('comments.id').onDelete('set null'))
		.addColumn('ip', 'text', (c) => c.notNull().defaultTo(''))
		.addColumn('received_at', timeColumn, (c) => c.notNull())
		.addColumn('notices', 'integer', (c) => c.notNull().defaultTo(1))
		.addColumn('waiting', 'integer', (c) => c.notNull().defaultTo(1))
		.addColumn('tries', 'integer', (c) => c.notNull().defaultTo(0))
		.addColumn('outcome', 'text', (c) => c.notNull().defaultTo(''))
		.addColumn('detail', 'text', (c) => c.notNull().defaultTo(''))
		.addColumn('checked_at', timeColumn)
		.addUniqueConstraint('mentions_source_post', ['source_key', 'post_id'])
		.execute()
	await db.schema.createIndex('mentions_received').on('mentions').columns(['received_at', 'id']).execute()
	await db.schema.createIndex('mentions_waiting').on('mentions').columns(['waiting', 'id']).execute()
	await db.schema.createIndex('mentions_post').on('mentions').columns(['post_id']).execute()
	await db.schema.createIndex('mentions_comment').on('mentions').columns(['comment_id']).execute()
	await db.schema.createIndex('mentions_parent').on('mentions').columns(['parent_id']).execute()

	await db.schema
		.createTable('mention_fetches')
		.addColumn('source_key', 'text', (c) => c.primaryKey())
		.addColumn('times', 'text', (c) => c.notNull().defaultTo('[]'))
		.addColumn('last_at', timeColumn, (c) => c.notNull())
		.execute()

	for (const column of ['mention', 'title', 'author_url', 'photo']) {
		await db.schema
			.alterTable('comments')
			.addColumn(column, 'text', (c) => c.notNull().defaultTo(''))
			.execute()
	}
	await db.schema.createIndex('comments_mentions').on('comments').columns(['kind', 'status', 'url']).execute()
	await db.schema.createIndex('comments_url').on('comments').columns(['url']).execute()
}
