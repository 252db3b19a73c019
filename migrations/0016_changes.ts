import type { Kysely } from 'kysely'
import { idColumn } from '../src/db/dialect.ts'

/** What changed lately, in order, for processes that keep pages; PostgreSQL tells them by itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('changes')
		.addColumn('id', 'integer', idColumn(db))
		.addColumn('scopes', 'text', (c) => c.notNull())
		.execute()
}
