import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { seed } from '../../src/seed/seed.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { openPage } from '../support/browser.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'

const MOST_REQUESTS = 4
const MOST_BYTES = 35 * 1024

const test = suite('a first visit')
const made = { posts: 10, comments: 500, languages: ['ru', 'en'], timezone: 'Europe/Moscow', now: NOW }
let blog: TestBlog<void>

/** What was loaded, as the browser's own clock tells it. */
interface Loaded {
	name: string
	/** With the head of the answer. */
	transferSize: number
	renderBlockingStatus?: string
	initiatorType: string
}

for (const theme of ['default', 'classic']) {
	test(`of a post with 50 responses takes few requests and few bytes in the theme ${theme}`, async () => {
		blog = await startBlog(databases[0]!, { env: { THEME: theme }, seed: (db) => seed(db, made) })
		const { items } = JSON.parse((await blog.get('/feed/json/')).text)
		const { page, problems, close } = await openPage(items[0].url)
		assert.is(await page.locator('.comment').count(), 50)
		const loaded = (await page.evaluate(
			"performance.getEntries().filter((one) => 'transferSize' in one).map((one) => one.toJSON())",
		)) as Loaded[]
		const icon = await page.locator('link[rel~=icon]').getAttribute('href')
		await close()
		await blog.close()
		const isIconLoaded = loaded.some(({ name }) => name.endsWith(icon!))
		assert.equal(problems, [])
		assert.ok(loaded.length + (isIconLoaded ? 0 : 1) <= MOST_REQUESTS, loaded.map(({ name }) => name).join(' '))
		const bytes = loaded.reduce((sum, { transferSize }) => sum + transferSize, 0)
		assert.ok(bytes <= MOST_BYTES, `${bytes} bytes`)
		const blocking = loaded.filter(({ renderBlockingStatus }) => renderBlockingStatus === 'blocking')
		assert.equal(
			blocking.map(({ name }) => /\.\w+$/.exec(name)?.[0]),
			['.css'],
		)
	})
}

test.run()
