import type { Kysely } from 'kysely'
import { databaseKind, timeColumn } from '../src/db/dialect.ts'

/** When a job was written: most are due at once, which tells nothing of how long they wait. pg-boss keeps it itself. */
export async function up(db: Kysely<any>): Promise<void> {
	if (databaseKind(db) === 'postgres') return
	await db.schema
		.alterTable('jobs')
		.addColumn('added_at', timeColumn, (c) => c.notNull().defaultTo(0))
		.execute()
}
