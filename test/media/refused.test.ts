import { createConnection } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Desk, type DeskBlog, desk, openDesk, startDesks } from '../admin/desk.ts'
import { databases } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'
import { filesIn, MULTIPART, multipart, photo, type SentFile, upload, uploadJson } from './uploads.ts'

const jpeg = await photo(400, 300).jpeg().toBuffer()
const png = await photo(60, 40).png().toBuffer()
const gif = await photo(60, 40).gif().toBuffer()
const webp = await photo(60, 40).webp().toBuffer()
const avif = await photo(60, 40).avif().toBuffer()
const cut = (whole: Buffer, share = 0.6) => whole.subarray(0, Math.floor(whole.length * share))

/** A PNG whose head claims more than it has. */
function claiming(width: number, height: number): Buffer {
	const lying = Buffer.from(png)
	lying.writeUInt32BE(width, 16)
	lying.writeUInt32BE(height, 20)
	return lying
}

const REFUSED: [string, SentFile, RegExp][] = [
	['a page', { name: 'a.png', content: '<!DOCTYPE html><script>alert(1)</script>' }, /веб-страница/],
	['a page without its head', { name: 'a.jpg', content: '  <script>alert(1)</script>' }, /веб-страница/],
	['a program', { name: 'a.js', content: 'alert(1)' }, /такого типа/],
	['PHP', { name: 'a.php.jpg', content: '<?php system($_GET[0]);' }, /веб-страница/],
	['XML that is no SVG', { name: 'a.svg', content: '<?xml version="1.0"?><feed/>' }, /такого типа/],
	['an archive', { name: 'a.jpg', content: Buffer.from('504b0304140000000000', 'hex') }, /такого типа/],
	[
		'a program of Windows',
		{ name: 'a.gif', content: Buffer.from(`4d5a90000300000004000000ffff${'00'.repeat(64)}`, 'hex') },
		/такого типа/,
	],
	['nothing', { name: 'a.png', content: '' }, /пуст/],
	['random bytes', { name: 'a.png', content: Buffer.alloc(5000, 7) }, /такого типа/],
	['a cut JPEG', { name: 'a.jpg', content: cut(jpeg) }, /повреждён/],
	['a cut PNG', { name: 'a.png', content: cut(png) }, /повреждён/],
	['a cut GIF', { name: 'a.gif', content: cut(gif, 0.5) }, /повреждён/],
	['a cut WebP', { name: 'a.webp', content: cut(webp) }, /повреждён/],
	['a cut AVIF', { name: 'a.avif', content: cut(avif) }, /повреждён/],
	['only the head of a JPEG', { name: 'a.jpg', content: jpeg.subarray(0, 30) }, /повреждён/],
	['50,000 × 50,000 pixels', { name: 'a.png', content: claiming(50_000, 50_000) }, /много пикселей/],
	['a strip of a million pixels', { name: 'a.png', content: claiming(1_000_000, 1) }, /много пикселей/],
	['a picture that claims more than it has', { name: 'a.png', content: claiming(6000, 4000) }, /повреждён/],
	['an SVG that is broken', { name: 'a.svg', content: '<svg xmlns="http://www.w3.org/2000/svg"><g></svg>' }, /SVG/],
	[
		'an SVG of endless entities',
		{
			name: 'a.svg',
			content: `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>`,
		},
		/SVG/,
	],
	[
		'an SVG of endless depth',
		{ name: 'a.svg', content: `<svg xmlns="http://www.w3.org/2000/svg">${'<g>'.repeat(100_000)}` },
		/SVG/,
	],
	['51 MB', { name: 'a.mp3', content: Buffer.concat([Buffer.from('ID3'), Buffer.alloc(51_000_000)]) }, /больше 50 МБ/],
]

for (const database of databases) {
	const test = suite(`refused uploads on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk
	let data: string

	test.before(async () => {
		data = temporaryFolder('data')
		blog = await startDesks(database, { env: { STORAGE_URL: `file:${data}/media`, DATA_DIR: data } })
		anna = await openDesk(blog, 'anna@example.org')
	})
	test.after(() => blog.close())

	const rows = () => blog.db.selectFrom('media').select('path').execute()

	for (const [what, file, why] of REFUSED) {
		test(`${what}: refused with the reason, nothing is kept`, async () => {
			const before = [filesIn(data), await rows()]
			const [told] = await uploadJson(blog, anna, [file])
			assert.match(told!.error!, why)
			assert.equal([filesIn(data), await rows()], before)
			const page = await upload(blog, anna, [file])
			assert.is(page.status, 422)
			assert.match(page.text, why)
		})
	}

	test('a body of a gigabyte is refused before it is read, a long one without its length as soon as it is too long', async () => {
		const before = filesIn(data)
		const { status } = await blog.get('/admin/media/', {
			method: 'POST',
			headers: { Cookie: anna.cookie, ...MULTIPART, 'Content-Length': String(2 ** 30) },
			body: '--',
		})
		assert.is(status, 413)
		const memory = process.memoryUsage().rss
		const { answer, sent } = await flood(Number(new URL(blog.url).port), anna.cookie)
		assert.match(answer, /^HTTP\/1.1 413/)
		assert.ok(sent < 400_000_000, `${sent} bytes were taken`)
		assert.ok(process.memoryUsage().rss - memory < 150_000_000, 'memory stays flat')
		assert.equal(filesIn(data), before)
	})

	test('who goes away in the middle leaves nothing behind', async () => {
		const before = filesIn(data)
		const socket = createConnection(Number(new URL(blog.url).port), '127.0.0.1')
		const body = multipart([{ name: 'a.jpg', content: jpeg }])
		socket.write(`${head(anna.cookie)}Content-Length: ${body.length}\r\n\r\n`)
		socket.write(body.subarray(0, body.length - 100))
		while (filesIn(data).length === before.length) await new Promise(setImmediate)
		socket.destroy()
		while (filesIn(data).length > before.length) await new Promise((resolve) => setTimeout(resolve, 10))
		assert.equal(filesIn(data), before)
	})

	test('what is no multipart, or a broken one, is told so', async () => {
		assert.is((await anna.post('/admin/media/', { a: 'b' })).status, 415)
		for (const body of ['', 'nonsense', multipart([{ name: 'a.jpg', content: jpeg }]).subarray(0, 300)]) {
			const { status } = await blog.get('/admin/media/', {
				method: 'POST',
				body,
				headers: { Cookie: anna.cookie, ...MULTIPART },
			})
			assert.ok([400, 422].includes(status), String(status))
		}
		const many = Array.from({ length: 21 }, (_, index) => ({ name: `${index}.png`, content: png }))
		assert.is((await upload(blog, anna, many)).status, 413)
		assert.equal(await rows(), [])
		assert.equal(filesIn(data), [])
	})

	test('strangers and other sites store nothing', async () => {
		const file = [{ name: 'a.png', content: png }]
		assert.is((await upload(blog, desk(blog, 'session=x'), file)).status, 401)
		assert.is((await upload(blog, anna, file, { Origin: 'https://evil.example' })).status, 403)
		assert.equal([filesIn(data), await rows()], [[], []])
	})

	test.run()
}

function head(cookie: string): string {
	const lines = [
		`POST /admin/media/ HTTP/1.1`,
		'Host: x',
		`Cookie: ${cookie}`,
		`Content-Type: ${MULTIPART['Content-Type']}`,
	]
	return `${lines.join('\r\n')}\r\n`
}

/** Sends up to a gigabyte in chunks until the server has had enough. */
function flood(port: number, cookie: string): Promise<{ answer: string; sent: number }> {
	const socket = createConnection(port, '127.0.0.1')
	const megabyte = Buffer.alloc(1_000_000)
	let answer = ''
	let sent = 0
	return new Promise((resolve) => {
		const end = () => resolve({ answer, sent })
		socket.on('data', (data) => {
			answer += data
		})
		socket.on('error', end)
		socket.on('close', end)
		socket.write(`${head(cookie)}Transfer-Encoding: chunked\r\n\r\n`)
		const start = multipart([{ name: 'a.mp3', content: 'ID3' }]).subarray(0, 130)
		socket.write(`${start.length.toString(16)}\r\n${start}\r\n`)
		const more = () => {
			while (sent < 2 ** 30 && socket.writable && answer === '') {
				sent += megabyte.length
				socket.write(`${megabyte.length.toString(16)}\r\n`)
				socket.write(megabyte)
				if (!socket.write('\r\n')) return void socket.once('drain', more)
			}
		}
		more()
	})
}
