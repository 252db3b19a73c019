import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startBlog, type TestBlog } from '../../support/app.ts'
import { databases } from '../../support/databases.ts'
import { NOW } from '../../support/fixtures.ts'

const CONFERENCE = '/ru/2025/02/konferenciya-egov-2-0/'
const IDLE = 400
const SLOW = 30

const test = suite('hostile readers of kept pages')
let blog: TestBlog<any>

test.before.each(async () => {
	// A trusted proxy's headers are the most that a request can say of itself.
	blog = await startBlog(databases[0]!, { clock: () => NOW, env: { TRUST_PROXY: '1' } })
})
test.after.each(() => blog.close())

const counts = () => blog.inside.pages!.counts

/** Every way of asking for a page that could leave something else in memory than the page. */
const FIRST: [what: string, question: { method?: string; headers?: Record<string, string> }][] = [
	['HEAD', { method: 'HEAD' }],
	['a part', { headers: { Range: 'bytes=0-9' } }],
	['a part of what it has', { headers: { Range: 'bytes=0-9', 'If-Range': 'W/"x"' } }],
	['what it has already', { headers: { 'If-None-Match': '*' } }],
	['what it does not want', { headers: { 'If-Match': '"x"' } }],
	['another host', { headers: { Host: 'evil.example:81' } }],
	[
		'the headers of a proxy',
		{
			headers: {
				'X-Forwarded-Host': 'evil.example',
				'X-Forwarded-Proto': 'gopher',
				'X-Forwarded-For': '"><script>alert(1)</script>',
				'X-Forwarded-Prefix': '/evil',
				Forwarded: 'host=evil.example;proto=gopher',
			},
		},
	],
	['another address by header', { headers: { 'X-Original-URL': '/en/', 'X-Rewrite-URL': '/en/' } }],
	['another method by header', { headers: { 'X-HTTP-Method-Override': 'POST' } }],
	['another language', { headers: { 'Accept-Language': 'en', Cookie: 'lang=en' } }],
	['another kind of answer', { headers: { Accept: 'application/json' } }],
	['encodings that there are not', { headers: { 'Accept-Encoding': 'evil, zstd, *;q=0' } }],
	['a page for a tool', { headers: { 'User-Agent': 'curl/8', DNT: '1', 'Save-Data': 'on' } }],
]

test('whoever asks first and however, the next one gets the page as it is', async () => {
	const fair = await blog.get(CONFERENCE)
	for (const [what, question] of FIRST) {
		blog.inside.pages!.forget('all')
		await blog.get(CONFERENCE, question)
		const { status, text, headers } = await blog.get(CONFERENCE)
		assert.is(status, 200, what)
		assert.is(text, fair.text, what)
		for (const name of ['etag', 'content-type', 'content-language', 'vary', 'cache-control', 'link', 'location']) {
			assert.is(headers[name], fair.headers[name], `${name} after ${what}`)
		}
	}
})

test('other spellings of an address leave nothing behind, and get no other page', async () => {
	const fair = await blog.get(CONFERENCE)
	const { pages } = counts()
	for (const path of [
		CONFERENCE.replace('k', '%6b'),
		CONFERENCE.replace('k', '%6B'),
		CONFERENCE.replaceAll('/', '%2F').replace('%2F', '/'),
		CONFERENCE.toUpperCase(),
		`/.${CONFERENCE}`,
		`//evil.example${CONFERENCE}`,
		`/x/..${CONFERENCE}`,
		`/%2e${CONFERENCE}`,
		`${CONFERENCE}/`,
		`${CONFERENCE};x=1`,
		`${CONFERENCE}#x`,
		`${CONFERENCE}%00`,
		`${CONFERENCE}%23`,
		`${CONFERENCE}%3f`,
		`${CONFERENCE}%`,
		`${CONFERENCE}\xff`,
		`http://evil.example${CONFERENCE}`,
	]) {
		const { status, text } = await blog.get(path)
		assert.ok(status < 500, `${path} ${status}`)
		if (status === 200) assert.is(text, fair.text, path)
	}
	assert.is(counts().pages, pages)
	assert.is((await blog.get(CONFERENCE)).text, fair.text)
})

test('queries take no memory, however many there are', async () => {
	await blog.get('/ru/')
	const { pages, bytes } = counts()
	const ask = blog.inside.pages!.answer.bind(blog.inside.pages)
	const wait = blog.inside.pages!.answerLater.bind(blog.inside.pages)
	let passedOn = 0
	for (let number = 0; number < 100_000; number++) {
		const asked = { method: 'GET', url: `/ru/?${number}`, headers: {} } as never
		if (!ask(asked, {} as never)) wait(asked, {} as never, () => passedOn++)
	}
	assert.is(passedOn, 100_000)
	for (let number = 0; number < 20; number++) await blog.get(`/ru/?q=${number}`)
	assert.equal([counts().pages, counts().bytes], [pages, bytes])
})

test('pages take no more memory than they may', async () => {
	await blog.close()
	blog = await startBlog(databases[0]!, { clock: () => NOW, env: { PAGE_CACHE: '1' } })
	const { pages } = blog.inside
	for (let number = 0; number < 200; number++) {
		const body = randomBytes(10_000).toString('base64')
		const answer = { body, route: '', headers: {}, etag: `"${number}"`, scopes: [`post:${number}`], until: NOW + 1 }
		await pages!.keep({ url: `/${number}/`, headers: {} } as never, answer, pages!.now)
		assert.ok(counts().bytes <= 2 ** 20)
	}
	assert.ok(counts().pages > 10 && counts().pages < 100, `${counts().pages}`)
})

test('a cookie of 8 KB gets the page, or one that is not kept, or is refused', async () => {
	const fair = await blog.get(CONFERENCE)
	const junk = 'x'.repeat(8_000)
	const { hits } = counts()
	const other = await blog.get(CONFERENCE, { headers: { Cookie: `other=${junk}` } })
	assert.equal([other.status, other.text], [200, fair.text])
	assert.is(counts().hits, hits + 1)
	for (const name of ['session', '__Host-session', 'held', 'unlock-1', 'lang']) {
		const { status } = await blog.get(CONFERENCE, { headers: { Cookie: `${name}=${junk}` } })
		assert.is(status, 200, name)
	}
	const { status } = await blog.get(CONFERENCE, { headers: { Cookie: `other=${junk.repeat(3)}` } })
	assert.is(status, 431)
	assert.is((await blog.get(CONFERENCE)).text, fair.text)
})

test('connections that ask for nothing hold up nobody', async () => {
	const idle = await Promise.all(Array.from({ length: IDLE }, open))
	assert.is((await blog.get(CONFERENCE)).status, 200)
	for (const socket of idle) socket.destroy()
})

test('who reads slowly gets the whole page, and holds no copy of it', async () => {
	const fair = await blog.get(CONFERENCE)
	const before = process.memoryUsage().arrayBuffers
	const readers = await Promise.all(Array.from({ length: SLOW }, open))
	for (const reader of readers) {
		reader.pause()
		// Forty pages are more than the system's own buffers take.
		reader.write(`GET ${CONFERENCE} HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(39))
		reader.write(`GET ${CONFERENCE} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
	}
	for (let other = 0; other < 20; other++) assert.is((await blog.get(CONFERENCE)).text, fair.text)
	assert.ok(process.memoryUsage().arrayBuffers - before < 20 * 2 ** 20, 'what waits to be sent is copied')
	for (const reader of readers) assert.is(count(await readAll(reader), fair.text), 40)
})

async function open(): Promise<Socket> {
	const socket = connect(Number(new URL(blog.url).port), '127.0.0.1')
	await once(socket, 'connect')
	return socket
}

async function readAll(socket: Socket): Promise<string> {
	const chunks: Buffer[] = []
	socket.on('data', (chunk: Buffer) => chunks.push(chunk))
	socket.resume()
	await once(socket, 'close')
	return Buffer.concat(chunks).toString()
}

function count(text: string, part: string): number {
	return text.split(part).length - 1
}

test.run()
