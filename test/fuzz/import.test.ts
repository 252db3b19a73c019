import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readConfig } from '../../src/config.ts'
import { findDamage, findDangling } from '../../src/db/integrity.ts'
import { listMisplaced, listUnplaced } from '../../src/doctor/queries.ts'
import { importWxr } from '../../src/transfer/commands.ts'
import { databases } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'
import { corpus, mutations, RUNS } from './support.ts'

const progress = { start() {}, advance() {}, stop() {} }

for (const database of databases) {
	const test = suite(`whatever is imported on ${database.name}`)

	test('an export is taken or refused, whole or in part, and leaves a blog that holds together', async () => {
		const { db, url, drop } = await database.create()
		const folder = temporaryFolder('import')
		const config = readConfig({ DATABASE_URL: url, DATA_DIR: folder })
		const file = join(folder, 'blog.xml')
		const take = async (what: string, bytes: Buffer) => {
			writeFileSync(file, bytes)
			await importWxr({ db, config, progress }, file, { lang: 'ru' }).catch((error: Error) =>
				assert.is(error.name, 'NotWxrError', `${what}: ${error.stack}`),
			)
		}
		const cases = corpus('wxr')
		for (const { name, bytes } of cases) await take(name, bytes)
		const words = [
			'<item>',
			'</item>',
			'<wp:post_id>7',
			'<wp:comment>',
			'<![CDATA[',
			']]>',
			'&amp;',
			'<wp:post_type>page',
		]
		await fc.assert(
			fc.asyncProperty(mutations(cases, words), (bytes) => take(JSON.stringify(String(bytes)).slice(0, 3000), bytes)),
			{ numRuns: RUNS, endOnFailure: true, interruptAfterTimeLimit: RUNS * 200 },
		)
		for (const look of [findDamage, findDangling, listMisplaced, listUnplaced]) assert.equal(await look(db, 10), [])
		await drop()
	})

	test.run()
}
