import { createConnection } from 'node:net'
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { routes } from '../../src/routes.ts'
import { faultsOf, openDesk, seedDesks } from '../admin/desk.ts'
import { MATRIX } from '../admin/matrix.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import { type Case, corpus, corpusLines, heapUsed, mutations, RUNS, timely } from './support.ts'

type Blog = TestBlog<Awaited<ReturnType<typeof seedDesks>>>

/** A request as it goes over the wire. */
interface Sent {
	method: string
	target: Buffer
	headers: [string, Buffer | string][]
	body?: Buffer
}

const PAGES = [
	...['/', '/ru/', '/en/', '/ru/page/2/', '/ru/2025/', '/ru/2025/02/', '/ru/2025/02/26/', '/ru/search/', '/ru/feed/'],
	...['/ru/category/sobytiya/', '/ru/tag/otkrytye-dannye/', '/ru/author/anna/', '/ru/comments/feed/', '/feed/atom/'],
	...[
		'/sitemap.xml',
		'/robots.txt',
		'/opensearch.xml',
		'/rsd.xml',
		'/micropub',
		'/healthz',
		'/readyz',
		'/admin/login/',
	],
	...['/admin/setup/', '/admin/reset/', '/favicon.ico', '/trackback/1/', '/ru/subscriptions/', '/assets/default/x'],
]
const DOORS = [
	'/webmention',
	'/xmlrpc',
	'/trackback/1/',
	'/micropub',
	'/micropub/media',
	'/admin/login',
	'/admin/reset',
]
const FORM = 'application/x-www-form-urlencoded'
const TYPES = [
	FORM,
	'application/json',
	'text/xml',
	'multipart/form-data; boundary=x',
	'text/plain',
	'x',
	'',
	'multipart/form-data',
]

const bodies = ['xmlrpc', 'json', 'query', 'markdown'].flatMap(corpus)
const multipart: Case[] = [
	['no-end', '--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nabc'],
	['no-name', '--x\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--x--'],
	[
		'climbing-name',
		'--x\r\nContent-Disposition: form-data; name="file"; filename="../../../a.jpg"\r\n\r\nabc\r\n--x--',
	],
	['nul-name', '--x\r\nContent-Disposition: form-data; name="file"; filename="a\0.jpg"\r\n\r\nabc\r\n--x--'],
	['other-boundary', '--y\r\n\r\nabc\r\n--y--'],
	['headers', `--x\r\n${'A: b\r\n'.repeat(3000)}\r\nabc\r\n--x--`],
	['parts', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'.repeat(1500)],
	['encoded', '--x\r\nContent-Disposition: form-data; name="file"; filename*=utf-8\'\'%ff%00%zz\r\n\r\nabc\r\n--x--'],
	['empty', ''],
	['only-end', '--x--'],
].map(([name, text]) => ({ name: `${name}.multipart`, bytes: Buffer.from(text!) }))

/** Milliseconds until a request counts as never answered. */
const PATIENCE = 20_000

/** Every route that isn't behind the door, as the program has them. */
const ROUTES = routes(['ru', 'en']).stack.flatMap(({ methods, path }) => {
	const pattern = String((path as unknown as RegExp).source).replaceAll('\\/', '/')
	const isPublic = !/^\^\/admin\/(?!login|setup|reset)/.test(pattern)
	return isPublic ? methods.filter((one) => one !== 'HEAD').map((method) => ({ method, pattern })) : []
})

/** What a parameter may hold, the usual first. */
const USUAL: Record<string, string> = {
	locale: 'ru',
	year: '2025',
	month: '02',
	day: '26',
	page: '1',
	number: '1',
	file: 'a.css',
}
const STRANGE = [
	'0',
	'00',
	'999999999',
	'2025',
	'13',
	'%00',
	'%2e%2e',
	'..',
	'%ff',
	'a%2Fb',
	'__proto__',
	'feed',
	'é',
	"'",
	'%F0%9F%98%80',
]

/** Addresses of a route: the usual one, and one for each strange thing in each place. */
function targetsOf(pattern: string): string[] {
	const path = pattern.replace(/^\^|\??\$$/g, '').replaceAll('\\.', '.')
	const parameter = /\(\?<(\w+)>((?:[^()]|\([^()]*\))*)\)/g
	const filled = (odd: number, value: string) => {
		let place = 0
		return path.replace(parameter, (_, name: string) =>
			place++ === odd ? value : (USUAL[name] ?? (name === 'token' ? 'a'.repeat(32) : 'anna')),
		)
	}
	const places = [...path.matchAll(parameter)].length
	const strange = STRANGE.map((value) => Buffer.from(value).toString('latin1'))
	return [
		filled(-1, ''),
		...Array.from({ length: places }, (_, place) => strange.map((value) => filled(place, value))).flat(),
	]
}

/** Sends bytes as they are, and gives the status of the answer; 0 when the connection was closed without one. */
function send(port: number, { method, target, headers, body }: Sent): Promise<number> {
	const lines: (string | Buffer)[] = [`${method} `, target, ' HTTP/1.1\r\n']
	if (!headers.some(([name]) => name.toLowerCase() === 'host')) lines.push(`Host: localhost:${port}\r\n`)
	for (const [name, value] of headers) lines.push(`${name}: `, value, '\r\n')
	if (body) lines.push(`Content-Length: ${body.length}\r\n`)
	lines.push('Connection: close\r\n\r\n', body ?? '')
	return new Promise((resolve, reject) => {
		const socket = createConnection({ port, host: '127.0.0.1' })
		let answer = ''
		socket.on('data', (bytes) => (answer += answer.length < 20 ? bytes.toString('latin1') : ''))
		// A refusal may close the connection while the rest is still on its way.
		socket.on('error', (error) => (answer || /ECONNRESET|EPIPE/.test(String(error)) ? done() : reject(error)))
		socket.on('close', () => done())
		socket.setTimeout(PATIENCE, () => socket.destroy(new Error('there is no answer')))
		socket.write(Buffer.concat(lines.map((line) => Buffer.from(line))))
		const done = () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0))
	})
}

for (const database of databases) {
	const test = suite(`whatever is asked on ${database.name}`)
	const share = database.name === 'SQLite' ? 2 : 6
	let blog: Blog
	let port: number
	let sender = 0
	let answered = 0

	test.before(async () => {
		blog = await startBlog(database, { env: { TRUST_PROXY: '1' }, seed: seedDesks })
		port = Number(new URL(blog.url).port)
	})
	test.after(() => blog.close())

	/** Each request comes from another place, or limits would answer in the place of what is tested. */
	async function ask(what: string, sent: Sent): Promise<number> {
		sender++
		const from: [string, string] = ['X-Forwarded-For', `198.51.${(sender >> 8) & 255}.${sender & 255}`]
		const status = await timely(what, () => send(port, { ...sent, headers: [from, ...sent.headers] }))
		answered += status > 0 ? 1 : 0
		assert.ok(status < 500, `${what}: ${status} ${faultsOf(blog).slice(-3000)}`)
		return status
	}

	const get = (target: Buffer | string, headers: Sent['headers'] = []) => {
		const bytes = oneLine(Buffer.from(target))
		return ask(`GET ${bytes.toString('latin1').slice(0, 300)}`, { method: 'GET', target: bytes, headers })
	}

	test('odd addresses are answered, soon and without a fault', async () => {
		for (const { bytes } of corpusLines('path')) await get(bytes)
	})

	test('odd queries are, wherever they are asked', async () => {
		const queries = corpusLines('query').map(({ bytes }) => bytes)
		for (const [index, query] of queries.entries()) {
			await get(Buffer.concat([Buffer.from('/ru/search/'), query]))
			await get(Buffer.concat([Buffer.from(PAGES[index % PAGES.length]!), query]))
			await get(Buffer.concat([Buffer.from(`${await postPath()}`), query]))
		}
	})

	test('odd cookies, languages and headers are', async () => {
		for (const { bytes } of corpusLines('cookie')) await get('/', [['Cookie', oneLine(bytes)]])
		for (const { bytes } of corpusLines('cookie')) await get('/admin/', [['Cookie', oneLine(bytes)]])
		for (const { bytes } of corpusLines('accept-language')) await get('/', [['Accept-Language', oneLine(bytes)]])
		for (const [index, { bytes }] of corpusLines('header').entries()) {
			const [, name, value] = /^([\w-]+): (.*)$/.exec(bytes.toString('latin1'))!
			await get(PAGES[index % PAGES.length]!, [[name!, value!]])
		}
	})

	test('odd bodies are, at every door, whatever they are said to be', async () => {
		const doors = [...DOORS, `${await postPath()}comments/`, '/admin/setup']
		for (const [index, { name, bytes }] of [...bodies, ...multipart].entries()) {
			for (const [at, door] of doors.entries()) {
				// What is read is the same; only what is asked of the database may differ.
				if ((index + at) % share !== 0) continue
				const type = name.endsWith('multipart') ? TYPES[3]! : TYPES[(index + at) % TYPES.length]!
				const sent = {
					method: 'POST',
					target: Buffer.from(door),
					headers: [['Content-Type', type] as [string, string]],
				}
				await ask(`POST ${door} ${type} ${name}`, { ...sent, body: bytes.subarray(0, 100_000) })
			}
		}
	})

	test('every public route takes odd parameters and bodies', async () => {
		const odd = corpusLines('query').filter(({ bytes }) => bytes.length < 200)
		for (const [index, { method, pattern }] of ROUTES.entries()) {
			for (const [at, target] of targetsOf(pattern).entries()) {
				if ((index + at) % share !== 0) continue
				const query = odd[(index * 13 + at) % odd.length]!.bytes
				if (method === 'GET') await get(Buffer.concat([Buffer.from(target), query]))
				const body = Buffer.from(String(query).slice(1))
				const sent = {
					method: 'POST',
					target: Buffer.from(target),
					headers: [['Content-Type', FORM] as [string, string]],
				}
				if (method === 'POST') await ask(`POST ${target} ${body}`, { ...sent, body })
			}
		}
	})

	test('methods that nobody knows are refused', async () => {
		for (const method of [
			'TRACE',
			'TRACK',
			'PROPFIND',
			'CONNECT',
			'PATCH',
			'DELETE',
			'PUT',
			'OPTIONS',
			'get',
			'X',
			'',
		]) {
			for (const target of ['/ru/', '*', 'http://evil.example/', '/xmlrpc', '/admin/']) {
				await ask(`${method} ${target}`, { method, target: Buffer.from(target), headers: [] })
			}
		}
	})

	test('anything made of these by chance is', async () => {
		const header = fc.constantFrom('Cookie', 'Accept-Language', 'If-None-Match', 'Accept', 'Referer', 'Origin', 'Range')
		const paths = mutations(corpusLines('path'), ['/ru/', '/', 'feed/', 'page/', '?q=', '/media/', '/en/tag/'])
		const values = mutations([...corpusLines('cookie'), ...corpusLines('header')], ['lang=', 'session=', ','])
		const body = mutations([...bodies, ...multipart], ['&text=', '&source=http://a.example/', '&target='])
		const door = fc.constantFrom(...DOORS, `${await postPath()}comments/`)
		const limits = { numRuns: RUNS, endOnFailure: true, interruptAfterTimeLimit: RUNS * 400 }
		await fc.assert(
			fc.asyncProperty(
				paths,
				header,
				values,
				body,
				door,
				fc.constantFrom(...TYPES),
				async (path, name, value, sent, to, type) => {
					await get(path.subarray(0, 8000), [[name, oneLine(value).subarray(0, 4000)]])
					await ask(`POST ${to} ${type} ${JSON.stringify(String(sent)).slice(0, 3000)}`, {
						...{ method: 'POST', target: Buffer.from(to), headers: [['Content-Type', type]], body: sent },
					})
				},
			),
			limits,
		)
	})

	test('every form of the authors takes anything', async () => {
		const { cookie } = await openDesk(blog, 'anna@example.org')
		const odd = [...corpusLines('query'), ...multipart, ...corpus('json').filter(({ bytes }) => bytes.length < 50_000)]
		const left = /^POST (logout|account\/security|account\/email|login|setup|backup|export|import)/
		for (const [index, row] of Object.keys(MATRIX).entries()) {
			if (left.test(row)) continue
			const [method, path] = row.split(' ') as [string, string]
			const named: Record<string, string> = {
				number: String(1 + (index % 3)),
				locale: 'ru',
				section: 'general',
				theme: 'default',
			}
			const target = `/admin/${path.replace(/:(\w+)/g, (_, name: string) => named[name] ?? 'x')}`
			for (let count = 0; count < 3; count++) {
				const { name, bytes } = odd[(index * 7 + count * 31) % odd.length]!
				const isQuery = method === 'GET'
				const query = isQuery ? Buffer.from(String(bytes).replace(/^\?*/, '?')).subarray(0, 4000) : Buffer.alloc(0)
				const type = name.endsWith('multipart') ? TYPES[3]! : FORM
				await ask(`${row} ${name}`, {
					...{ method, target: oneLine(Buffer.concat([Buffer.from(target), query])) },
					headers: [
						['Cookie', cookie],
						['Content-Type', type],
					],
					...(isQuery ? {} : { body: Buffer.from(String(bytes).replace(/^\?/, '')) }),
				})
			}
		}
	})

	test('nothing grows by being asked', async () => {
		const round = async (number: number) => {
			for (let count = 0; count < 60; count++) {
				const odd = `${number}-${count}-${'x'.repeat(2000)}`
				await get(`/ru/${odd}/`)
				await get(`/ru/search/?q=${odd}`)
				await get(`/ru/?${odd}`, [
					['Cookie', `a=${odd}`],
					['Accept-Language', `en-${odd.slice(0, 8)}`],
				])
			}
		}
		await round(0)
		const before = await heapUsed()
		await round(1)
		await round(2)
		const grown = (await heapUsed()) - before
		assert.ok(grown < 24 << 20, `the heap grew by ${grown} bytes`)
	})

	test('the blog is what it was', async () => {
		assert.is(await get('/ru/'), 200)
		assert.is(await get('/readyz'), 200)
		// Who sends too much may find the connection closed; nearly all are told a status.
		assert.ok(answered > 0.95 * sender, `${answered} of ${sender} were answered`)
		assert.equal(Object.keys(Object.prototype), [])
	})

	async function postPath(): Promise<string> {
		const { slug, year, month } = await blog.db
			.selectFrom('translations')
			.select(['slug', 'year', 'month'])
			.where('post_id', '=', blog.seeded.posts.conference)
			.where('locale', '=', 'ru')
			.executeTakeFirstOrThrow()
		return `/ru/${year}/${String(month).padStart(2, '0')}/${slug}/`
	}

	test.run()
}

/** What ends a line or parts a request line would make another request of it. */
function oneLine(bytes: Buffer): Buffer {
	return Buffer.from(bytes.map((byte) => (byte === 10 || byte === 13 || byte === 32 ? 43 : byte)))
}
