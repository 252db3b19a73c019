import { sql } from 'kysely'
import { KEPT, LEFT_OUT } from '../../src/backup/tables.ts'
import { reserveNumbers } from '../../src/db/dialect.ts'
import type { Db } from '../../src/db/schema.ts'
import { openSnapshot, type Row } from '../../src/db/snapshot.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { NOW, seedFixtures } from '../support/fixtures.ts'

/** Texts that are apt to be lost on the way. */
export const ODD = 'Ёлка «да» \u2028 👩‍🚀 "\\n" \t<b>&amp;</b>\nвторая строка; select 1 -- \r\n \u0001'

export const FILES: Record<string, Buffer> = {
	'2025/03/photo-1a2b3c4d.jpg': Buffer.from('a picture'),
	'2025/03/photo-1a2b3c4d.320w.avif': Buffer.from('a small picture'),
	'2025/03/photo-1a2b3c4d.320w.webp': Buffer.from('another small picture'),
	'2025/03/photo-1a2b3c4d.320w.jpg': Buffer.from('a third one'),
	'2025/03/Ёлка на даче-5e6f7a8b.pdf': Buffer.alloc(100_000, 'document'),
	'mentions/0123456789abcdef.jpg': Buffer.from('a face'),
}

/** A blog with rows in every table that a backup keeps. */
export async function seedAll(db: Db, storage: Storage): Promise<void> {
	const { authors, posts, terms } = await seedFixtures(db)
	const all = db.withTables<Record<string, Row>>()
	const add = (table: string, row: Row) => all.insertInto(table).values(row).execute()
	const [{ id: translation }] = (await db
		.selectFrom('translations')
		.select('id')
		.where('post_id', '=', posts.conference)
		.orderBy('id')
		.execute()) as [{ id: number }]
	const now = NOW
	const author_id = authors.anna
	const [{ id: comment }] = (await db.selectFrom('comments').select('id').orderBy('id').execute()) as [{ id: number }]
	const media = { mime: 'image/jpeg', bytes: 9, width: 640, height: 480, created_at: now, author_id }
	await add('media', {
		id: 7,
		path: '2025/03/photo-1a2b3c4d.jpg',
		name: 'photo.jpg',
		...media,
		widths: '320',
		words: 'photo',
	})
	await add('media', {
		...{ id: 900, path: '2025/03/Ёлка на даче-5e6f7a8b.pdf', name: 'Ёлка на даче.pdf', mime: 'application/pdf' },
		...{ bytes: 100_000, created_at: now, author_id: null, words: 'елка на даче' },
	})
	await add('media_texts', { media_id: 7, locale: 'ru', alt: ODD })
	await add('media_uses', { media_id: 7, translation_id: translation })
	await add('revisions', {
		translation_id: translation,
		number: 1,
		title: ODD,
		source: ODD,
		excerpt: '',
		author_id,
		saved_at: now,
		small: 1,
	})
	await add('autosaves', { author_id, place: 'post', locale: 'ru', post_id: null, form: ODD, saved_at: now })
	await add('translating', { translation_id: translation, pairs: '[["a","b"]]', ticks: '["c"]', untranslated: 1 })
	await add('previews', { token: 'preview', translation_id: translation, author_id, expires_at: now + 1 })
	await add('old_slugs', { kind: 'post', locale: 'ru', slug: 'старое', translation_id: translation })
	await add('enclosures', {
		translation_id: translation,
		url: 'https://example.org/a.mp3',
		mime: 'audio/mpeg',
		bytes: 2 ** 31 - 1,
	})
	await add('redirects', { path: '/?p=12', translation_id: translation, target: null })
	await add('redirects', { path: '/old/', translation_id: null, target: '/ru/' })
	await add('subscriptions', {
		token: 'sub',
		comment_id: comment,
		email: 'vera@example.org',
		locale: 'ru',
		created_at: now,
		asked_at: now,
		confirmed_at: null,
	})
	await add('mentions', {
		...{
			token: 'mention',
			protocol: 'webmention',
			source: 'https://other.example/1',
			source_key: 'other.example/1',
			target: '/ru/',
		},
		...{ post_id: posts.conference, comment_id: comment, received_at: now, waiting: 1 },
	})
	await add('deliveries', {
		...{
			post_id: posts.conference,
			translation_id: translation,
			revision: 1,
			source: 'https://a.example/',
			target: 'https://b.example/#x',
		},
		...{ page: 'https://b.example/', host: 'b.example', asked_at: now, next_at: now },
	})
	await add('filter_words', { word: 'ёлка', spam: 1, ham: 2 })
	await add('writer_rules', {
		kind: 'host',
		value: 'shop.example',
		verdict: 'block',
		label: ODD,
		author_id,
		created_at: now,
	})
	await add('passkeys', {
		author_id,
		credential: 'c',
		public_key: 'k',
		counter: 2 ** 40,
		transports: '[]',
		name: ODD,
		created_at: now,
		used_at: null,
	})
	await add('recovery_codes', { author_id, code_hash: 'hash' })
	await add('applications', {
		author_id,
		kind: 'password',
		name: 'Editor',
		secret_hash: 'hash',
		created_at: now,
		used_at: now,
	})
	await add('audit', { author_id, author_name: 'Анна', action: 'sign-in', subject: '', name: ODD, created_at: now })
	await add('traffic', { day: '2025-03-15', kind: 'view', name: '', count: 5 })
	await add('joined_posts', { number: 901, post_id: posts.conference, form_key: '1 key', state: '{}', joined_at: now })
	await add('imports', { site: 'old.example', kind: 'post', key: '1|x', id: posts.conference })
	await db.updateTable('comments').set({ photo: 'mentions/0123456789abcdef.jpg' }).where('id', '=', comment).execute()
	await db.updateTable('translations').set({ manual_excerpt: ODD }).where('id', '=', translation).execute()
	// Numbers go on after rows that are gone, and a parent may be younger than its child.
	await add('terms', { id: 500, kind: 'tag', parent_id: null })
	await db.deleteFrom('terms').where('id', '=', 500).execute()
	await reserveNumbers(db, 'terms', 500)
	await db.updateTable('posts').set({ parent_id: posts.contacts }).where('id', '=', posts.about).execute()
	await db.updateTable('terms').set({ parent_id: terms.notes }).where('id', '=', terms.events).execute()
	for (const [key, content] of Object.entries(FILES)) await storage.put(key, content)
}

/** Every row of the tables that are kept, each table in an order of its own. */
export async function contentOf(url: string): Promise<Record<string, Row[]>> {
	const snapshot = await openSnapshot(url)
	const content: Record<string, Row[]> = {}
	for (const table of KEPT) {
		const rows = (await Array.fromAsync(snapshot.rows(table))).flat()
		content[table] = rows
			.map((row) => Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))))
			.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
	}
	await snapshot.close()
	return content
}

/** The tables of a database that are neither kept nor left out. */
export async function unclassified(url: string): Promise<string[]> {
	const snapshot = await openSnapshot(url)
	const tables = await snapshot.tables()
	await snapshot.close()
	return tables.filter(
		(table) => !KEPT.includes(table) && !(table in LEFT_OUT) && !/^(?:search_index_|sqlite_)/.test(table),
	)
}

/** A number that a new row of a table would get. */
export async function nextNumber(db: Db, table: string, row: Row): Promise<number> {
	const { rows } = await sql<{ id: number }>`
		insert into ${sql.id(table)} (${sql.join(Object.keys(row).map((name) => sql.id(name)))})
		values (${sql.join(Object.values(row))}) returning id`.execute(db)
	return rows[0]!.id
}
