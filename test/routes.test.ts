import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startBlog, type TestBlog } from './support/app.ts'
import { databases } from './support/databases.ts'
import type { seedFixtures } from './support/fixtures.ts'
import { temporaryFolder } from './support/folders.ts'
import { parseHtml } from './support/html.ts'

for (const database of databases) {
	const test = suite(`routes on ${database.name}`)
	let blog: TestBlog<Awaited<ReturnType<typeof seedFixtures>>>
	test.before(async () => {
		blog = await startBlog(database)
	})
	test.after(() => blog.close())

	test('a method that an address does not take is 405, and the answer names those it takes', async () => {
		for (const [method, path] of [
			['POST', '/ru/'],
			['PUT', '/ru/'],
			['DELETE', '/ru/2025/02/konferenciya-egov-2-0/'],
			['PATCH', '/en/search/'],
			['PROPFIND', '/ru/'],
			['POST', '/healthz'],
			['POST', '/sitemap.xml'],
			['POST', '/ru/o-bloge/'],
		] as const) {
			const { status, headers, text } = await blog.get(path, { method, headers: { 'Content-Length': '0' } })
			assert.is(status, 405, `${method} ${path}`)
			assert.match(headers.allow ?? '', /GET/, `${method} ${path}`)
			assert.match(headers.allow ?? '', /HEAD/, `${method} ${path}`)
			assert.ok(parseHtml(text).$('h1'), `${method} ${path}`)
		}
	})

	test("an error is told in the language of the address, else in the reader's", async () => {
		assert.is((await blog.html('/en/nowhere/', { status: 404 })).$('h1')!.text, 'Page not found')
		assert.is((await blog.html('/ru/nowhere/', { status: 404 })).$('h1')!.text, 'Страница не нашлась')
		const asked = { headers: { 'Accept-Language': 'en' } }
		assert.is((await blog.html('/nowhere/', { ...asked, status: 404 })).attributes.lang, 'en')
		assert.is((await blog.html('/ru/nowhere/', { ...asked, status: 404 })).attributes.lang, 'ru')
		assert.is((await blog.html('/fr/', { status: 404 })).attributes.lang, 'ru')
		assert.is((await blog.html('/ru/', { ...asked, method: 'DELETE', status: 405 })).attributes.lang, 'ru')
	})

	test('pages of errors are not to be kept nor indexed', async () => {
		const { headers, text } = await blog.get('/ru/nowhere/')
		assert.match(headers['cache-control']!, 'no-store')
		assert.is(parseHtml(text).$('meta[name=robots]')!.attributes.content, 'noindex')
		assert.not.ok(parseHtml(text).$('link[rel=canonical]'))
	})

	test('what the theme brings is kept for good, under the hash of its content', async () => {
		const { href } = (await blog.html('/ru/')).$('link[rel=stylesheet]')!.attributes
		const { status, headers } = await blog.get(href!)
		assert.is(status, 200)
		assert.match(headers['content-type']!, 'text/css')
		assert.match(headers['cache-control']!, /max-age=31536000.*immutable/)
		assert.is((await blog.get('/assets/nothing.css')).status, 404)
		for (const path of ['/assets/../package.json', '/assets/%2e%2e/package.json', '/media/..%2f..%2fpackage.json']) {
			assert.ok([301, 400, 404].includes((await blog.get(path)).status), path)
		}
	})

	test('an upload is given whole or by parts, kept for good, and nothing beside it', async () => {
		const root = temporaryFolder('media')
		mkdirSync(join(root, '2025', '01'), { recursive: true })
		writeFileSync(join(root, '2025', '01', 'книга-1a2b3c4d.txt'), 'Всё')
		const uploads = await startBlog(database, { env: { STORAGE_URL: `file:${root}` } })
		const path = encodeURI('/media/2025/01/книга-1a2b3c4d.txt')
		const whole = await uploads.get(path)
		assert.equal([whole.status, whole.text], [200, 'Всё'])
		assert.match(whole.headers['cache-control']!, /max-age=31536000.*immutable/)
		assert.is(whole.headers['x-content-type-options'], 'nosniff')
		const part = await uploads.get(path, { headers: { Range: 'bytes=0-1' } })
		assert.equal([part.status, part.text], [206, 'В'])
		assert.is((await uploads.get(path, { headers: { 'If-None-Match': whole.headers.etag! } })).status, 304)
		assert.is((await uploads.get(path, { method: 'HEAD' })).status, 200)
		for (const other of ['/media/2025/01/', '/media/nothing.png', '/media/..%2f..%2fpackage.json', '/media/%25']) {
			const { status, headers } = await uploads.get(other)
			assert.equal([status, headers['content-language']], [404, 'ru'], other)
		}
		await uploads.close()
	})

	test('one who has the page is told that it is the same', async () => {
		const { headers } = await blog.get('/ru/')
		const again = await blog.get('/ru/', { headers: { 'If-None-Match': headers.etag! } })
		assert.is(again.status, 304)
		assert.is(again.bytes.length, 0)
		assert.is((await blog.get('/en/', { headers: { 'If-None-Match': headers.etag! } })).status, 200)
	})

	test.run()
}
