import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Desk, type DeskBlog, openDesk, startDesks } from '../admin/desk.ts'
import { databases } from '../support/databases.ts'
import type { Answer } from '../support/http.ts'

const POST = '/ru/2025/02/konferenciya-egov-2-0/'
/** Of every kind of answer one: pages, redirects, errors, files, feeds and machines. */
const PATHS = [
	...['/', '/ru', '/ru/', POST, '/ru/2025/', '/ru/search/?q=книга', '/ru/nowhere/', '/ru/2031/'],
	...['/ru/feed/', '/ru/feed/atom/', '/feed/json/', `${POST}feed/`, '/sitemap.xml', '/robots.txt', '/opensearch.xml'],
	...['/rsd.xml', '/favicon.ico', '/assets/nothing.css', '/media/nothing.png', '/healthz', '/readyz', '/micropub'],
	...['/admin/', '/admin/login/', `/ru/${'x'.repeat(3000)}/`],
]
const SHARED = /feed\/|\.xml$|\.txt$|\.ico$|^\/assets\/|^\/media\//

function check(answer: Answer, path: string): void {
	const headers = answer.headers as Record<string, string>
	assert.is(headers['x-content-type-options'], 'nosniff', path)
	assert.match(headers['referrer-policy']!, /^(strict-origin-when-cross-origin|same-origin)$/, path)
	assert.match(headers['permissions-policy']!, 'camera=()', path)
	assert.is(headers['cross-origin-opener-policy'], 'same-origin', path)
	assert.is(headers['cross-origin-resource-policy'], SHARED.test(path) ? 'cross-origin' : 'same-origin', path)
	const policy = headers['content-security-policy']!
	assert.match(policy, /^default-src 'none'; /, path)
	assert.match(policy, /object-src 'none'; .*base-uri 'none'/, path)
	assert.match(policy, /frame-ancestors '(self|none)'/, path)
	assert.not.match(policy, 'unsafe', path)
}

for (const database of databases) {
	const test = suite(`headers on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk

	test.before(async () => {
		blog = await startDesks(database)
		anna = await openDesk(blog, 'anna@example.org')
	})
	test.after(() => blog.close())

	test('every answer has them: pages, redirects, errors, feeds and machines', async () => {
		for (const path of PATHS) check(await blog.get(encodeURI(path)), path)
		check(await blog.get('/ru/%ff/'), 'an address that is none')
	})

	test('a page that is kept has those it was made with, a 304 too', async () => {
		const made = await blog.get(POST)
		const hits = blog.inside.pages!.counts.hits
		const kept = await blog.get(POST)
		const unchanged = await blog.get(POST, { headers: { 'If-None-Match': made.headers.etag! } })
		assert.is(blog.inside.pages!.counts.hits, hits + 2)
		assert.equal([made.status, kept.status, unchanged.status], [200, 200, 304])
		for (const answer of [made, kept, unchanged]) {
			check(answer, POST)
			assert.is(answer.headers['content-security-policy'], made.headers['content-security-policy'])
		}
	})

	test("authors' pages, and previews of posts and themes, have stricter ones and nothing unsafe", async () => {
		for (const path of ['/admin/', '/admin/posts/new/ru/', '/admin/media/', '/admin/themes/classic/preview/']) {
			const answer = await anna.get(path)
			assert.is(answer.status, 200, path)
			check(answer, path)
		}
		const preview = await anna.get('/admin/themes/classic/preview/?page=post')
		assert.match(String(preview.headers['content-security-policy']), "form-action 'none'")
	})

	test('https is promised for a year where SITE_URL has it, and only there', async () => {
		assert.is((await blog.get('/ru/')).headers['strict-transport-security'], undefined)
		const secure = await startDesks(database, { env: { SITE_URL: 'https://blog.example.org' } })
		for (const path of ['/ru/', '/', '/ru/nowhere/', '/feed/', '/ru/']) {
			const { headers } = await secure.get(path)
			assert.is(headers['strict-transport-security'], 'max-age=31536000', path)
		}
		await secure.close()
	})

	test.run()
}
