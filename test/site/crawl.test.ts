import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Db } from '../../src/db/schema.ts'
import { seed } from '../../src/seed/seed.ts'
import { startBlog } from '../support/app.ts'
import { contradictions, crawl } from '../support/crawl.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'

for (const database of databases) {
	const test = suite(`a crawl on ${database.name}`)

	test('the fixtures have no broken link, nor a page that is wrong about itself', async () => {
		const blog = await startBlog(database)
		const found = await crawl(blog)
		assert.equal(found.problems, [])
		assert.equal(contradictions(found, blog.url), [])
		for (const path of [
			'/ru/2024/10/nochnoy-poezd/',
			'/en/2025/02/open-data-week/',
			'/ru/kontakty/',
			'/en/author/boris/',
		]) {
			assert.ok(found.pages.has(path), path)
		}
		await blog.close()
	})

	test('nor has a seeded blog of sixty posts', async () => {
		const options = { posts: 60, comments: 40, languages: ['ru', 'en'], timezone: 'Europe/Moscow', now: NOW }
		const blog = await startBlog(database, { seed: (db: Db) => seed(db, options) })
		const found = await crawl(blog)
		assert.equal(found.problems, [])
		assert.equal(contradictions(found, blog.url), [])
		assert.ok(found.pages.size > 200, String(found.pages.size))
		assert.equal(
			blog.logs.filter(({ level }) => Number(level) >= 50),
			[],
		)
		await blog.close()
	})

	test.run()
}
