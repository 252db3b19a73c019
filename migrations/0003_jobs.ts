import { type Kysely, sql } from 'kysely'
import { databaseKind, idColumn, timeColumn } from '../src/db/dialect.ts'

/** Work outside requests: pg-boss's own schema on PostgreSQL, one table on SQLite; schedules; counts for limits. */
export async function up(db: Kysely<any>): Promise<void> {
	if (databaseKind(db) === 'postgres') {
		const { installPgBoss } = await import('../src/jobs/postgres-queries.ts')
		await installPgBoss(db)
		await createRates(db)
	} else await createJobs(db)
	await db.schema
		.createTable('schedules')
		.addColumn('kind', 'text', (c) => c.primaryKey())
		.addColumn('cron', 'text', (c) => c.notNull())
		.addColumn('next_at', timeColumn, (c) => c.notNull())
		.execute()
}

async function createJobs(db: Kysely<any>): Promise<void> {
	await db.schema
		.createTable('jobs')
		.addColumn('id', 'integer', idColumn(db))
		.addColumn('kind', 'text', (c) => c.notNull())
		.addColumn('key', 'text')
		.addColumn('payload', 'text', (c) => c.notNull())
		.addColumn('due_at', timeColumn, (c) => c.notNull())
		.addColumn('leased', 'integer', (c) => c.notNull().defaultTo(0))
		.addColumn('attempt', 'integer', (c) => c.notNull().defaultTo(0))
		.addColumn('attempts', 'integer', (c) => c.notNull())
		.addColumn('dead_at', timeColumn)
		.addColumn('error', 'text', (c) => c.notNull().defaultTo(''))
		.execute()
	await sql`create index jobs_due on jobs (due_at, id) where dead_at is null`.execute(db)
	await sql`create index jobs_key on jobs (kind, key) where key is not null`.execute(db)
	await sql`create index jobs_dead on jobs (dead_at, id) where dead_at is not null`.execute(db)
}

/** As rate-limiter-flexible wants it; what a crash of the server takes is no loss. */
async function createRates(db: Kysely<any>): Promise<void> {
	await sql`
		create unlogged table rates (
			key varchar(255) primary key,
			points integer not null default 0,
			expire bigint
		)`.execute(db)
}
