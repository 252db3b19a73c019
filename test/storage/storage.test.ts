import { readdirSync, writeFileSync } from 'node:fs'
import { createServer, get, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readConfig } from '../../src/config.ts'
import { openStorage } from '../../src/storage/open.ts'
import { Missing, type Storage, StorageDown } from '../../src/storage/storage.ts'
import { temporaryFolder } from '../support/folders.ts'
import { startS3 } from '../support/s3-server.ts'

const KEY = '2025/03/Ёлка-на-даче-1a2b3c4d.txt'

const places = [
	{
		name: 'a disk',
		start: async () => {
			const folder = temporaryFolder('media')
			return { url: `file:${folder}`, folder, close: async () => {} }
		},
	},
	{ name: 'S3', start: startS3 },
]

/** Answers with what a storage sends. */
function listen(storage: Storage): Promise<Server> {
	const server = createServer((req, res) => {
		storage.send(req, res, KEY, { 'X-Content-Type-Options': 'nosniff' }).catch((error) => {
			res.statusCode = error instanceof Missing ? 404 : 503
			res.end()
		})
	})
	return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

function ask(server: Server, headers: Record<string, string> = {}, method = 'GET') {
	const { port } = server.address() as AddressInfo
	return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve) => {
		get({ port, host: '127.0.0.1', headers, method, agent: false }, async (response) => {
			const chunks: Buffer[] = []
			for await (const chunk of response) chunks.push(chunk)
			resolve({ status: response.statusCode!, headers: response.headers, text: Buffer.concat(chunks).toString() })
		}).end()
	})
}

for (const { name, start } of places) {
	const test = suite(`a storage on ${name}`)
	let place: Awaited<ReturnType<typeof start>>
	let storage: Storage
	let server: Server

	test.before.each(async () => {
		place = await start()
		storage = await openStorage(readConfig({ STORAGE_URL: place.url }))
		server = await listen(storage)
	})
	test.after.each(async () => {
		server.close()
		await place.close()
	})

	test('what is put is there as it was, whatever its name; what is removed is gone', async () => {
		assert.is(await storage.read(KEY), undefined)
		assert.is(await storage.stat(KEY), undefined)
		await storage.put(KEY, Buffer.from('Ёлка'))
		assert.equal((await storage.read(KEY))!.toString(), 'Ёлка')
		assert.is((await storage.stat(KEY))!.bytes, 8)
		assert.ok(Math.abs((await storage.stat(KEY))!.storedAt - Date.now()) < 60_000)
		await storage.put(KEY, Buffer.from('иначе'))
		assert.equal((await storage.read(KEY))!.toString(), 'иначе')
		await storage.remove(KEY)
		await storage.remove(KEY)
		assert.is(await storage.read(KEY), undefined)
	})

	test('a file is put without being read into memory, empty ones too', async () => {
		const file = join(temporaryFolder('file'), 'a')
		writeFileSync(file, Buffer.alloc(3_000_000, 1))
		await storage.put('a.bin', { file })
		assert.is((await storage.stat('a.bin'))!.bytes, 3_000_000)
		writeFileSync(file, '')
		await storage.put('b.bin', { file })
		assert.is((await storage.read('b.bin'))!.length, 0)
	})

	test('a folder is listed, one level deep', async () => {
		assert.equal(await storage.list('avatars'), [])
		for (const key of ['avatars/a', 'avatars/b', 'avatars/c/d', 'other']) await storage.put(key, Buffer.from('x'))
		assert.equal((await storage.list('avatars')).sort(), ['avatars/a', 'avatars/b'])
	})

	test('it is sent whole, by parts, by its tag, or not at all', async () => {
		assert.is((await ask(server)).status, 404)
		await storage.put(KEY, Buffer.from('0123456789'))
		const whole = await ask(server)
		assert.equal([whole.status, whole.text], [200, '0123456789'])
		assert.is(whole.headers['content-length'], '10')
		assert.match(whole.headers['content-type']!, /^text\/plain/)
		assert.match(whole.headers['cache-control']!, /max-age=31536000.*immutable/)
		assert.is(whole.headers['x-content-type-options'], 'nosniff')
		const ranges: [string, number, string, string | undefined][] = [
			['bytes=2-4', 206, '234', 'bytes 2-4/10'],
			['bytes=7-', 206, '789', 'bytes 7-9/10'],
			['bytes=1-1', 206, '1', 'bytes 1-1/10'],
			['bytes=50-60', 416, '', 'bytes */10'],
			['lines=1-2', 200, '0123456789', undefined],
		]
		for (const [Range, status, text, range] of ranges) {
			const part = await ask(server, { Range })
			assert.equal([part.status, part.text, part.headers['content-range']], [status, text, range], Range)
		}
		const tag = whole.headers.etag!
		assert.equal((await ask(server, { Range: 'bytes=2-4', 'If-Range': tag })).status, 206)
		assert.equal((await ask(server, { Range: 'bytes=2-4', 'If-Range': '"other"' })).status, 200)
		const known = await ask(server, { 'If-None-Match': tag })
		assert.equal([known.status, known.text, known.headers.etag], [304, '', tag])
		const head = await ask(server, {}, 'HEAD')
		assert.equal([head.status, head.text, head.headers['content-length']], [200, '', '10'])
	})

	test('nothing half-done stays', async () => {
		const gone = storage.put(KEY, { file: '/nowhere/at/all' })
		assert.instance(await gone.catch((error) => error), Error)
		assert.is(await storage.read(KEY), undefined)
		const names = readdirSync(place.folder, { recursive: true }) as string[]
		assert.equal(
			names.filter((one) => /part|1a2b3c4d/.test(one)),
			[],
		)
	})

	test('it names every key, at any depth, and none of what is still being written', async () => {
		assert.equal(await Array.fromAsync(storage.keys()), [])
		for (const key of [KEY, 'mentions/a.jpg', '2010/11/b.jpg']) await storage.put(key, Buffer.from('x'))
		if (place.folder) writeFileSync(join(place.folder, '.0123.part'), 'x')
		assert.equal((await Array.fromAsync(storage.keys())).sort(), ['2010/11/b.jpg', KEY, 'mentions/a.jpg'])
	})

	test.run()
}

const down = suite('a storage that is down')

down('is told as such, within seconds', async () => {
	const place = await startS3()
	const storage = await openStorage({ storageUrl: place.url })
	await storage.put(KEY, Buffer.from('x'))
	await place.close()
	const server = await listen(storage)
	const start = Date.now()
	assert.is((await ask(server)).status, 503)
	const asked = [storage.put(KEY, Buffer.from('x')), storage.read(KEY), storage.stat(KEY), storage.list('a')]
	for (const one of await Promise.allSettled<unknown>(asked)) {
		assert.instance(one.status === 'rejected' && one.reason, StorageDown)
	}
	assert.ok(Date.now() - start < 8_000, `${Date.now() - start} ms`)
	server.close()
})

down('a server that never answers is given up', async () => {
	const silent = createServer(() => {})
	await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
	const { port } = silent.address() as AddressInfo
	const storage = await openStorage({ storageUrl: `s3://a:b@127.0.0.1:${port}/blog?tls=off` })
	const start = Date.now()
	assert.instance(await storage.read(KEY).catch((error) => error), StorageDown)
	assert.ok(Date.now() - start < 20_000, `${Date.now() - start} ms`)
	silent.closeAllConnections()
	silent.close()
})

down.run()
