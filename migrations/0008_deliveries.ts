import type { Kysely } from 'kysely'
import { idColumn, timeColumn } from '../src/db/dialect.ts'

/** What other sites are told of our links to them; kept when a post is deleted, for they are to hear of that too. */
export async function up(db: Kysely<any>): Promise<void> {
	await db.schema
		.createTable('deliveries')
		.addColumn('id', 'integer', idColumn(db))
		.addColumn('post_id', 'integer', (c) => c.notNull())
		.addColumn('translation_id', 'integer', (c) => c.notNull())
		.addColumn('revision', 'integer', (c) => c.notNull())
		.addColumn('source', 'text', (c) => c.notNull())
		.addColumn('target', 'text', (c) => c.notNull())
		.addColumn('page', 'text', (c) => c.notNull())
		.addColumn('host', 'text', (c) => c.notNull())
		.addColumn('linked', 'integer', (c) => c.notNull().defaultTo(1))
		.addColumn('state', 'text', (c) => c.notNull().defaultTo('waiting'))
		.addColumn('protocol', 'text')
		.addColumn('outcome', 'text', (c) => c.notNull().defaultTo(''))
		.addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
		.addColumn('asked_at', timeColumn, (c) => c.notNull())
		.addColumn('tried_at', timeColumn)
		.addColumn('sent_at', timeColumn)
		.addColumn('next_at', timeColumn, (c) => c.notNull())
		.addColumn('claim', 'text', (c) => c.notNull().defaultTo(''))
		.addUniqueConstraint('deliveries_page', ['translation_id', 'page'])
		.execute()
	await db.schema.createIndex('deliveries_due').on('deliveries').columns(['state', 'next_at', 'id']).execute()
	await db.schema.createIndex('deliveries_post').on('deliveries').columns(['post_id', 'id']).execute()
	await db.schema.createIndex('deliveries_source').on('deliveries').column('source').execute()
}
