import type { Kysely } from 'kysely'
import { idColumn, timeColumn } from '../src/db/dialect.ts'

/** People: second factors, passkeys, passwords of applications, what links carry, and a log of who changed what. */
export async function up(db: Kysely<any>): Promise<void> {
	await addColumns(db)

	await db.schema
		.createTable('passkeys')
		.addColumn('id', 'integer', idColumn(db))
		.addColumn('author_id', 'integer', (c) => c.notNull().references('authors.id').onDelete('cascade'))
		.addColumn('credential', 'text', (c) => c.notNull().unique())
		.addColumn('public_key', 'text', (c) => c.notNull())
		.addColumn('counter', 'bigint', (c) => c.notNull())
		.addColumn('transports', 'text', (c) => c.notNull())
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('created_at', timeColumn, (c) => c.notNull())
		.addColumn('used_at', timeColumn)
		.execute()
	await db.schema.createIndex('passkeys_author').on('passkeys').columns(['author_id']).execute()

	await db.schema
		.createTable('recovery_codes')
		.addColumn('author_id', 'integer', (c) => c.notNull().references('authors.id').onDelete('cascade'))
		.addColumn('code_hash', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('recovery_codes_pk', ['author_id', 'code_hash'])
		.execute()

	await db.schema
		.createTable('applications')
		.addColumn('id', 'integer', idColumn(db))
		.addColumn('author_id', 'integer', (c) => c.notNull().references('authors.id').onDelete('cascade'))
		.addColumn('kind', 'text', (c) => c.notNull())
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('secret_hash', 'text', (c) => c.notNull().unique())
		.addColumn('scopes', 'text', (c) => c.notNull().defaultTo(''))
		.addColumn('created_at', timeColumn, (c) => c.notNull())
		.addColumn('used_at', timeColumn)
		.execute()
	await db.schema.createIndex('applications_author').on('applications').columns(['author_id']).execute()

	await db.schema
		.createTable('audit')
		.addColumn('id', 'integer', idColumn(db))
		.addColumn('author_id', 'integer', (c) => c.references('authors.id').onDelete('set null'))
		.addColumn('author_name', 'text', (c) => c.notNull())
		.addColumn('action', 'text', (c) => c.notNull())
		.addColumn('subject', 'text', (c) => c.notNull())
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('created_at', timeColumn, (c) => c.notNull())
		.execute()
	await db.schema.createIndex('audit_author').on('audit').columns(['author_id', 'id']).execute()
}

// SQLite adds one column a statement.
async function addColumns(db: Kysely<any>): Promise<void> {
	await db.schema.alterTable('authors').addColumn('disabled_at', timeColumn).execute()
	await db.schema.alterTable('authors').addColumn('totp_secret', 'text').execute()
	await db.schema.alterTable('authors').addColumn('totp_step', 'integer').execute()
	await db.schema
		.alterTable('links')
		.addColumn('data', 'text', (c) => c.notNull().defaultTo('{}'))
		.execute()
	await db.schema
		.alterTable('links')
		.addColumn('created_at', timeColumn, (c) => c.notNull().defaultTo(0))
		.execute()
}
