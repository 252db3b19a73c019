import type { Kysely } from 'kysely'
import { timeColumn, wordOrder } from '../src/db/dialect.ts'

/** The conversation is written to: places in threads, reasons of decisions, what filters learn, who wants mail. */
export async function up(db: Kysely<any>): Promise<void> {
	await addColumns(db)
	await db.schema.createIndex('comments_place').on('comments').columns(['post_id', 'status', 'root', 'place']).execute()
	await db.schema.createIndex('comments_order').on('comments').columns(['post_id', 'place']).execute()
	await db.schema.createIndex('comments_depth').on('comments').columns(['post_id', 'depth', 'place']).execute()
	await db.schema.createIndex('comments_writer').on('comments').columns(['email', 'name', 'status']).execute()
	await db.schema.createIndex('comments_duplicate').on('comments').columns(['post_id', 'digest']).execute()
	await db.schema.createIndex('comments_state').on('comments').columns(['status', 'id']).execute()

	await db.schema
		.createTable('filter_words')
		.addColumn('word', 'text', (c) => c.primaryKey())
		.addColumn('spam', 'integer', (c) => c.notNull().defaultTo(0))
		.addColumn('ham', 'integer', (c) => c.notNull().defaultTo(0))
		.execute()

	await db.schema
		.createTable('subscriptions')
		.addColumn('token', 'text', (c) => c.primaryKey())
		.addColumn('comment_id', 'integer', (c) => c.notNull().unique().references('comments.id').onDelete('cascade'))
		.addColumn('email', 'text', (c) => c.notNull())
		.addColumn('locale', 'text', (c) => c.notNull())
		.addColumn('created_at', timeColumn, (c) => c.notNull())
		.addColumn('confirmed_at', timeColumn)
		.execute()
	await db.schema.createIndex('subscriptions_email').on('subscriptions').columns(['email']).execute()
}

// SQLite adds one column a statement.
async function addColumns(db: Kysely<any>): Promise<void> {
	const place = wordOrder(db)
	await db.schema
		.alterTable('comments')
		.addColumn('place', place, (c) => c.notNull().defaultTo(''))
		.execute()
	await db.schema
		.alterTable('comments')
		.addColumn('root', place, (c) => c.notNull().defaultTo(''))
		.execute()
	await db.schema
		.alterTable('comments')
		.addColumn('depth', 'integer', (c) => c.notNull().defaultTo(0))
		.execute()
	await db.schema
		.alterTable('comments')
		.addColumn('reasons', 'text', (c) => c.notNull().defaultTo('[]'))
		.execute()
	await db.schema
		.alterTable('comments')
		.addColumn('digest', 'text', (c) => c.notNull().defaultTo(''))
		.execute()
	await db.schema
		.alterTable('comments')
		.addColumn('user_agent', 'text', (c) => c.notNull().defaultTo(''))
		.execute()
	await db.schema
		.alterTable('comments')
		.addColumn('referrer', 'text', (c) => c.notNull().defaultTo(''))
		.execute()
	await db.schema
		.alterTable('comments')
		.addColumn('ip_hash', 'text', (c) => c.notNull().defaultTo(''))
		.execute()
	await db.schema
		.alterTable('comments')
		.addColumn('trap', 'text', (c) => c.notNull().defaultTo(''))
		.execute()
	await db.schema
		.alterTable('comments')
		.addColumn('checked', 'text', (c) => c.notNull().defaultTo('done'))
		.execute()
	await db.schema.alterTable('comments').addColumn('trained', 'text').execute()
}
