import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import type { seedFixtures } from '../support/fixtures.ts'

const POST = '/ru/2025/02/konferenciya-egov-2-0/'

for (const database of databases) {
	const test = suite(`addresses on ${database.name}`)
	let blog: TestBlog<Awaited<ReturnType<typeof seedFixtures>>>
	test.before(async () => {
		blog = await startBlog(database, { env: { SITE_URL: 'https://blog.example' } })
	})
	test.after(() => blog.close())

	const leadsTo = async (path: string, target: string, status = 301) => {
		for (const method of ['GET', 'HEAD']) {
			const answer = await blog.get(path, { method })
			assert.equal([answer.status, answer.headers.location], [status, target], `${method} ${path}`)
		}
	}

	test('an address without the slash leads to the one with it, query kept', async () => {
		await leadsTo('/ru', '/ru/')
		await leadsTo('/ru/2025/02', '/ru/2025/02/')
		await leadsTo('/ru/search?q=%D0%BA%D0%BD%D0%B8%D0%B3%D0%B0&a=1', '/ru/search/?q=%D0%BA%D0%BD%D0%B8%D0%B3%D0%B0&a=1')
		await leadsTo(`${POST.slice(0, -1)}?x=/`, `${POST}?x=/`)
	})

	test('double slashes become one', async () => {
		await leadsTo('/ru//2025///02/', '/ru/2025/02/')
		await leadsTo('//ru//', '/ru/')
	})

	test('a wrong year or month leads to the right one', async () => {
		await leadsTo('/ru/2020/02/konferenciya-egov-2-0/', POST)
		await leadsTo('/ru/2025/11/konferenciya-egov-2-0/', POST)
		await leadsTo('/ru/0000/99/konferenciya-egov-2-0/', POST)
		await leadsTo('/ru/2024/09/nochnoy-poezd/', '/ru/2024/10/nochnoy-poezd/')
	})

	test('a letter that need not be encoded makes no other address', async () => {
		const { status } = await blog.get('/ru/2025/02/%6bonferenciya-egov-2-0/')
		assert.ok(status === 200 || status === 301)
	})

	test('the first page of a listing is the listing itself, and page numbers have one form', async () => {
		await leadsTo('/ru/page/1/', '/ru/')
		await leadsTo('/ru/category/sobytiya/page/1/', '/ru/category/sobytiya/')
		await leadsTo('/ru/page/01/', '/ru/')
	})

	test('pages that are not there are 404', async () => {
		for (const number of ['0', '2', '999999999', '1000000000', '99999999999999999999', '-1', 'x']) {
			assert.is((await blog.get(`/ru/page/${number}/`)).status, 404, number)
		}
	})

	test('a wrong month leads to the right one, the query with it', async () => {
		await leadsTo('/ru/2024/01/konferenciya-egov-2-0/?comments=2', `${POST}?comments=2`)
	})

	test('an address of a reply form leads to the response', async () => {
		const { answer, held } = blog.seeded.responses
		await leadsTo(`${POST}?replytocom=${answer}`, `${POST}#comment-${answer}`)
		for (const unseen of [held, 999_999]) await leadsTo(`${POST}?replytocom=${unseen}`, POST)
		for (const query of ['replytocom=x', 'replytocom=1e999', 'replytocom=%0d%0aX:1', 'replytocom=1&replytocom=2']) {
			const { status, headers } = await blog.get(`${POST}?${query}`)
			assert.is(status, 301, query)
			assert.match(headers.location!, /^\/ru\/2025\/02\/konferenciya-egov-2-0\/(#|$)/)
		}
	})

	test('HEAD answers as GET does, without the body', async () => {
		for (const path of ['/ru/', POST, '/ru/search/?q=eGov', '/en/nowhere/', '/sitemap.xml', '/ru/feed/', '/healthz']) {
			const [get, head] = [await blog.get(path), await blog.get(path, { method: 'HEAD' })]
			assert.is(head.status, get.status, path)
			assert.is(head.bytes.length, 0, path)
			for (const name of ['content-type', 'content-length', 'content-language', 'etag', 'cache-control', 'vary']) {
				assert.is(head.headers[name], get.headers[name], `${name} of ${path}`)
			}
		}
	})

	test('no redirect leaves the site', async () => {
		const hostile = [
			'//evil.example/',
			'//evil.example',
			'///evil.example//',
			'/\\evil.example',
			'/\\/evil.example',
			'\\\\evil.example',
			'/%2F%2Fevil.example',
			'/%5Cevil.example',
			'/.//evil.example',
			'/ru/..//evil.example',
			'//evil.example/%2e%2e',
			'/?p=//evil.example',
			'/ru/?next=https://evil.example',
			'http://evil.example/ru',
			'https://evil.example//ru/2025',
			'//ru@evil.example/ru',
		]
		for (const path of hostile) {
			const { status, headers } = await blog.get(path)
			assert.ok(status < 500, path)
			if (!headers.location) continue
			assert.match(headers.location, /^\/(?![/\\])/, path)
			assert.is(new URL(headers.location, 'https://blog.example').origin, 'https://blog.example', path)
		}
	})

	test('links come from SITE_URL, whatever Host says', async () => {
		for (const path of [
			'/ru/',
			POST,
			'/en/search/?q=week',
			'/sitemap.xml',
			'/ru/feed/',
			'/robots.txt',
			'/opensearch.xml',
		]) {
			const plain = await blog.get(path)
			const headers = { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example' }
			const other = await blog.get(path, { headers })
			assert.not.match(other.text, 'evil.example', path)
			assert.is(other.status, plain.status, path)
			assert.is(other.text, plain.text, path)
		}
		assert.match((await blog.get('/ru/')).text, '<link rel="canonical" href="https://blog.example/ru/">')
		const moved = await blog.get('/ru', { headers: { Host: 'evil.example' } })
		assert.is(moved.headers.location, '/ru/')
	})

	test('a broken Host breaks nothing', async () => {
		for (const Host of ['[', 'a b', '%%%', 'host:port:port', '/', '?', '[::1', 'x'.repeat(2000)]) {
			for (const path of [
				'/ru/',
				'/ru/search/?q=eGov',
				'/?p=1',
				'/ru/nowhere/?replytocom=1',
				'/ru/search/feed/?q=eGov',
			]) {
				const { status } = await blog.get(path, { headers: { Host } })
				assert.ok(status < 500, `${Host} ${path}: ${status}`)
			}
		}
		assert.match((await blog.get('/ru/search/?q=eGov', { headers: { Host: '[' } })).text, 'konferenciya-egov-2-0')
	})

	test.run()
}
