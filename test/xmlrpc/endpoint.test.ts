import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Value } from '../../src/xmlrpc/value.ts'
import { writeRequest } from '../../src/xmlrpc/write.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import { ask, call, outcomeOf, sendXml } from './calls.ts'

for (const database of databases) {
	const test = suite(`XML-RPC over HTTP on ${database.name}`)
	let blog: TestBlog<unknown>
	test.before(async () => {
		blog = await startBlog(database)
	})
	test.after(() => blog.close())

	test('the methods are listed, at both addresses, with or without a slash', async () => {
		for (const path of ['/xmlrpc', '/xmlrpc.php', '/xmlrpc/', '/xmlrpc.php/']) {
			const answer = await sendXml(blog, writeRequest('system.listMethods', []), undefined, path)
			const { value } = await outcomeOf(answer)
			assert.ok((value as string[]).includes('system.multicall'), path)
		}
	})

	test('only POST is taken: others are 405 with Allow', async () => {
		for (const path of ['/xmlrpc', '/xmlrpc.php', '/xmlrpc/', '/xmlrpc.php/']) {
			for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PROPFIND']) {
				const { status, headers } = await blog.get(path, { method })
				assert.equal([status, headers.allow], [405, 'POST'], `${method} ${path}`)
			}
		}
	})

	test('a type that is not XML is 415; XML of every name, and none, is taken', async () => {
		const body = writeRequest('system.listMethods', [])
		const statusOf = async (type?: string) =>
			(await sendXml(blog, body, type === undefined ? {} : { 'Content-Type': type })).status
		for (const type of ['text/html', 'application/json', 'application/x-www-form-urlencoded', 'text/plain']) {
			assert.is(await statusOf(type), 415, type)
		}
		for (const type of ['text/xml', 'TEXT/XML; charset="UTF-8"', 'application/xml', 'application/rpc+xml', undefined]) {
			assert.is(await statusOf(type), 200, type)
		}
	})

	test('over 64 KB is 413, whatever it is and however it comes', async () => {
		const long = writeRequest('system.listMethods', ['x'.repeat(70_000)])
		const nested = '<value><array><data>'.repeat(50_000)
		const calls = Array.from({ length: 10_000 }, () => ({ methodName: 'pingback.ping', params: ['a', 'b'] }))
		for (const body of [
			long,
			nested,
			'x'.repeat(70_000),
			writeRequest('system.multicall', [calls]),
			'x'.repeat(3_000_000),
		]) {
			const started = performance.now()
			assert.is((await sendXml(blog, body)).status, 413)
			assert.ok(performance.now() - started < 1000)
		}
		const chunked = await sendXml(blog, long, { 'Content-Type': 'text/xml', 'Transfer-Encoding': 'chunked' })
		assert.is(chunked.status, 413)
		assert.is((await sendXml(blog, writeRequest('system.listMethods', ['x'.repeat(60_000)]))).status, 200)
	})

	test('each mistake has its fault', async () => {
		const codeOf = async (body: string) => (await outcomeOf(await sendXml(blog, body))).code
		assert.is(await codeOf('<methodCall>'), -32700)
		assert.is(await codeOf('<!DOCTYPE a [<!ENTITY b "c">]><methodCall>&b;</methodCall>'), -32700)
		assert.is(await codeOf('<methodResponse/>'), -32600)
		assert.is(await codeOf('<a>'.repeat(20_000)), -32600)
		for (const name of ['no.such', 'constructor', '__proto__', 'toString']) {
			assert.is((await call(blog, name)).code, -32601, name)
		}
		assert.is((await call(blog, 'system.listMethods', 1)).code, -32602)
		assert.is((await call(blog, 'system.multicall')).code, -32602)
		assert.is((await call(blog, 'system.multicall', 'a')).code, -32602)
	})

	test('a multicall answers each call for itself, and holds no other and no more than 50', async () => {
		const calls: Value[] = [
			{ methodName: 'system.listMethods', params: [] },
			{ methodName: 'no.such', params: [] },
			{ methodName: 'system.multicall', params: [[]] },
			'nonsense',
			{ methodName: 'system.listMethods' },
		]
		const answers = (await ask(blog, 'system.multicall', calls)) as any[]
		assert.is(answers.length, 5)
		assert.is(answers[1].faultCode, -32601)
		assert.is(answers[2].faultCode, -32601)
		assert.is(answers[3].faultCode, -32602)
		assert.is(answers[4].faultCode, -32602)
		const one = { methodName: 'a', params: [] }
		assert.is((await call(blog, 'system.multicall', Array(51).fill(one))).code, -32602)
		assert.is(((await ask(blog, 'system.multicall', Array(50).fill(one))) as any[]).length, 50)
	})

	test("the specification of Pingback's own example is understood", async () => {
		const body = `<?xml version="1.0"?>
<methodCall>
<methodName>pingback.ping</methodName>
<params>
<param><value><string>http://alice.example.org/#p123</string></value></param>
<param><value><string>http://bob.example.net/#foo</string></value></param>
</params>
</methodCall>`
		const { code } = await outcomeOf(await sendXml(blog, body, { 'Content-Type': 'text/xml' }, '/xmlrpc.php'))
		assert.ok(code === 32 || code === 33, String(code))
	})

	test('pings of wrong arity or types, and of long addresses, are refused in no time; nothing is stored', async () => {
		const target = `${blog.url}/ru/2025/02/konferenciya-egov-2-0/`
		const long = `https://other.example/${'a'.repeat(10_000)}`
		const codeOf = async (...params: Value[]) => (await call(blog, 'pingback.ping', ...params)).code
		for (const params of [[], ['a'], [1, 2], [target, [target]], ['a', 'b', 'c'], [null, target]]) {
			assert.is(await codeOf(...params), -32602, JSON.stringify(params))
		}
		const started = performance.now()
		for (const params of [
			[long, target],
			[target, long],
			[target, `${target}?${'b'.repeat(10_000)}`],
		]) {
			assert.ok([16, 32, 33].includes((await codeOf(...params))!), String(await codeOf(...params)))
		}
		assert.ok(performance.now() - started < 1000)
		assert.equal(await blog.db.selectFrom('mentions').select('id').execute(), [])
	})

	test('no page of another site is kept from calling, and no answer may be cached', async () => {
		const headers = { 'Content-Type': 'text/xml', Origin: 'https://other.example', 'Sec-Fetch-Site': 'cross-site' }
		const answer = await sendXml(blog, writeRequest('system.listMethods', []), headers)
		assert.is(answer.status, 200)
		assert.is(answer.headers['cache-control'], 'no-store')
		assert.is(answer.headers['content-type'], 'text/xml; charset=utf-8')
	})

	test('any bytes are answered by a fault, never by a fault of ours', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (body) => {
				const { code } = await outcomeOf(await sendXml(blog, Buffer.from(body)))
				assert.ok(code === -32700 || code === -32600, String(code))
			}),
			{ numRuns: 60 },
		)
		assert.equal(
			blog.logs.filter(({ level }) => Number(level) >= 50),
			[],
		)
	})

	test.run()
}
