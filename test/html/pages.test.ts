import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type StartOptions, startBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'
import { byPage, runChecker } from '../support/nu.ts'
import { pagesOf } from '../support/pages.ts'

// The Nu HTML checker over every kind of page; it needs Java, so it isn't a part of `npm test` but of .ci/run.

const pages = [...pagesOf('ru'), ...pagesOf('en')]

for (const theme of ['default', 'classic']) {
	const test = suite(`pages of the theme ${theme}`)
	const errors = await checkAll({ env: { THEME: theme } })

	for (const [index, { name }] of pages.entries()) {
		test(`${name} is valid HTML`, () => assert.equal(errors.get(index) ?? [], []))
	}

	test.run()
}

const checker = suite('the checker')

checker('finds an error where there is one', async () => {
	const file = join(temporaryFolder('pages'), '0.html')
	await writeFile(file, '<!doctype html><html lang="ru"><title>Проба</title><img src="a.png"><b></html>')
	const [first] = await runChecker([file])
	assert.match(first!.message, 'alt')
})

checker.run()

/** Saves the pages and checks them in one run; gives the errors by the page's index. */
async function checkAll(options: StartOptions<never>): Promise<Map<number, string[]>> {
	const blog = await startBlog(databases[0]!, options)
	const folder = temporaryFolder('pages')
	const files: string[] = []
	for (const [index, { path, status }] of pages.entries()) {
		const answer = await blog.get(path)
		assert.is(answer.status, status, path)
		files.push(join(folder, `${index}.html`))
		await writeFile(files.at(-1)!, answer.bytes)
	}
	await blog.close()
	return byPage(await runChecker(files))
}
