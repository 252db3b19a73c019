import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { moderate } from '../../../src/comments/moderate.ts'
import { createPost } from '../../../src/posts/save.ts'
import { writeSetting } from '../../../src/settings/queries.ts'
import { startBlog, type TestBlog } from '../../support/app.ts'
import { type Database, databases } from '../../support/databases.ts'
import { NOW } from '../../support/fixtures.ts'

const CONFERENCE = '/ru/2025/02/konferenciya-egov-2-0/'
const RULES = '/ru/2024/07/pravila/'
const HOUR = 60 * 60 * 1000

for (const database of databases) {
	const test = suite(`the page cache on ${database.name}`)
	let now = NOW
	let blog: TestBlog<any>
	test.before.each(async () => {
		now = NOW
		blog = await startBlog(database, { clock: () => now })
	})
	test.after.each(() => blog.close())

	/** How many requests the program behind the cache has answered so far. */
	const rendered = () => blog.logs.filter(({ msg }) => msg === 'request').length

	/** Whether a page comes from memory. */
	async function isKept(path: string, headers: Record<string, string> = {}): Promise<boolean> {
		const before = rendered()
		assert.is((await blog.get(path, { headers })).status, 200)
		return rendered() === before
	}

	const keepAll = async (paths: string[]) => {
		for (const path of paths) await blog.get(path)
	}

	test('a page is rendered once, and sent in the encoding that is asked for', async () => {
		const plain = await blog.get(CONFERENCE)
		const before = rendered()
		for (const [accepted, encoding, decode] of [
			['br, gzip', 'br', brotliDecompressSync],
			['gzip, deflate', 'gzip', gunzipSync],
			['br;q=0, *', 'gzip', gunzipSync],
			['identity', undefined, (bytes: Buffer) => bytes],
			['zstd, br;q=oops', undefined, (bytes: Buffer) => bytes],
		] as const) {
			const { headers, bytes } = await blog.get(CONFERENCE, { headers: { 'Accept-Encoding': accepted } })
			assert.is(headers['content-encoding'], encoding)
			assert.is(headers.etag, plain.headers.etag)
			assert.match(headers.vary!, 'Accept-Encoding')
			assert.is(headers['content-language'], 'ru')
			assert.is(decode(bytes).toString(), plain.text)
		}
		assert.is(rendered(), before)
	})

	test('HEAD is answered alike without a body, and what the reader has by 304', async () => {
		const { headers, text } = await blog.get(CONFERENCE)
		const head = await blog.get(CONFERENCE, { method: 'HEAD' })
		assert.equal([head.status, head.text, head.headers['content-length']], [200, '', String(Buffer.byteLength(text))])
		const known = await blog.get(CONFERENCE, { headers: { 'If-None-Match': headers.etag! } })
		assert.equal([known.status, known.text, known.headers.etag], [304, '', headers.etag])
		assert.is(known.headers['content-type'], undefined)
	})

	test('a page has a date as soon as the second it was made in is over', async () => {
		await blog.get(CONFERENCE)
		assert.is((await blog.get(CONFERENCE)).headers['last-modified'], undefined)
		now += 1_000
		const date = (await blog.get(CONFERENCE)).headers['last-modified']!
		assert.is(Date.parse(date), now)
		now += HOUR
		assert.is((await blog.get(CONFERENCE, { headers: { 'If-Modified-Since': date } })).status, 304)
	})

	test('the head of a page is the same whether it was put together for this answer or before', async () => {
		await blog.get(CONFERENCE)
		now += 1_000
		const agent = new Agent({ keepAlive: true, maxSockets: 1 })
		const ask = async (options: object) => {
			const asked = request(blog.url + CONFERENCE, { headers: { 'Accept-Encoding': 'br' }, ...options }).end()
			const [answer] = await once(asked, 'response')
			const body = Buffer.concat(await answer.toArray())
			const fields = Object.entries(answer.headers).filter(([name]) => !/^(?:date|connection|keep-alive)$/.test(name))
			return { ends: answer.headers.connection, dated: Date.parse(answer.headers.date) > 0, fields, body }
		}
		const first = await ask({ agent })
		assert.equal([first.ends, first.dated], ['keep-alive', true])
		for (let again = 0; again < 3; again++) assert.equal(await ask({ agent }), first)
		assert.equal(await ask({ agent: false }), { ...first, ends: 'close' })
		assert.equal((await ask({ agent, method: 'HEAD' })).fields, first.fields)
		assert.equal(await ask({ agent }), first)
		agent.destroy()
	})

	test('a response ends the page of its post and the listings, and no other page', async () => {
		const others = [RULES, '/en/2024/07/rules/', '/ru/o-bloge/']
		const shown = [CONFERENCE, '/en/2025/02/egov-2-0-conference/', '/ru/', '/ru/feed/', '/ru/comments/feed/']
		await keepAll([...others, ...shown])
		await moderate(
			{ ...blog, config: { akismetKey: '' }, clock: () => now } as never,
			[blog.seeded.responses.held],
			'approved',
			{
				by: 'command',
			},
		)
		for (const path of others) assert.ok(await isKept(path), path)
		for (const path of shown) assert.not.ok(await isKept(path), path)
	})

	test('a new post shows everywhere at once', async () => {
		const paths = ['/ru/', CONFERENCE, '/ru/2025/', '/ru/feed/', '/feed/', '/sitemap.xml', '/en/']
		await keepAll(paths)
		await createPost({ db: blog.db, timezone: 'Europe/Moscow', now }, { kind: 'post' }, [
			{ locale: 'ru', title: 'Новое', source: 'Сегодня', status: 'published', publishedAt: now } as never,
		])
		for (const path of paths) assert.not.ok(await isKept(path), path)
		assert.match((await blog.get('/ru/')).text, 'Новое')
	})

	test('a setting ends every page', async () => {
		await keepAll(['/ru/', CONFERENCE])
		await blog.db.transaction().execute((trx) => writeSetting(trx, 'title', 'ru', 'Другое имя'))
		assert.match((await blog.get('/ru/')).text, 'Другое имя')
		assert.match((await blog.get(CONFERENCE)).text, 'Другое имя')
	})

	test('pages end at midnight, and when a scheduled post appears', async () => {
		await keepAll(['/ru/', CONFERENCE])
		await createPost({ db: blog.db, timezone: 'Europe/Moscow', now }, { kind: 'post' }, [
			{ locale: 'ru', title: 'Позже', source: 'Вечером', status: 'published', publishedAt: now + HOUR } as never,
		])
		await keepAll(['/ru/', CONFERENCE])
		assert.ok(await isKept('/ru/'))
		now += HOUR
		assert.match((await blog.get('/ru/')).text, 'Позже')
		assert.not.ok(await isKept(CONFERENCE))
		now = Date.parse('2025-03-15T20:59:59Z')
		assert.ok(await isKept('/ru/'))
		now += 1_000
		assert.not.ok(await isKept('/ru/'))
	})

	test("what is somebody's own is neither taken from memory nor kept", async () => {
		for (const cookie of ['session=x', 'lang=en; __Host-session=x', 'held=1-x', 'unlock-3=x']) {
			assert.not.ok(await isKept('/ru/', { Cookie: cookie }))
			assert.not.ok(await isKept('/ru/', { Cookie: cookie }))
		}
		assert.not.ok(await isKept('/ru/'), 'kept for all what somebody asked for')
		assert.ok(await isKept('/ru/', { Cookie: 'lang=en; other=held' }))
	})

	test('queries, errors, redirects and other spellings of an address are not kept', async () => {
		await blog.get(CONFERENCE)
		for (const path of [
			`${CONFERENCE}?x=1`,
			'/ru/?a',
			'/ru/search/?q=книга'.replace('книга', encodeURIComponent('книга')),
		]) {
			assert.not.ok(await isKept(path))
			assert.not.ok(await isKept(path))
		}
		for (const path of ['/ru/nowhere/', '/ru/2024/08/', '/ru', '/']) {
			const before = rendered()
			await blog.get(path)
			await blog.get(path)
			assert.is(rendered(), before + 2, path)
		}
		await blog.get('/ru/2025/02/konferenciya-egov-2-%30/')
		assert.not.ok(await isKept('/ru/2025/02/konferenciya-egov-2-%30/'))
	})

	test("nobody can put another page into memory: neither by Host nor by the proxies' headers nor by languages", async () => {
		const touch = () => blog.db.transaction().execute((trx) => writeSetting(trx, 'tagline', 'ru', 'О городе'))
		await touch()
		const fair = await blog.get('/ru/')
		await touch()
		await blog.get('/ru/', {
			headers: {
				Host: 'evil.example',
				'X-Forwarded-Host': 'evil.example',
				'X-Forwarded-Proto': 'https',
				'X-Original-URL': '/en/',
				'Accept-Language': 'en',
				Cookie: 'lang=en',
				Range: 'bytes=0-10',
			},
		})
		const before = rendered()
		assert.is((await blog.get('/ru/')).text, fair.text)
		assert.is(rendered(), before)
	})

	test('who asks for a page that is being made waits for it', async () => {
		const before = rendered()
		const answers = await Promise.all(Array.from({ length: 20 }, () => blog.get(CONFERENCE)))
		assert.is(new Set(answers.map(({ text }) => text)).size, 1)
		assert.is(rendered(), before + 1)
	})

	test('another process hears of a change', async () => {
		const shared: Database = {
			name: database.name,
			create: async () => ({ db: blog.db, url: blog.databaseUrl, drop: async () => {} }),
		}
		const other = await startBlog(shared, { clock: () => now, seed: async () => undefined })
		await other.get('/ru/')
		await blog.db.transaction().execute((trx) => writeSetting(trx, 'title', 'ru', 'Слышно'))
		assert.match((await other.get('/ru/')).text, 'Слышно')
		await other.close()
	})

	test.run()
}
