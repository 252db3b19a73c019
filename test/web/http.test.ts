import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { allowUpload, limitBody } from '../../src/web/patience.ts'
import { answerUnreadable } from '../../src/web/refused.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'

const test = suite('HTTP in raw bytes')
let blog: TestBlog<unknown>

test.before(async () => {
	blog = await startBlog(databases[0]!)
})
test.after(() => blog.close())

/** Sends bytes as they are and gives all that comes back. */
async function exchange(bytes: string): Promise<string> {
	const socket = connect(Number(new URL(blog.url).port), '127.0.0.1')
	// What was sent after the part that was refused may be answered by a reset.
	socket.on('error', () => {})
	const chunks: Buffer[] = []
	socket.on('data', (chunk: Buffer) => chunks.push(chunk))
	socket.write(bytes, 'latin1')
	await once(socket, 'close')
	return Buffer.concat(chunks).toString('latin1')
}

function ask(line: string, headers: string[] = [], body = ''): Promise<string> {
	return exchange(`${line} HTTP/1.1\r\n${['Host: x', ...headers, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`)
}

const FORM = 'Content-Type: application/x-www-form-urlencoded'
const CHUNKED = 'Transfer-Encoding: chunked'
const END = '0\r\n\r\n'

test('a body of doubtful length is refused, whatever a proxy may have made of it', async () => {
	for (const [name, headers, body] of [
		['both lengths', ['Content-Length: 4', CHUNKED], END],
		['both the other way round', [CHUNKED, 'Content-Length: 4'], END],
		['two lengths', ['Content-Length: 4', 'Content-Length: 5'], 'abcde'],
		['the same length twice', ['Content-Length: 4', 'Content-Length: 4'], 'abcd'],
		['a list of lengths', ['Content-Length: 4, 4'], 'abcd'],
		['a signed length', ['Content-Length: +4'], 'abcd'],
		['a hexadecimal length', ['Content-Length: 0x4'], 'abcd'],
		['a space before the colon', ['Content-Length : 4'], 'abcd'],
		['an unknown coding', ['Transfer-Encoding: xchunked'], END],
		['chunked not last', [CHUNKED, 'Transfer-Encoding: identity'], END],
		['a folded header', ['Transfer-Encoding:\r\n chunked'], END],
		['any folded header', ['X: a\r\n b'], ''],
		['a header that ends in LF', ['X: y\nContent-Length: 4'], 'abcd'],
		['a CR within a header', ['X: y\rContent-Length: 4'], 'abcd'],
		['a NUL within a header', ['X: y\0'], ''],
		['a long extension of a chunk', [FORM, CHUNKED], `1;${'x'.repeat(20_000)}\r\na\r\n${END}`],
		['chunks ended by LF', [FORM, CHUNKED], '1\na\n0\n\n'],
		['an extension ended by LF', [FORM, CHUNKED], `1;\na\r\n${END}`],
		['a negative chunk', [FORM, CHUNKED], `-1\r\na\r\n${END}`],
		['a chunk longer than it says', [FORM, CHUNKED], `1\r\nab\r\n${END}`],
	] as const) {
		const answer = await ask('POST /webmention', [...headers], body)
		assert.match(answer, /^HTTP\/1\.1 400 /, name)
		assert.is(answer.match(/HTTP\/1\.1 \d/g)!.length, 1, name)
	}
})

test('nothing that was smuggled behind a doubtful body is answered', async () => {
	const behind = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'
	const answer = await exchange(
		`POST /webmention HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n${CHUNKED}\r\n\r\n${END}${behind}`,
	)
	assert.match(answer, /^HTTP\/1\.1 400 /)
	assert.not.match(answer, '200 OK')
})

test('a request names its host once; which, changes nothing', async () => {
	assert.match(await ask('GET /ru/', ['Host: y']), /^HTTP\/1\.1 400 /)
	assert.match(await exchange('GET /ru/ HTTP/1.1\r\nConnection: close\r\n\r\n'), /^HTTP\/1\.1 400 /)
	const pages = await Promise.all(
		['GET /ru/', 'GET http://evil.example/ru/', 'GET HTTP://evil.example:8080/ru/'].map((line) => ask(line)),
	)
	for (const page of pages) {
		assert.match(page, /^HTTP\/1\.1 200 /)
		assert.not.match(page, 'evil.example')
	}
	assert.match(await ask('GET http://evil.example'), /^HTTP\/1\.1 302 [\s\S]*\r\nLocation: \/(ru|en)\/\r\n/)
	for (const target of ['ftp://evil.example/ru/', '*', 'ru/', 'http:///ru/', '\\\\evil.example']) {
		assert.match(await ask(`GET ${target}`), /^HTTP\/1\.1 400 /, target)
	}
})

test('a fragment that was sent along is passed over, whatever it makes of the address', async () => {
	for (const line of ['GET /ru/#x', 'GET /ru/#', 'GET http://evil.example/ru/#x', 'HEAD /ru/#\\@[::x']) {
		assert.match(await ask(line), /^HTTP\/1\.1 200 /, line)
	}
	for (const target of ['//x@[::z#', '//x@[::z?#', '//x@a^b:c#']) {
		// The first one must not leave the second waiting.
		for (let n = 0; n < 2; n++) assert.match(await ask(`GET ${target}`), /^HTTP\/1\.1 [34]\d\d /, target)
	}
})

test('methods that nothing answers to are 405 with those that something does', async () => {
	for (const [line, allowed] of [
		['TRACE /ru/', 'HEAD, GET'],
		['PROPFIND /ru/', 'HEAD, GET'],
		['DELETE /ru/', 'HEAD, GET'],
		['PUT /webmention', 'POST'],
		['TRACE /ru/no/such/page/', 'GET, HEAD'],
		['BREW /ru/', 'GET, HEAD, POST, OPTIONS'],
		['CONNECT evil.example:443', 'GET, HEAD, POST, OPTIONS'],
		['OPTIONS *', 'GET, HEAD, POST, OPTIONS'],
	]) {
		const answer = await ask(line!, ['Cookie: session=secret-cookie'])
		assert.match(answer, /^HTTP\/1\.1 405 /, line)
		assert.match(answer, new RegExp(`\r\nAllow: ${allowed}\r\n`), line)
		assert.not.match(answer, 'secret-cookie', line)
	}
})

test('an upgrade is passed over, an expectation that nobody knows refused', async () => {
	assert.match(await ask('GET /ru/', ['Upgrade: h2c', 'HTTP2-Settings: AAMAAABk']), /^HTTP\/1\.1 200 /)
	assert.match(await ask('GET /ru/', ['Expect: 200-ok']), /^HTTP\/1\.1 417 /)
	assert.match(await exchange('GET /ru/\r\n\r\n'), /^HTTP\/1\.1 400 /)
	assert.match(await exchange('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), /^HTTP\/1\.1 400 /)
})

test('refused before it was understood, it is told with the headers of every answer', async () => {
	for (const answer of [await exchange('nonsense\r\n\r\n'), await ask('BREW /ru/'), await ask('GET *')]) {
		assert.match(answer, /\r\nX-Content-Type-Options: nosniff\r\n/)
		assert.match(answer, /\r\nContent-Security-Policy: default-src 'none'/)
		assert.match(answer, /\r\nConnection: close\r\n/)
	}
})

test('redirects lead to this site, however the address is written', async () => {
	for (const path of [
		...[
			'//evil.example',
			'//evil.example/',
			'/\\evil.example',
			'/\\\\evil.example',
			'///evil.example',
			'/%09/evil.example',
		],
		...['/%2f%2fevil.example', '/%5cevil.example', '/.//evil.example', '/..//evil.example', '//evil.example/%2e%2e'],
		...['//evil.example\\@x', '/ru//evil.example', '/ru/\\evil.example', '/?p=1', '//ru/', '/https:evil.example'],
	]) {
		const location = /\r\nLocation: (.*)\r\n/i.exec(await ask(`GET ${path}`))?.[1]
		if (location) assert.is(new URL(location, blog.url).origin, new URL(blog.url).origin, `${path} → ${location}`)
	}
	for (const next of [
		'//evil.example',
		'/\\evil.example',
		'https://evil.example/',
		'/%2f/evil.example',
		'/admin/../..//evil.example',
	]) {
		const { text: page } = await blog.get(`/admin/login/?next=${encodeURIComponent(next)}`)
		assert.not.match(page, 'evil.example', next)
	}
})

test('what is no request in the middle of an answer adds nothing to it', async () => {
	const server = createServer((_, response) => void response.write('begun'))
	server.on('clientError', (error, socket) => answerUnreadable(blog.inside, error, socket))
	await once(server.listen(0, '127.0.0.1'), 'listening')
	const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
	socket.on('error', () => {})
	const chunks: Buffer[] = []
	socket.on('data', (chunk: Buffer) => {
		if (chunks.push(chunk) === 1) socket.write('nonsense\r\n\r\n')
	})
	socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
	await once(socket, 'close')
	assert.match(Buffer.concat(chunks).toString(), /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n5\r\nbegun\r\n$/)
	server.close()
})

test('headers that take over ten seconds are waited for no longer', async () => {
	const socket = connect(Number(new URL(blog.url).port), '127.0.0.1')
	socket.write('GET /ru/ HTTP/1.1\r\nHost: x\r\n')
	const trickle = setInterval(() => socket.write('X: y\r\n'), 500)
	socket.on('error', () => {})
	assert.match(await text(socket), /^HTTP\/1\.1 408 /)
	clearInterval(trickle)
})

test.run()

const bodies = suite('bodies that come slowly')
const PATIENCE = 800

/** A server that answers when the body is there, and closes on those that are too slow. */
async function startPatient(isUpload: boolean) {
	const server = createServer((request, response) => {
		if (isUpload) allowUpload(request)
		limitBody(request, () => request.socket.destroy(), PATIENCE)
		request.on('error', () => {})
		request.resume().on('end', () => response.end('all'))
	})
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
	socket.on('error', () => {})
	return { server, socket }
}

/** Sends a body piece by piece, three times as long as there is patience. */
async function trickle(socket: Socket, piece: string): Promise<string> {
	const pieces = 12
	socket.write(`POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${pieces * piece.length}\r\n\r\n`)
	let sent = 0
	const timer = setInterval(
		() => {
			if (sent++ < pieces) socket.write(piece)
		},
		(3 * PATIENCE) / pieces,
	)
	// Whoever is cut off may find the connection ended or reset.
	const answer = await text(socket).catch(() => '')
	clearInterval(timer)
	return answer
}

bodies('end when their time is over, however long the sender goes on', async () => {
	const { server, socket } = await startPatient(false)
	assert.is(await trickle(socket, 'x'.repeat(300_000)), '')
	server.close()
})

bodies('of uploads take their time as long as they keep coming', async () => {
	const { server, socket } = await startPatient(true)
	assert.match(await trickle(socket, 'x'.repeat(300_000)), /all$/)
	server.close()
	const slow = await startPatient(true)
	assert.is(await trickle(slow.socket, 'x'), '')
	slow.server.close()
})

bodies.run()
