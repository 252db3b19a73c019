import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Db } from '../../src/db/schema.ts'
import { importWxr } from '../../src/transfer/commands.ts'
import { startBlog } from '../support/app.ts'
import { contradictions, crawl } from '../support/crawl.ts'
import { databases } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'
import { byPage, runChecker } from '../support/nu.ts'

const FOLDER = join(import.meta.dirname, '../../../shared/wxr')
const EXPORTS = ['theme-unit-test.xml', 'qtranslate-ru-en.xml']

for (const database of databases) {
	const test = suite(`a blog imported from real exports on ${database.name}`)

	test('has no broken link, no page that is wrong about itself, and valid HTML on every page', async () => {
		const blog = await startBlog(database, { seed: importAll, clock: Date.now })
		const folder = temporaryFolder('pages')
		const pages: { path: string; html: string }[] = []
		const found = await crawl(blog, (path, html) => pages.push({ path, html }))
		await blog.close()
		assert.equal(found.problems, [])
		assert.equal(contradictions(found, blog.url), [])
		assert.ok(pages.length > 200, String(pages.length))
		const files = pages.map((_, index) => join(folder, `${index}.html`))
		await Promise.all(pages.map(({ html }, index) => writeFile(files[index]!, html)))
		const errors = byPage(await runChecker(files))
		assert.equal(
			[...errors].map(([index, messages]) => [pages[index]!.path, messages]),
			[],
		)
	})

	test.run()
}

async function importAll(db: Db): Promise<void> {
	const config = { languages: ['ru', 'en'], timezone: 'Europe/Moscow', storageUrl: `file:${temporaryFolder('media')}` }
	for (const name of EXPORTS) await importWxr({ db, config }, join(FOLDER, name))
}
