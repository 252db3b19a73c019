import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import type { seedFixtures } from '../support/fixtures.ts'
import { parseHtml } from '../support/html.ts'
import type { Answer } from '../support/http.ts'

const STACK = /\bat \S+ \(|node:internal|\.ts:\d+|SqliteError|syntax error|Error:/

/** A fault of the reader's is a page in the reader's language that tells nothing of the inside. */
function isPage({ text }: Answer, what: string): void {
	assert.not.match(text, STACK, what)
	const page = parseHtml(text)
	assert.ok(['ru', 'en'].includes(page.attributes.lang!), what)
	assert.ok(page.$('h1'), what)
}

const PIECES = [
	...[
		'ru',
		'en',
		'fr',
		'',
		'.',
		'..',
		'%2e%2e',
		'%2F',
		'%00',
		'%',
		'%zz',
		'%E0%A4%A',
		'%ff',
		'%f0%9f%98%80',
		'\\',
		'*',
	],
	...[
		'page',
		'feed',
		'atom',
		'json',
		'comments',
		'category',
		'tag',
		'author',
		'search',
		'sitemap.xml',
		'assets',
		'media',
	],
	...[
		'2025',
		'0000',
		'9999',
		'02',
		'13',
		'00',
		'31',
		'99',
		'1',
		'-1',
		'999999999',
		'1000000000',
		'1e9',
		'konferenciya-egov-2-0',
	],
	...[
		'o-bloge',
		'sobytiya',
		'anna',
		'__proto__',
		'constructor',
		'toString',
		'hasOwnProperty',
		"'",
		'"',
		'<script>',
		'{{x}}',
	],
]

for (const database of databases) {
	const test = suite(`bad input on ${database.name}`)
	let blog: TestBlog<Awaited<ReturnType<typeof seedFixtures>>>
	test.before(async () => {
		blog = await startBlog(database)
	})
	test.after(() => blog.close())

	test('an address that cannot be read is 400', async () => {
		for (const path of [
			'/%',
			'/ru/%zz/',
			'/ru/%E0%A4%A/',
			'/en/%ff%fe/',
			'/ru/a%00b/',
			'/ru/%00/',
			'/%c0%ae/',
			'/ru/%ed%a0%80/',
		]) {
			const answer = await blog.get(path)
			assert.is(answer.status, 400, path)
			isPage(answer, path)
		}
		assert.is((await blog.html('/en/%ff/', { status: 400 })).$('h1')!.text, 'The request makes no sense')
	})

	test('an address that is too long is 414', async () => {
		const answer = await blog.get(`/ru/${'a'.repeat(3000)}/`)
		assert.is(answer.status, 414)
		isPage(answer, 'long path')
		assert.is(
			(await blog.html(`/en/${'%D0%B0'.repeat(500)}/`, { status: 414 })).$('h1')!.text,
			'The address is too long',
		)
	})

	test('an unknown language is 404', async () => {
		for (const path of ['/fr/', '/de/2025/02/', '/RU/', '/ru-RU/', '/rue/', '/r/', '/en-/']) {
			const answer = await blog.get(path)
			assert.is(answer.status, 404, path)
			isPage(answer, path)
		}
	})

	test('a query of 8 KB changes nothing', async () => {
		const long = `x=${'%D1%8F'.repeat(1333)}`
		for (const path of [
			'/ru/',
			'/ru/2025/02/konferenciya-egov-2-0/',
			'/ru/search/',
			'/ru/feed/',
			'/en/page/2/',
			'/sitemap.xml',
		]) {
			const [plain, other] = [await blog.get(path), await blog.get(`${path}?${long}`)]
			assert.is(other.status, plain.status, path)
		}
		assert.is((await blog.get(`/ru?${long}`)).headers.location, `/ru/?${long}`)
	})

	test('queries of old addresses may hold anything', async () => {
		const values = ['%00', '%ff', '1%27', '1000000000000000000000', '-1', '', '[]', '%F0%9F%98%80', 'a'.repeat(5000)]
		for (const name of ['p', 'page_id', 'cat', 'm', 'feed', 'replytocom', 'attachment_id']) {
			for (const value of values) {
				for (const path of ['/', '/ru/nowhere/']) {
					const { status } = await blog.get(`${path}?${name}=${value}`)
					assert.ok(status < 500, `${path}?${name}=${value}: ${status}`)
				}
			}
		}
	})

	test('cookies and headers may hold anything', async () => {
		const values = [
			'x'.repeat(7000),
			';;;===;;;',
			'lang=%%%',
			'lang=__proto__',
			'lang="ru',
			'a=b; '.repeat(1000),
			'unlock-1=\t',
		]
		for (const value of values) {
			for (const path of ['/', '/ru/', '/ru/2025/01/dlya-svoih/']) {
				const headers = { Cookie: value, 'Accept-Language': value, 'If-None-Match': value, Range: value, Accept: value }
				const { status } = await blog.get(path, { headers })
				assert.ok(status < 500, `${value.slice(0, 20)} ${path}: ${status}`)
			}
		}
	})

	test('more headers than the server takes are refused, not a crash', async () => {
		const { status } = await blog.get('/ru/', { headers: { Cookie: 'x'.repeat(20_000) } })
		assert.is(status, 431)
		assert.is((await blog.get('/ru/')).status, 200)
	})

	test('odd methods are answered, never with a fault of ours', async () => {
		for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'MKCOL', 'LOCK', 'QUERY', 'PURGE', 'SEARCH']) {
			for (const path of ['/', '/ru/', '/ru/nowhere/at/all/', '/ru/search/?q=x', '/healthz', '/%ff']) {
				const { status, text } = await blog.get(path, { method, headers: { 'Content-Length': '0' } })
				assert.ok([400, 404, 405].includes(status), `${method} ${path}: ${status}`)
				assert.not.match(text, STACK)
			}
		}
		assert.ok((await blog.get('/ru/', { method: 'OPTIONS' })).status < 300)
	})

	test('whatever the path, the answer is no fault of ours and no trace of the inside', async () => {
		const piece = fc.oneof(
			{ weight: 4, arbitrary: fc.constantFrom(...PIECES) },
			{ weight: 1, arbitrary: fc.stringMatching(/^[!-~]{0,12}$/) },
		)
		const path = fc
			.tuple(fc.array(piece, { maxLength: 7 }), fc.boolean(), fc.option(piece))
			.map(
				([parts, slash, query]) =>
					`/${parts.join('/')}${slash ? '/' : ''}${query === null ? '' : `?q=${query}&p=${query}`}`,
			)
		await fc.assert(
			fc.asyncProperty(path, fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST'), async (path, method) => {
				const { status, text, headers } = await blog.get(path, { method, headers: { 'Content-Length': '0' } })
				assert.ok(status >= 200 && status < 500, `${method} ${path}: ${status}`)
				assert.not.match(text, STACK, path)
				if (headers.location) assert.match(headers.location, /^\/(?![/\\])/, path)
			}),
			{ numRuns: 300 },
		)
		assert.equal(
			blog.logs.filter(({ level }) => Number(level) >= 50),
			[],
		)
	})

	test.run()
}
