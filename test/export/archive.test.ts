import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeExport } from '../../src/export/archive.ts'
import { frontMatter } from '../../src/export/yaml.ts'
import { createPost } from '../../src/posts/save.ts'
import { writeSetting } from '../../src/settings/queries.ts'
import { loadSecret } from '../../src/settings/settings.ts'
import { openZip } from '../../src/zip/read.ts'
import { FILES, seedAll } from '../backup/fixture.ts'
import { openPlace, type Place } from '../backup/support.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folders.ts'

const BOUNDS = { members: 10_000, ratio: 1000, small: 1 << 20 }

async function exported(place: Place): Promise<Map<string, Buffer>> {
	const file = join(temporaryFolder('export'), 'blog.zip')
	assert.equal(await writeExport({ ...place, now: NOW }, createWriteStream(file)), [])
	const archive = await openZip(file, BOUNDS)
	const files = new Map<string, Buffer>()
	for (const name of archive.members.keys()) {
		files.set(name, Buffer.concat(await Array.fromAsync(archive.read(name))))
	}
	archive.close()
	return files
}

/** The head of a text, and the text. */
function readText(file: Buffer): { head: Record<string, unknown>; text: string } {
	const [, head, text] = /^---\n(.*?)---\n\n(.*)\n$/s.exec(String(file))!
	const lines = head!.trimEnd().split('\n')
	return {
		head: Object.fromEntries(lines.map((line) => [line.split(': ')[0], JSON.parse(line.slice(line.indexOf(' ')))])),
		text: text!,
	}
}

for (const database of databases) {
	const test = suite(`an export on ${database.name}`)

	test('has every text in a file of its own, as it was written, and all that belongs to it', async () => {
		const place = await openPlace(database)
		await seedAll(place.db, place.storage)
		const files = await exported(place)
		const texts = await place.db.selectFrom('translations').selectAll().execute()
		const found = [...files]
			.filter(([name]) => /\/(?:ru|en)\.(?:md|html)$/.test(name))
			.map(([, file]) => readText(file))
		assert.is(found.length, texts.length)
		for (const row of texts) {
			const { head, text } = found.find((one) => one.head.guid === row.guid)!
			assert.is(text, row.source)
			assert.is(head.title, row.title)
			assert.is(head.slug, row.slug)
			assert.is(head.status, row.status)
			assert.is(head.excerpt ?? '', row.manual_excerpt)
			assert.is(head.password ?? null, row.password)
			assert.is(head.date ?? null, row.published_at && new Date(row.published_at).toISOString())
		}
		const comments = await place.db.selectFrom('comments').selectAll().execute()
		const said = [...files].flatMap(([name, file]) => (name.endsWith('/comments.json') ? JSON.parse(String(file)) : []))
		assert.equal(
			said.map(({ number, text }: { number: number; text: string }) => [number, text]).sort(),
			comments.map(({ id, source }) => [id, source]).sort(),
		)
		for (const key of ['2025/03/photo-1a2b3c4d.jpg', '2025/03/Ёлка на даче-5e6f7a8b.pdf']) {
			assert.ok(files.get(`media/${key}`)!.equals(FILES[key]!))
		}
		assert.is(JSON.parse(String(files.get('terms.json'))).length, 5)
		assert.equal(JSON.parse(String(files.get('redirects.json'))), [
			{
				from: '/?p=12',
				to: '/ru/2025/02/konferenciya-egov-2-0/',
				file: 'posts/2025-02-konferenciya-egov-2-0/ru.md',
			},
			{ from: '/old/', to: '/ru/' },
		])
		assert.ok(String(files.get('README.md')).includes(place.config.siteUrl))
		await place.drop()
	})

	test('its links lead from file to file', async () => {
		const place = await openPlace(database)
		await seedAll(place.db, place.storage)
		const { siteUrl } = place.config
		await createPost({ db: place.db, timezone: 'UTC', now: NOW }, {}, [
			{
				...{ locale: 'en', title: 'Links', slug: 'links', status: 'published', publishedAt: NOW },
				source: `[a](/en/2025/02/egov-2-0-conference/#talks) [b](${siteUrl}/ru/o-bloge/) ![c](/media/2025/03/photo-1a2b3c4d.jpg) [d](</media/2025/03/Ёлка на даче-5e6f7a8b.pdf>) [e](/media/2025/03/%D0%81%D0%BB%D0%BA%D0%B0%20%D0%BD%D0%B0%20%D0%B4%D0%B0%D1%87%D0%B5-5e6f7a8b.pdf) [f](https://example.org/en/2025/02/egov-2-0-conference/) [g](/en/nowhere/) 1/2`,
			},
		])
		const files = await exported(place)
		const { text } = readText(files.get('posts/2025-03-links/en.md')!)
		const links = [...text.matchAll(/\]\((.*?)\)/g)].map(([, link]) => link!)
		assert.equal(links.slice(0, 3), [
			'../2025-02-konferenciya-egov-2-0/en.md#talks',
			'../../pages/o-bloge/ru.md',
			'../../media/2025/03/photo-1a2b3c4d.jpg',
		])
		assert.is(decodeURIComponent(links[4]!), '../../media/2025/03/Ёлка на даче-5e6f7a8b.pdf')
		assert.equal(links.slice(5), ['https://example.org/en/2025/02/egov-2-0-conference/', '/en/nowhere/'])
		assert.ok(text.endsWith(' 1/2'))
		await place.drop()
	})

	test('tells no secrets, and e-mail addresses in one folder alone', async () => {
		const place = await openPlace(database)
		await seedAll(place.db, place.storage)
		const secret = await loadSecret(place.db)
		await writeSetting(place.db as never, 'backups', '', { to: 's3://KEY:SECRETS3@host/bucket' })
		await place.db.updateTable('comments').set({ ip: '203.0.113.77' }).execute()
		await place.db.updateTable('authors').set({ password_hash: '$argon2id$x', totp_secret: 'TOTPTOTP' }).execute()
		const files = await exported(place)
		const emails = await place.db.selectFrom('comments').select('email').where('email', '!=', '').execute()
		assert.ok(emails.length > 0)
		for (const [name, file] of files) {
			for (const word of [secret, 'SECRETS3', '203.0.113.77', 'argon2id', 'TOTPTOTP'])
				assert.not(file.includes(word), name)
			if (name.startsWith('private/')) continue
			for (const { email } of emails) assert.not(file.includes(email), name)
			assert.not(file.includes('anna@example.org'), name)
		}
		const { authors, responses } = JSON.parse(String(files.get('private/emails.json')))
		assert.is(authors.anna, 'anna@example.org')
		assert.is(Object.keys(responses).length, emails.length)
		await place.drop()
	})

	test.run()
}

const test = suite('front matter')

test('is YAML whatever is in it', () => {
	assert.is(
		frontMatter({
			title: 'a: "b"\n# c\u2028\u0085\ufeff',
			none: null,
			tags: [],
			list: ['ё', 'да'],
			number: 5,
			off: false,
		}),
		'---\ntitle: "a: \\"b\\"\\n# c\\u2028\\u0085\\ufeff"\nlist: ["ё","да"]\nnumber: 5\noff: false\n---\n',
	)
})

test.run()
