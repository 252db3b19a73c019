import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createPost } from '../../src/posts/save.ts'
import { until } from '../mentions/exchange.ts'
import { startSource } from '../mentions/source-server.ts'
import { databases } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'
import { send } from '../support/http.ts'
import { serveBlog } from './server-process.ts'

const ROUNDS = 2
const ENOUGH = 12
const SENDERS = 4
/** A job that a dead process held is free again after half a minute. */
const DEADLINE = 150_000
const PATH = '/ru/2025/02/burya/'
const SITE = 'http://blog.example'

for (const database of databases) {
	const test = suite(`kill -9 between a notice and its verification on ${database.name}`)

	test('every notice that was accepted is looked into in the end, once for its page', async () => {
		const { db, url, drop } = await database.create()
		const draft = { locale: 'ru', title: 'Буря', slug: 'burya', source: 'Ветер.', status: 'published' } as const
		await createPost({ db, timezone: 'Europe/Moscow', now: Date.now() }, {}, [
			{ ...draft, publishedAt: Date.parse('2025-02-01T09:00Z') },
		])
		const source = await startSource()
		const env = {
			DATABASE_URL: url,
			DATA_DIR: temporaryFolder('data'),
			TRUST_PROXY: '1',
			SITE_URL: SITE,
			FETCH_ALLOW: source.allow,
		}
		let number = 0
		const accepted = new Set<string>()
		let isSlow = true
		for (let round = 0; round < ROUNDS; round++) {
			const server = await serveBlog(env)
			let isOver = false
			const killed = Promise.withResolvers<void>()
			const sender = async () => {
				while (!isOver) {
					const n = ++number
					const page = `${source.url}/${n}`
					source.pages.set(`/${n}`, {
						answer: (response) => {
							// In the rounds that are killed nobody gets an answer.
							response.setHeader('Content-Type', 'text/html; charset=utf-8')
							if (!isSlow)
								response.end(`<title>Страница ${n}</title><p>Вот <a href="${SITE}${PATH}">запись</a> о буре.</p>`)
						},
					})
					const answer = await send(server.port, '/webmention', {
						method: 'POST',
						headers: {
							'Content-Type': 'application/x-www-form-urlencoded',
							'X-Forwarded-For': `203.0.113.${n}`,
						},
						body: String(new URLSearchParams({ source: page, target: SITE + PATH })),
					}).catch(() => undefined)
					if (!answer) return
					assert.is(answer.status, 202)
					accepted.add(page)
					if (accepted.size >= ENOUGH * (round + 1)) {
						isOver = true
						void server.kill().then(killed.resolve)
					}
				}
			}
			const senders = Promise.all(Array.from({ length: SENDERS }, sender))
			await killed.promise
			await senders
		}
		isSlow = false
		const server = await serveBlog(env)
		const isDone = async () =>
			(await db.selectFrom('mentions').select('id').where('waiting', '=', 1).limit(1).execute()).length === 0
		await until(isDone, DEADLINE)
		const rows = await db.selectFrom('comments').select(['url', 'status']).execute()
		assert.is(new Set(rows.map((row) => row.url)).size, rows.length, 'none is doubled')
		for (const page of accepted)
			assert.ok(
				rows.some((row) => row.url === page),
				`${page} was lost`,
			)
		await server.kill()
		await source.close()
		await drop()
	})

	test.run()
}
