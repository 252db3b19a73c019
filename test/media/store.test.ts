import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { storeFile } from '../../src/media/store.ts'
import { openDisk } from '../../src/storage/disk.ts'
import { databases, type TestDatabase } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'

const NOVEMBER = Date.UTC(2010, 10, 29)

for (const database of databases) {
	const test = suite(`stored files on ${database.name}`)
	let made: TestDatabase
	let root: string

	test.before.each(async () => {
		made = await database.create()
		root = temporaryFolder('media')
	})
	test.after.each(() => made.drop())

	const store = (content: string | Buffer, name: string) => {
		const file = join(temporaryFolder('upload'), 'file')
		writeFileSync(file, content)
		return storeFile({ db: made.db, storage: openDisk(root) }, file, name, NOVEMBER)
	}

	test('a picture is kept under its month and a hash of its content, with its size', async () => {
		const picture = sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
		const media = await store(await picture.png().toBuffer(), 'Моё фото (1).JPG')
		assert.match(media.path, /^2010\/11\/Моё-фото-1-[\da-f]{8}\.png$/)
		assert.equal([media.mime, media.width, media.height], ['image/png', 30, 20])
		assert.is(readFileSync(join(root, media.path)).length, media.bytes)
	})

	test('the same file is kept once, and nothing half-done stays', async () => {
		const [first, second] = [await store('words', 'a.txt'), await store('words', 'a.txt')]
		assert.is(first.id, second.id)
		assert.equal(readdirSync(root), ['2010'])
	})

	test('what only claims to be a picture is served as none, and is not decoded', async () => {
		const media = await store('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', 'x.png')
		assert.not.match(media.mime, /image\/png/)
		assert.is(media.width, null)
	})

	test('a name cannot lead out of the folder', async () => {
		const media = await store('words', '../../../etc/passwd.txt')
		assert.match(media.path, /^2010\/11\/passwd-[\da-f]{8}\.txt$/)
		assert.ok(existsSync(join(root, media.path)))
	})

	test('pages and programs are refused', async () => {
		for (const name of ['a.html', 'a.PHP', 'a.js']) {
			try {
				await store('<script>', name)
				assert.unreachable()
			} catch (error) {
				assert.match((error as Error).message, name)
			}
		}
		assert.not.ok(readdirSync(root).length)
	})

	test.run()
}
