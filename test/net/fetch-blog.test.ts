import { pino } from 'pino'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createBlog } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { startServer } from '../../src/server.ts'
import { databases } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'
import { startHostile } from './hostile-server.ts'

const test = suite('the way out of a blog')

test('it warns of FETCH_ALLOW, and never fetches from where it listens itself', async () => {
	const server = await startHostile()
	const { db, url, drop } = await databases[0]!.create()
	const logs: Record<string, unknown>[] = []
	const log = pino({ level: 'info' }, { write: (line) => void logs.push(JSON.parse(line)) })
	const env = { PORT: '0', SITE_URL: 'https://blog.example', DATABASE_URL: url, DATA_DIR: temporaryFolder('data') }
	const blog = await createBlog({ config: readConfig({ ...env, FETCH_ALLOW: server.pair }), db, log })
	const running = await startServer(blog)
	const get = (address: string) => blog.fetch(address, { purpose: 'testing' })
	const [warning] = logs.filter(({ level }) => level === 40)
	assert.equal(warning!.fetchAllow, [server.pair])
	assert.is((await get(server.at('/', 'localhost'))).status, 200)
	for (const address of [running.url, `http://localhost:${blog.config.port}/`, 'https://blog.example/ru/']) {
		assert.is((await get(address).catch((error) => error)).reason, 'own', address)
	}
	await running.stop()
	await drop()
	await server.close()
})

test('readers are answered within 100 ms while hostile servers are fetched from', async () => {
	const server = await startHostile()
	const { db, url, drop } = await databases[0]!.create()
	const env = { PORT: '0', DATABASE_URL: url, DATA_DIR: temporaryFolder('data'), FETCH_ALLOW: server.pair }
	const resolve = async () => ['127.0.0.1']
	const blog = await createBlog({ config: readConfig(env), db, log: pino({ level: 'silent' }), resolve })
	const running = await startServer(blog)
	const read = async () => {
		const began = performance.now()
		await (await fetch(`${running.url}/healthz`)).text()
		return performance.now() - began
	}
	const tricks = ['/endless-body', '/endless-chunks', '/gzip-bomb', '/br-bomb', '/deflate-bomb', '/endless-header']
	for (const path of tricks) await blog.fetch(server.at(path), { purpose: 'testing' }).catch(() => {})
	await read()
	let areFetching = true
	const fetches = Array.from({ length: 120 }, (_, number) =>
		blog
			.fetch(server.at(tricks[number % tricks.length]!, `host${number}.example`), { purpose: 'testing' })
			.catch(() => {}),
	)
	const all = Promise.all(fetches).then(() => {
		areFetching = false
	})
	const waits: number[] = []
	while (areFetching) waits.push(await read())
	await all
	waits.sort((a, b) => a - b)
	assert.ok(waits.length > 10, `${waits.length} readers`)
	const almostAll = waits[Math.floor(waits.length * 0.95)]!
	assert.ok(almostAll < 100, `95 % of ${waits.length} within ${Math.round(almostAll)} ms`)
	await running.stop()
	await drop()
	await server.close()
})

test.run()
