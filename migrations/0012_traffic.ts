import type { Kysely } from 'kysely'

/** Readers are counted by the day: pages, where they came from, feeds. Nobody is told from anybody but feed readers, for a day. */
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
}
