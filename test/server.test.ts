import { once } from 'node:events'
import { Agent, type ClientRequest, request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startBlog } from './support/app.ts'
import { databases } from './support/databases.ts'

const LOCKED = '/ru/2025/01/dlya-svoih/'

/** Begins to send a password; the answer waits for the rest. */
function beginForm(url: string, agent?: Agent): ClientRequest {
	const headers = {
		'Content-Type': 'application/x-www-form-urlencoded',
		'Content-Length': '10',
		Expect: '100-continue',
	}
	const sent = request(`${url}${LOCKED}`, { method: 'POST', headers, agent })
	sent.flushHeaders()
	return sent
}

for (const database of databases) {
	const test = suite(`the server on ${database.name}`)

	test('a request that runs when the server stops is answered, and then nothing listens', async () => {
		const blog = await startBlog(database)
		const sent = beginForm(blog.url)
		// The server has read the headers.
		await once(sent, 'continue')
		const stopped = blog.close()
		sent.end('password=x')
		const [answer] = await once(sent, 'response')
		assert.is(answer.statusCode, 422)
		answer.resume()
		await stopped
		const refused = await blog.get('/healthz').catch((error) => error.code)
		assert.is(refused, 'ECONNREFUSED')
	})

	test('a reader who keeps the connection open does not keep the server', async () => {
		const blog = await startBlog(database)
		const agent = new Agent({ keepAlive: true })
		const sent = beginForm(blog.url, agent)
		await once(sent, 'continue')
		const stopped = blog.close()
		sent.end('password=x')
		const [answer] = await once(sent, 'response')
		assert.is(answer.headers.connection, 'close')
		answer.resume()
		await stopped
		agent.destroy()
	})

	test('it tells that it runs, and that it is ready', async () => {
		const blog = await startBlog(database)
		const health = await blog.get('/healthz')
		assert.equal([health.status, health.text, health.headers['cache-control']], [200, 'ok\n', 'no-store'])
		const ready = await blog.get('/readyz')
		assert.equal([ready.status, ready.headers['cache-control']], [200, 'no-store'])
		const checks = { database: 'ok', migrations: 'ok', disk: 'ok', jobs: 'ok' }
		assert.equal(JSON.parse(ready.text), { status: 'ready', checks })
		await blog.close()
	})

	test('without its database it runs but is not ready, serves what it keeps, and tells others to wait in their language', async () => {
		const blog = await startBlog(database)
		await blog.get('/ru/')
		await blog.db.destroy()
		assert.is((await blog.get('/healthz')).status, 200)
		const ready = await blog.get('/readyz')
		assert.is(ready.status, 503)
		assert.equal(JSON.parse(ready.text).checks.database, 'does not answer')
		assert.not.match(ready.text, /driver|destroyed|postgres|sqlite/)
		assert.is((await blog.get('/ru/')).status, 200)
		for (const [locale, text] of [
			['ru', 'Блог ненадолго недоступен'],
			['en', 'The blog is unavailable for a moment'],
		]) {
			const answer = await blog.get(`/${locale}/2025/`)
			assert.equal([answer.status, answer.headers['retry-after']], [503, '30'])
			assert.match(answer.text, `<html lang="${locale}"`)
			assert.match(answer.text, text!)
			assert.not.match(answer.text, /driver|destroyed|\.ts:/)
		}
		assert.ok(blog.logs.some(({ level, msg }) => level === 50 && msg === 'request failed'))
		await blog.close()
	})

	test("what isn't HTTP is refused by a page in the language that can be made out", async () => {
		const blog = await startBlog(database)
		for (const [request, status, words] of [
			['GET /ru/книга/ HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'Непонятный запрос'],
			['GET /\xff HTTP/1.1\r\nHost: x\r\nAccept-Language: en\r\n\r\n', 400, 'makes no sense'],
			[`GET /en/ HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'Too much data'],
		] as const) {
			const answer = await exchange(Number(new URL(blog.url).port), request)
			assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `))
			assert.match(answer, words)
		}
		await blog.close()
	})

	test('the log tells of each request, and of no reader', async () => {
		const blog = await startBlog(database)
		const headers = { Cookie: 'lang=en; secret=cookie', 'User-Agent': 'Agent/7', Referer: 'https://secret.example/' }
		await blog.get('/ru/search/?q=private-words', { headers })
		await blog.post(LOCKED, { password: 'wrong-password', email: 'reader@example.org' }, headers)
		const lines = blog.logs.filter(({ msg }) => msg === 'request')
		assert.equal(
			lines.map(({ method, path, status }) => [method, path, status]),
			[
				['GET', '/ru/search/', 200],
				['POST', LOCKED, 422],
			],
		)
		assert.ok(lines.every(({ id, ms }) => typeof id === 'string' && typeof ms === 'number'))
		const all = JSON.stringify(blog.logs)
		for (const secret of ['private-words', 'wrong-password', 'reader@', 'secret', 'Agent/7', '127.0.0.1', '::1']) {
			assert.not.match(all, secret, secret)
		}
		await blog.close()
	})

	test.run()
}

/** Sends bytes as they are and gives all that comes back. */
async function exchange(port: number, bytes: string): Promise<string> {
	const socket = connect(port, '127.0.0.1')
	socket.write(bytes)
	return text(socket)
}
