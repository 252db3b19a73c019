import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'

for (const database of databases) {
	const test = suite(`a blog on ${database.name}`)

	test('listens with the fixtures in it, under its own address', async () => {
		const blog = await startBlog(database)
		const page = await blog.html('/ru/')
		assert.is(page.attributes.lang, 'ru')
		assert.match(page.$('main')!.text, 'Конференция eGov 2.0')
		assert.is(page.$('link[rel="canonical"]')?.attributes.href, `${blog.url}/ru/`)
		assert.is((await blog.get('/')).status, 302)
		assert.is(
			(await blog.get('/ru/2025/02/konferenciya-egov-2-0')).headers.location,
			'/ru/2025/02/konferenciya-egov-2-0/',
		)
		assert.ok(blog.logs.some(({ path, status }) => path === '/ru/' && status === 200))
		await blog.close()
	})

	test('can be empty, at another time, with other settings', async () => {
		const settings = { LANGUAGES: 'en' }
		const blog = await startBlog(database, { env: settings, clock: () => 0, seed: async () => 'nothing' })
		assert.is(blog.seeded, 'nothing')
		assert.is((await blog.get('/ru/')).status, 404)
		assert.is((await blog.html('/en/')).$$('article').length, 0)
		await blog.close()
	})

	test.run()
}
