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
	// The board reads the states of all posts: from this alone, beside their long texts.
	await db.schema
		.createIndex('translations_board')
		.on('translations')
		.columns(['post_id', 'locale', 'status', 'published_at', 'modified_at'])
		.columns(['major_revision', 'source_locale', 'source_revision'])
		.execute()
}
