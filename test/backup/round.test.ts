import { createWriteStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeBackup } from '../../src/backup/make.ts'
import { restoreBackup } from '../../src/backup/restore.ts'
import { KEPT, LEFT_OUT, TABLES } from '../../src/backup/tables.ts'
import { openDatabase } from '../../src/db/open.ts'
import { searchTranslations } from '../../src/search/queries.ts'
import { loadSecret } from '../../src/settings/settings.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folders.ts'
import { startS3 } from '../support/s3-server.ts'
import { contentOf, FILES, nextNumber, ODD, seedAll, unclassified } from './fixture.ts'
import { backUp, openPlace } from './support.ts'

for (const from of databases) {
	for (const to of databases) {
		const test = suite(`a backup of ${from.name} restored on ${to.name}`)

		test('gives the same blog, field by field, and its files', async () => {
			const source = await openPlace(from)
			await seedAll(source.db, source.storage)
			const secret = await loadSecret(source.db)
			const file = await backUp(source)
			const target = await openPlace(to, { empty: true })
			await target.db.destroy()
			const { kept, manifest } = await restoreBackup({ ...target, now: NOW }, file)
			assert.is(kept, to.name === 'SQLite' ? `${target.url.slice('sqlite:'.length)}.before-20250315_090000` : undefined)
			const content = await contentOf(target.url)
			assert.equal(content, await contentOf(source.url))
			for (const table of KEPT) assert.ok(content[table]!.length > 0, `the fixture has a row of ${table}`)
			assert.is(manifest.files, Object.keys(FILES).length)
			assert.equal(manifest.missing, [])
			for (const [key, bytes] of Object.entries(FILES)) {
				assert.ok((await target.storage.read(key))!.equals(bytes), `${key} is there`)
			}
			const db = openDatabase(target.url)
			assert.is(await loadSecret(db), secret)
			const found = { query: 'конференция', locale: 'ru', now: NOW, offset: 0, limit: 10 }
			assert.equal(await searchTranslations(db, found), await searchTranslations(source.db, found))
			assert.ok((await searchTranslations(db, found)).total > 0)
			assert.is(await nextNumber(db, 'terms', { kind: 'tag' }), 501)
			assert.ok((await nextNumber(db, 'media', { path: 'x', name: 'x', mime: 'x', bytes: 1, created_at: 1 })) > 900)
			await db.destroy()
			await source.drop()
			await target.drop().catch(() => {})
		})

		test.run()
	}
}

for (const database of databases) {
	const test = suite(`backups on ${database.name}`)

	test('every table of the schema is either kept or left out, and none is named that isn’t there', async () => {
		const { url, drop } = await openPlace(database)
		assert.equal(await unclassified(url), [])
		assert.is(new Set(TABLES).size, TABLES.length)
		assert.ok(Object.values(LEFT_OUT).every((reason) => reason.length > 5))
		await drop()
	})

	test('a restore over a blog keeps the old one, which can be had back', async () => {
		const place = await openPlace(database)
		await seedAll(place.db, place.storage)
		const file = await backUp(place)
		await place.db.updateTable('translations').set({ title: 'Новее' }).execute()
		await place.storage.put('2025/03/photo-1a2b3c4d.jpg', Buffer.from('damaged'))
		const newer = await contentOf(place.url)
		await place.db.destroy()
		const { kept, replaced } = await restoreBackup({ ...place, now: NOW }, file)
		assert.not.equal(await contentOf(place.url), newer)
		assert.equal(replaced, ['before_20250315_090000/2025/03/photo-1a2b3c4d.jpg'])
		assert.is(String(await place.storage.read(replaced[0]!)), 'damaged')
		assert.is(String(await place.storage.read('2025/03/photo-1a2b3c4d.jpg')), 'a picture')
		const old = kept!.startsWith('the schema ')
			? `${place.url}?options=-c%20search_path%3D${kept!.slice('the schema '.length)}`
			: `sqlite:${kept}`
		assert.equal(await contentOf(old), newer)
		// And once more, a second later.
		const again = await restoreBackup({ ...place, now: NOW + 1000 }, file)
		assert.is.not(again.kept, kept)
		await place.drop().catch(() => {})
	})

	test('a backup is one state though the blog is written to, and says what was not in the storage', async () => {
		const place = await openPlace(database)
		await seedAll(place.db, place.storage)
		await place.storage.remove('mentions/0123456789abcdef.jpg')
		const before = await contentOf(place.url)
		const file = join(temporaryFolder('backup'), 'blog.zip')
		const writes: Promise<unknown>[] = []
		const onMember = (name: string) => {
			if (name !== 'tables/posts.jsonl' && name !== 'tables/comments.jsonl') return
			writes.push(place.db.updateTable('comments').set({ name: 'Поздно' }).execute())
			writes.push(place.db.deleteFrom('audit').execute())
		}
		const out = createWriteStream(file)
		const manifest = await writeBackup({ ...place, now: NOW, onMember }, out)
		await Promise.all(writes)
		assert.is(writes.length, 4)
		assert.equal(manifest.missing, ['mentions/0123456789abcdef.jpg'])
		const target = await openPlace(database, { empty: true })
		await target.db.destroy()
		await restoreBackup({ ...target, now: NOW }, file)
		assert.equal(await contentOf(target.url), before)
		await place.drop()
		await target.drop().catch(() => {})
	})

	test('files go from a folder into a bucket and back', async () => {
		const s3 = await startS3()
		const source = await openPlace(database)
		await seedAll(source.db, source.storage)
		const bucket = await openPlace(database, { empty: true, storageUrl: s3.url })
		await bucket.db.destroy()
		await restoreBackup({ ...bucket, now: NOW }, await backUp(source))
		const back = await openPlace(database, { empty: true })
		await back.db.destroy()
		await restoreBackup({ ...back, now: NOW }, await backUp(bucket))
		for (const [key, bytes] of Object.entries(FILES)) assert.ok((await back.storage.read(key))!.equals(bytes))
		assert.match(JSON.stringify(await contentOf(back.url)), JSON.stringify(ODD).slice(1, -1))
		for (const place of [source, bucket, back]) await place.drop().catch(() => {})
		await s3.close()
	})

	test('what was still to be done is begun anew, but no letter is', async () => {
		const source = await openPlace(database)
		await seedAll(source.db, source.storage)
		await source.db.updateTable('media').set({ widths: null }).execute()
		const file = await backUp(source)
		const target = await openPlace(databases[0]!, { empty: true })
		await target.db.destroy()
		await restoreBackup({ ...target, now: NOW }, file)
		const db = openDatabase(target.url)
		const jobs = await db.withTables<{ jobs: { kind: string } }>().selectFrom('jobs').select('kind').execute()
		assert.equal(jobs.map(({ kind }) => kind).sort(), ['mention.read', 'picture-sizes'])
		await db.destroy()
		await source.drop()
	})

	test('nothing is left beside the file', async () => {
		const place = await openPlace(databases[0]!)
		await place.db.destroy()
		const file = await backUp(place)
		await restoreBackup({ ...place, now: NOW }, file)
		const names = await readdir(join(place.url.slice('sqlite:'.length), '..'))
		assert.equal(names.sort(), ['otklik.db', 'otklik.db.before-20250315_090000'])
	})

	test.run()
}
