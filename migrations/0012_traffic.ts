import type { Kysely } from 'kysely'
import { idColumn, timeColumn } from '../src/db/dialect.ts'

/**
 * Readers are counted by the day: pages, where they came from, feeds; nobody is told from anybody but feed readers, for
 * a day. Imports begun in the admin page are remembered with their reports.
 */
export async function up(db: Kysely<any>): Promise<void> {
	await db.schema
		.createTable('traffic')
		.addColumn('day', 'text', (c) => c.notNull())
		.addColumn('kind', 'text', (c) => c.notNull())
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('count', 'integer', (c) => c.notNull())
		.addPrimaryKeyConstraint('traffic_pk', ['day', 'kind', 'name'])
		.execute()

	await db.schema
		.createTable('traffic_salts')
		.addColumn('day', 'text', (c) => c.primaryKey())
		.addColumn('salt', 'text', (c) => c.notNull())
		.execute()

	await db.schema
		.createTable('traffic_readers')
		.addColumn('day', 'text', (c) => c.notNull())
		.addColumn('hash', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('traffic_readers_pk', ['day', 'hash'])
		.execute()

	await db.schema
		.createTable('import_runs')
		.addColumn('id', 'integer', idColumn(db))
		.addColumn('author_id', 'integer', (c) => c.references('authors.id').onDelete('set null'))
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('file', 'text', (c) => c.notNull())
		.addColumn('options', 'text', (c) => c.notNull())
		.addColumn('state', 'text', (c) => c.notNull())
		.addColumn('percent', 'integer', (c) => c.notNull().defaultTo(0))
		.addColumn('report', 'text')
		.addColumn('error', 'text', (c) => c.notNull().defaultTo(''))
		.addColumn('created_at', timeColumn, (c) => c.notNull())
		.addColumn('touched_at', timeColumn, (c) => c.notNull())
		.execute()
}
