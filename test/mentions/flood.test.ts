import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createPost } from '../../src/posts/save.ts'
import { serveBlog } from '../faults/server-process.ts'
import { databases } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'
import { send } from '../support/http.ts'
import { startSource } from './source-server.ts'

const PINGS = 1000
const AT_ONCE = 50
const PATH = '/ru/2025/02/burya/'
/** Notices that are answered while one reader waits: those that stand in line with it, some times over. */
const PATIENCE = 5 * AT_ONCE

const call = (source: string, target: string) =>
	`<methodCall><methodName>pingback.ping</methodName><params><param><value>${source}</value></param><param><value>${target}</value></param></params></methodCall>`

for (const database of databases) {
	const test = suite(`a flood of pings on ${database.name}`)

	test('readers are answered all the while; what goes out stays within bounds', async () => {
		const { db, url, drop } = await database.create()
		const draft = { locale: 'ru', title: 'Буря', slug: 'burya', source: 'Ветер.', status: 'published' } as const
		await createPost({ db, timezone: 'Europe/Moscow', now: Date.now() }, {}, [
			{ ...draft, publishedAt: Date.parse('2025-02-01T09:00Z') },
		])
		const source = await startSource()
		let running = 0
		let most = 0
		const slow = (path: string) =>
			source.pages.set(path, {
				answer: (response) => {
					running++
					most = Math.max(most, running)
					response.on('close', () => running--)
					setTimeout(() => response.end('<p>nothing</p>'), 50)
				},
			})
		const env = { DATABASE_URL: url, DATA_DIR: temporaryFolder('data'), TRUST_PROXY: '1', FETCH_ALLOW: source.allow }
		const server = await serveBlog(env)
		const target = `http://localhost:${server.port}${PATH}`
		let accepted = 0
		let refused = 0
		let number = 0
		const pinger = async () => {
			while (number < PINGS) {
				const n = number++
				// A third names one and the same page, a third pages of their own, a third hosts that aren't there.
				const page = n % 3 === 0 ? `${source.url}/same` : n % 3 === 1 ? `${source.url}/${n}` : `http://h${n}.invalid/`
				slow(new URL(page).pathname)
				const headers = { 'Content-Type': 'text/xml', 'X-Forwarded-For': `203.0.${n >> 8}.${n & 255}` }
				const { status, text } = await send(server.port, '/xmlrpc', {
					method: 'POST',
					headers,
					body: call(page, target),
				})
				assert.is(status, 200)
				if (text.includes('<fault>')) {
					assert.match(text, /<int>49<\/int>/)
					refused++
				} else accepted++
			}
		}
		let isOver = false
		const waits: number[] = []
		const reader = async () => {
			while (!isOver) {
				const before = accepted + refused
				const { status } = await send(server.port, waits.length % 2 ? PATH : '/ru/')
				assert.is(status, 200)
				waits.push(accepted + refused - before)
			}
		}
		const readers = Promise.all([reader(), reader()])
		await Promise.all(Array.from({ length: AT_ONCE }, pinger))
		isOver = true
		await readers
		assert.is(accepted + refused, PINGS)
		assert.ok(refused > PINGS / 2, `${refused} refused`)
		assert.ok(waits.length > 20 && Math.max(...waits) < PATIENCE, `a reader waited for ${Math.max(...waits)} notices`)
		assert.ok(source.asked.length <= accepted, `${source.asked.length} fetches for ${accepted} notices`)
		assert.ok(source.asked.filter(({ path }) => path === '/same').length <= 6)
		assert.ok(most <= 2, `${most} fetches at once`)
		await server.kill()
		await source.close()
		await drop()
	})

	test.run()
}
