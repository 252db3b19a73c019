import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type ImportOptions, importWxr } from '../../src/transfer/commands.ts'
import { databases, type TestDatabase } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'

const FOLDER = join(import.meta.dirname, '../../../shared/wxr')
const EXPORTS = [
	{ name: 'theme-unit-test.xml', languages: ['ru', 'en'], posts: 58, pages: 21, responses: 33, translations: 79 },
	{ name: 'polylang.xml', languages: ['en', 'fr'], posts: 4, pages: 2, responses: 0, translations: 6 },
	{ name: 'qtranslate-ru-en.xml', languages: ['ru', 'en'], posts: 3, pages: 0, responses: 5, translations: 4 },
]

for (const database of databases) {
	const test = suite(`real exports on ${database.name}`)
	let made: TestDatabase

	test.before.each(async () => {
		made = await database.create()
	})
	test.after.each(() => made.drop())

	for (const { name, languages, ...expected } of EXPORTS) {
		test(`${name}: nothing is lost unnamed, and a second run doubles nothing`, async () => {
			assert.ok(existsSync(FOLDER), `${FOLDER} is needed`)
			const { db } = made
			const config = { languages, timezone: 'Europe/Moscow', storageUrl: `file:${temporaryFolder('media')}` }
			const run = (options: ImportOptions = {}) => importWxr({ db, config }, join(FOLDER, name), options)
			const first = await run()
			assert.is(first.exitCode, 0)
			const taken = (kind: string) => first.counts.find((count) => count.kind === kind)?.taken ?? 0
			assert.is(taken('posts'), expected.posts)
			assert.is(taken('pages'), expected.pages)
			assert.is(taken('comments') + taken('pingbacks') + taken('trackbacks'), expected.responses)
			const second = await run()
			assert.ok(second.counts.every((count) => count.taken === 0))
			const rows = await db.selectFrom('translations').selectAll().execute()
			assert.is(rows.length, expected.translations)
			assert.ok(rows.every(({ html }) => !/\[(?:gallery|caption|audio|video|embed|playlist)[\s\]]/.test(html)))
		})
	}

	test.run()
}
