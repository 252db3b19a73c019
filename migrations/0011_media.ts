import type { Kysely } from 'kysely'

const BATCH = 200

/** Uploads have their author, smaller versions, words in every language, and it is known which texts show them. */
export async function up(db: Kysely<any>): Promise<void> {
	await db.schema
		.alterTable('media')
		.addColumn('author_id', 'integer', (c) => c.references('authors.id').onDelete('set null'))
		.execute()
	await db.schema.alterTable('media').addColumn('widths', 'text').execute()
	await db.schema
		.alterTable('media')
		.addColumn('words', 'text', (c) => c.notNull().defaultTo(''))
		.execute()
	await db.schema.createIndex('media_author').on('media').columns(['author_id', 'created_at', 'id']).execute()
	await db.schema.createIndex('media_created').on('media').columns(['created_at', 'id']).execute()

	await db.schema
		.createTable('media_texts')
		.addColumn('media_id', 'integer', (c) => c.notNull().references('media.id').onDelete('cascade'))
		.addColumn('locale', 'text', (c) => c.notNull())
		.addColumn('alt', 'text', (c) => c.notNull().defaultTo(''))
		.addPrimaryKeyConstraint('media_texts_pk', ['media_id', 'locale'])
		.execute()

	await db.schema
		.createTable('media_uses')
		.addColumn('media_id', 'integer', (c) => c.notNull().references('media.id').onDelete('cascade'))
		.addColumn('translation_id', 'integer', (c) => c.notNull().references('translations.id').onDelete('cascade'))
		.addPrimaryKeyConstraint('media_uses_pk', ['media_id', 'translation_id'])
		.execute()
	await db.schema.createIndex('media_uses_translation').on('media_uses').columns(['translation_id']).execute()
	await keepUses(db)
}

/** Of the texts that are there. */
async function keepUses(db: Kysely<any>): Promise<void> {
	const media = new Map<string, number>()
	for (const { id, path, name } of await db.selectFrom('media').select(['id', 'path', 'name']).execute()) {
		media.set(path, id)
		const words = name.normalize('NFC').toLowerCase().replaceAll('ё', 'е')
		await db.updateTable('media').set({ words }).where('id', '=', id).execute()
	}
	if (media.size === 0) return
	const texts = db.selectFrom('translations').select(['id', 'html']).where('html', 'like', '%/media/%').orderBy('id')
	for (let last = 0, batch = []; ; last = batch.at(-1)!.id) {
		batch = await texts.where('id', '>', last).limit(BATCH).execute()
		if (batch.length === 0) return
		for (const text of batch) await keepUsesOf(db, media, text)
	}
}

async function keepUsesOf(db: Kysely<any>, media: Map<string, number>, { id, html }: { id: number; html: string }) {
	const addresses = [...html.matchAll(/(?:src|href|poster)="[^"]*\/media\/([^"?#]+)/g)]
	const shown = new Set(addresses.flatMap(([, path]) => media.get(decoded(path!)) ?? []))
	const rows = [...shown].map((media_id) => ({ media_id, translation_id: id }))
	if (rows.length > 0) await db.insertInto('media_uses').values(rows).execute()
}

function decoded(path: string): string {
	try {
		return decodeURIComponent(path.replaceAll('&amp;', '&'))
	} catch {
		return path
	}
}
