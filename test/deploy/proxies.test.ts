import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeSetting } from '../../src/settings/queries.ts'
import { type DeskBlog, openDesk, startDesks } from '../admin/desk.ts'
import { MULTIPART, multipart } from '../media/uploads.ts'
import { until } from '../mentions/exchange.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { type Front, HOST, isHere, startCaddy, startNginx } from './front.ts'

const POST = '/ru/2025/02/konferenciya-egov-2-0/'
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }
const ENV = { SITE_URL: `https://${HOST}`, TRUST_PROXY: '1' }

let number = 0

/** A comment that claims to come from elsewhere. */
function comment(front: Front, headers = {}) {
	number++
	const form = { name: `Имя ${number}`, email: `n${number}@example.org`, text: `Отклик ${number}` }
	return front.get(`${POST}comments/`, {
		method: 'POST',
		headers: { ...FORM, 'X-Forwarded-For': '203.0.113.9', ...headers },
		body: String(new URLSearchParams(form)),
	})
}

for (const [program, example, start] of [
	['nginx', 'nginx.conf', startNginx],
	['caddy', 'Caddyfile', startCaddy],
] as const) {
	const test = suite(`the blog behind ${program}, as deploy/ has it`)
	let blog: DeskBlog
	let front: Front

	test('the example passes requests on to the port of the blog', () => {
		assert.match(readFileSync(join(import.meta.dirname, '../../deploy', example), 'utf8'), '127.0.0.1:3000')
	})

	// What isn't on a machine can't be run on it.
	if (!isHere(program)) {
		test.run()
		continue
	}

	test.before(async () => {
		blog = await startDesks(databases[0]!, { env: ENV })
		front = await start(Number(new URL(blog.url).port))
	})
	test.after(() => front.close())

	test('readers are known by their own address, whatever they claim', async () => {
		assert.is((await comment(front)).status, 303)
		const row = await blog.db.selectFrom('comments').select('ip').where('name', '=', `Имя ${number}`).executeTakeFirst()
		assert.is(row?.ip, '127.0.0.1')
	})

	test('a page comes in the encoding of each reader, and its cookies are for https', async () => {
		for (const [accepted, decode] of [
			['br, gzip', brotliDecompressSync],
			['gzip, deflate', gunzipSync],
			['identity', (bytes: Buffer) => bytes],
		] as const) {
			const { bytes } = await front.get(POST, { headers: { 'Accept-Encoding': accepted } })
			assert.match(decode(bytes).toString(), `https://${HOST}${POST}`)
		}
		const held = await comment(front)
		assert.match(String(held.headers['set-cookie']), /held=.*; secure/i)
	})

	test('a change is seen a second later at the latest', async () => {
		await front.get('/ru/')
		await blog.db.transaction().execute((trx) => writeSetting(trx, 'title', 'ru', 'Новое имя'))
		await until(async () => (await front.get('/ru/')).text.includes('Новое имя'))
		const { headers } = await front.get('/ru/')
		const known = await front.get('/ru/', { headers: { 'If-None-Match': headers.etag! } })
		assert.is(known.status, 304)
	})

	test('who waits for a decision sees the own comment, and nobody else does', async () => {
		const answer = await comment(front)
		const cookie = answer.headers['set-cookie']![0]!.split(';')[0]!
		assert.match((await front.get(POST, { headers: { Cookie: cookie } })).text, `Отклик ${number}<`)
		assert.not.match((await front.get(POST)).text, `Отклик ${number}<`)
	})

	test('an upload of megabytes reaches the blog', async () => {
		const { cookie } = await openDesk(blog, 'anna@example.org')
		const content = `%PDF-1.7\n${'x'.repeat(5_000_000)}\n%%EOF\n`
		const { status, text } = await front.get('/admin/media/', {
			method: 'POST',
			headers: { Cookie: cookie, Accept: 'application/json', ...MULTIPART },
			body: multipart([{ name: 'book.pdf', content }]),
		})
		const [told] = JSON.parse(text)
		assert.equal([status, told.mime], [200, 'application/pdf'])
		const file = await front.get(new URL(told.url, `https://${HOST}`).pathname)
		assert.is(file.bytes.length, content.length)
	})

	test('the progress of an import comes as it happens', async () => {
		const run = await blog.db
			.insertInto('import_runs')
			.values({ name: 'blog.xml', file: '/nowhere', options: '{}', state: 'running', created_at: NOW, touched_at: NOW })
			.returning('id')
			.executeTakeFirstOrThrow()
		const { cookie } = await openDesk(blog, 'anna@example.org')
		const stream = await front.get(`/admin/import/${run.id}/events/`, { headers: { Cookie: cookie }, whole: false })
		assert.match(stream.text, /^data: \{"percent":"0"/)
		await blog.db.updateTable('import_runs').set({ state: 'done' }).execute()
	})

	if (program === 'nginx') {
		test('kept are pages that are everybody’s, and no others', async () => {
			const outcome = async (path: string, headers = {}) => (await front.get(path, { headers })).headers['x-cache']
			await until(async () => (await outcome('/en/')) === 'HIT')
			await until(async () => (await outcome('/en/')) === 'REVALIDATED')
			for (const path of ['/ru/search/?q=egov', '/ru/nothing/', '/admin/login/', '/healthz', '/']) {
				await outcome(path)
				assert.not.match(String(await outcome(path)), /HIT|REVALIDATED/, path)
			}
			assert.is(await outcome('/en/', { Cookie: '__Host-session=x' }), 'BYPASS')
		})

		test('while the blog is away its pages are there', async () => {
			await front.get(POST)
			await blog.close()
			await until(async () => (await front.get(POST)).headers['x-cache'] === 'STALE')
			assert.is((await front.get(POST)).status, 200)
		})
	} else if (isHere(program)) test.after(() => blog.close())

	test.run()
}
