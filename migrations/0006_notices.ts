import type { Kysely } from 'kysely'
import { timeColumn } from '../src/db/dialect.ts'

/** Mail remembers what it has told, so that nobody is told twice. */
export async function up(db: Kysely<any>): Promise<void> {
	await db.schema
		.alterTable('comments')
		.addColumn('told', 'integer', (c) => c.notNull().defaultTo(0))
		.execute()
	await db.schema.alterTable('subscriptions').addColumn('asked_at', timeColumn).execute()
	await db.schema.alterTable('authors').addColumn('told_at', timeColumn).execute()
}
