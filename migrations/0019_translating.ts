import type { Kysely } from 'kysely'

/** How far a translation is: which paragraphs belong together, what of its source's changes has been seen to. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('translating')
		.addColumn('translation_id', 'integer', (c) => c.primaryKey().references('translations.id').onDelete('cascade'))
		.addColumn('pairs', 'text', (c) => c.notNull())
		.addColumn('ticks', 'text', (c) => c.notNull())
		.addColumn('untranslated', 'integer', (c) => c.notNull().defaultTo(0))
		.execute()
}
