import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import type { seedFixtures } from '../support/fixtures.ts'
import { giveToken, pathIn, program } from './programs.ts'

for (const database of databases) {
	const test = suite(`What Micropub refuses, on ${database.name}`)
	let blog: TestBlog<Awaited<ReturnType<typeof seedFixtures>>>
	let anna: ReturnType<typeof program>
	let boris: ReturnType<typeof program>

	test.before(async () => {
		blog = await startBlog(database)
		anna = program(blog, await giveToken(blog.db, blog.seeded.authors.anna))
		boris = program(blog, await giveToken(blog.db, blog.seeded.authors.boris))
	})
	test.after(async () => {
		const faults = blog.logs.filter(({ level }) => Number(level) >= 50)
		await blog.close()
		assert.equal(faults, [])
	})
	const countPosts = async () => (await blog.db.selectFrom('posts').select('id').execute()).length

	test('without a token, or with a wrong one, nothing is done: 401', async () => {
		const posts = await countPosts()
		const bare = await blog.post('/micropub', { h: 'entry', content: 'Hello' })
		assert.is(bare.status, 401)
		assert.is(JSON.parse(bare.text).error, 'unauthorized')
		assert.is(bare.headers['www-authenticate'], 'Bearer')
		assert.is((await program(blog, 'wrong').form({ content: 'Hello' })).status, 401)
		assert.is((await blog.get('/micropub?q=config')).status, 401)
		assert.is((await blog.get('/micropub/media', { method: 'POST', body: '' })).status, 401)
		assert.is(await countPosts(), posts)
	})

	test('a token may come in the form, but not twice', async () => {
		const token = await giveToken(blog.db, blog.seeded.authors.anna)
		const made = await blog.post('/micropub', { h: 'entry', content: 'By form', access_token: token })
		assert.is(made.status, 201)
		const { text } = await blog.get(new URL(made.headers.location!).pathname)
		assert.not.ok(text.includes(token))
		const twice = await blog.post(
			'/micropub',
			{ content: 'a', access_token: token },
			{ Authorization: `Bearer ${token}` },
		)
		assert.is(twice.status, 400)
	})

	test('a token does what its scopes allow: else 403 insufficient_scope', async () => {
		const url = blog.url + pathIn(await anna.form({ content: 'A scope' }))
		const { anna: author } = blog.seeded.authors
		const statusOf = async (scopes: string, body: object) => {
			const { status, text, headers } = await program(blog, await giveToken(blog.db, author, scopes)).json(body)
			if (status === 403) {
				assert.is(JSON.parse(text).error, 'insufficient_scope')
				assert.match(headers['www-authenticate']!, /^Bearer error="insufficient_scope", scope="\w+"$/)
			}
			return status
		}
		const create = { type: ['h-entry'], properties: { content: ['Scoped'] } }
		assert.is(await statusOf('update delete media', create), 403)
		assert.is(await statusOf('create delete', { action: 'update', url, replace: { content: ['b'] } }), 403)
		assert.is(await statusOf('create update', { action: 'delete', url }), 403)
		assert.is(await statusOf('create update', { action: 'undelete', url }), 403)
		assert.is(await statusOf('create', create), 201)
		assert.is(await statusOf('draft', create), 201)
		const states = await blog.db
			.selectFrom('translations')
			.select('status')
			.where('source', '=', 'Scoped')
			.orderBy('id')
			.execute()
		assert.equal(
			states.map(({ status }) => status),
			['published', 'draft'],
		)
	})

	test('an author touches only own posts; an owner those of others too', async () => {
		const url = blog.url + pathIn(await anna.form({ content: 'By Anna' }))
		for (const body of [
			{ action: 'update', url, replace: { content: ['b'] } },
			{ action: 'delete', url },
			{ action: 'undelete', url },
		]) {
			const { status, text } = await boris.json(body)
			assert.equal([status, JSON.parse(text).error], [403, 'forbidden'])
		}
		assert.is((await boris.ask(`q=source&url=${encodeURIComponent(url)}`)).status, 403)
		const own = blog.url + pathIn(await boris.form({ content: 'By Boris' }))
		assert.is((await anna.json({ action: 'delete', url: own })).status, 204)
	})

	test('what makes no sense is 400 invalid_request, and nothing is stored', async () => {
		const posts = await countPosts()
		const url = `${blog.url}/ru/2025/02/konferenciya-egov-2-0/`
		const bodies: unknown[] = [
			[],
			null,
			{},
			{ type: ['h-event'], properties: {} },
			{ type: ['h-entry'], properties: { content: 'no list' } },
			{ type: ['h-entry'], properties: {} },
			{ type: ['h-entry'], properties: { content: [1] } },
			{ type: ['h-entry'], properties: { content: ['a'], published: ['yesterday'] } },
			{ type: ['h-entry'], properties: { content: ['a'], photo: ['javascript:alert(1)'] } },
			{ type: ['h-entry'], properties: { content: ['a'], 'mp-language': ['xx'] } },
			{ type: ['h-entry'], properties: { content: ['a'], 'post-status': ['secret'] } },
			{ type: ['h-entry'], properties: { name: ['a'.repeat(10_000)] } },
			{ action: 'explode', url },
			{ action: 'delete' },
			{ action: 'delete', url: `${blog.url}/ru/2025/02/no-such/` },
			{ action: 'delete', url: 'https://other.example/ru/2025/02/konferenciya-egov-2-0/' },
			{ action: 'update', url, replace: { content: 'no list' } },
			{ action: 'update', url, replace: 'no object' },
			{ action: 'update', url, delete: [1] },
			{ action: 'update', url, replace: { photo: ['https://other.example/a.png'] } },
		]
		for (const body of bodies) {
			const { status, text } = await anna.json(body)
			assert.is(status, 400, JSON.stringify(body).slice(0, 100))
			assert.is(JSON.parse(text).error, 'invalid_request')
		}
		for (const form of ['h=event&content=a', 'action=update&url=x', 'action=delete', 'content=']) {
			assert.is((await anna.form(form)).status, 400, form)
		}
		for (const query of ['', 'q=nothing', 'q=toString', 'q=source', 'q=source&url=x']) {
			assert.is((await anna.ask(query)).status, 400, query)
		}
		assert.is(await countPosts(), posts)
	})

	test('too much is 413, another type 415, a file that is none of those taken 400', async () => {
		assert.is((await anna.form({ content: 'я'.repeat(800_000) })).status, 413)
		const headers = { 'Content-Type': 'text/plain', Authorization: 'Bearer x' }
		assert.is((await blog.get('/micropub', { method: 'POST', body: 'a', headers })).status, 415)
		const parts = new FormData()
		parts.append('file', new File(['<html><script>alert(1)</script>'], 'a.png'))
		assert.is((await anna.files('/micropub/media', parts)).status, 400)
		assert.is((await anna.files('/micropub/media', new FormData())).status, 400)
		assert.equal(await blog.db.selectFrom('media').select('id').execute(), [])
	})

	test('what would take long to read is refused in no time', async () => {
		const many = Array.from({ length: 200_000 }, (_, n) => `tag ${n}`)
		const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
		const url = `${blog.url}/ru/2025/02/konferenciya-egov-2-0/`
		const bodies = [
			() => anna.json({ type: ['h-entry'], properties: { content: ['a'], category: many } }),
			() => anna.form(`content=${'a&content='.repeat(300_000)}`),
			() => anna.form({ content: '<'.repeat(500_001) }),
			() => anna.text(`{"action":"update","url":"${url}","delete":{"category":[${deep}]}}`),
			() => anna.text(`{"type":["h-entry"],"properties":{"content":[${deep}]}}`),
		]
		for (const send of bodies) {
			const started = performance.now()
			const { status } = await send()
			assert.ok(status < 500, String(status))
			const took = performance.now() - started
			assert.ok(took < 2000, `took ${took} ms`)
		}
		const parts = new FormData()
		parts.append('content', 'я'.repeat(2_200_000))
		assert.is((await anna.files('/micropub', parts)).status, 413)
	})

	test('any JSON is answered 2xx or 4xx', async () => {
		const properties = fc.dictionary(
			fc.constantFrom(
				'content',
				'name',
				'category',
				'photo',
				'published',
				'mp-slug',
				'lang',
				'__proto__',
				'constructor',
			),
			fc.oneof(fc.array(fc.jsonValue(), { maxLength: 3 }), fc.jsonValue()),
		)
		const bodies = fc.oneof(
			fc.jsonValue(),
			properties.map((all) => ({ type: ['h-entry'], properties: all })),
			fc.record({
				action: fc.constantFrom('update', 'delete'),
				url: fc.webUrl(),
				replace: properties,
				add: properties,
			}),
		)
		await fc.assert(
			fc.asyncProperty(bodies, async (body) => {
				const { status } = await anna.json(body)
				assert.ok(status < 500, String(status))
			}),
			{ numRuns: 60 },
		)
	})

	test.run()
}
