import type { Kysely } from 'kysely'
import { idColumn, timeColumn } from '../src/db/dialect.ts'

/** The backups that the blog has made by itself, and what came of each. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('backups')
		.addColumn('id', 'integer', idColumn(db))
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('place', 'text', (c) => c.notNull())
		.addColumn('state', 'text', (c) => c.notNull())
		.addColumn('bytes', timeColumn, (c) => c.notNull().defaultTo(0))
		.addColumn('error', 'text', (c) => c.notNull().defaultTo(''))
		.addColumn('started_at', timeColumn, (c) => c.notNull())
		.addColumn('ended_at', timeColumn)
		.execute()
}
