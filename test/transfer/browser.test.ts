import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { PASSWORD, startDesks } from '../admin/desk.ts'
import { axe, openPage } from '../support/browser.ts'
import { databases } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'
import { item, wxr } from './wxr/support.ts'

const test = suite('the import page in a browser')
const blog = await startDesks(databases[0]!)
const file = join(temporaryFolder('wxr'), 'blog.xml')
writeFileSync(file, wxr(Array.from({ length: 150 }, (_, index) => item(index + 1)).join('')))

for (const [javaScript, width, dark] of [
	[true, 1280, false],
	[false, 320, true],
] as const) {
	test(`an export is tried and taken ${javaScript ? 'with' : 'without'} script`, async () => {
		const options = { javaScript, width, dark }
		const { page, problems, close } = await openPage(`${blog.url}/admin/login/?next=/admin/import/`, options)
		await page.fill('#email', 'anna@example.org')
		await page.fill('#password', PASSWORD)
		await page.click('main button')
		await page.waitForURL(`${blog.url}/admin/import/`)
		await page.setInputFiles('#file', file)
		await page.click('main .save button')
		await page.waitForSelector('.counted')
		assert.match((await page.textContent('#report')) ?? '', 'Проба')
		await page.click('form.panel button')
		await page.waitForSelector('.counted')
		assert.match((await page.textContent('#report')) ?? '', 'Перенесено')
		assert.is(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0)
		if (javaScript) assert.equal(await axe(page), [])
		assert.equal(problems, [])
		await close()
	})
}

test.after(() => blog.close())

test.run()
