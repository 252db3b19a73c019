import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { forgetReaders } from '../../src/traffic/fold.ts'
import { countSubscribers, listMost, listViews } from '../../src/traffic/queries.ts'
import { createTraffic } from '../../src/traffic/traffic.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'

const DAY = 24 * 60 * 60 * 1000
const BROWSER = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
const TODAY = '2025-03-15'

for (const database of databases) {
	const test = suite(`readers on ${database.name}`)
	let blog: TestBlog<unknown>
	let now = NOW

	test.before.each(async () => {
		now = NOW
		blog = await startBlog(database, { clock: () => now })
	})
	test.after.each(() => blog.close())

	const counter = () => {
		const warnings: unknown[] = []
		const log = { warn: (what: unknown) => warnings.push(what) } as never
		const config = { languages: ['ru', 'en'], siteUrl: blog.url, timezone: 'Europe/Moscow' }
		return { ...createTraffic({ db: blog.db, config, log, clock: () => now }), warnings }
	}
	const view = (path: string, more: object = {}) => ({
		...{ path, userAgent: BROWSER['User-Agent'], dnt: false, ip: '192.0.2.1' },
		...more,
	})
	const stored = () => blog.db.selectFrom('traffic').selectAll().orderBy('kind').orderBy('name').execute()

	test('a page that is read is counted when the blog has had time to', async () => {
		await blog.get('/ru/', { headers: { ...BROWSER, Referer: 'https://news.example/today?x=1' } })
		await blog.get('/ru/', { headers: BROWSER })
		await blog.get('/ru/', { headers: { ...BROWSER, DNT: '1' } })
		await blog.get('/ru/', { headers: { ...BROWSER, 'Sec-GPC': '1' } })
		await blog.get('/ru/', { headers: { ...BROWSER, 'Sec-Purpose': 'prefetch' } })
		await blog.get('/ru/nowhere/', { headers: BROWSER })
		await blog.get('/ru', { headers: BROWSER })
		await blog.get('/ru/', { method: 'HEAD', headers: BROWSER })
		assert.equal(await stored(), [])
		await blog.inside.traffic.flush()
		assert.equal(await stored(), [
			{ day: TODAY, kind: 'path', name: '/ru/', count: 2 },
			{ day: TODAY, kind: 'referrer', name: 'news.example', count: 1 },
			{ day: TODAY, kind: 'view', name: '', count: 2 },
		])
	})

	test('no cookie is set and nothing is kept of who reads', async () => {
		const { headers } = await blog.get('/ru/', { headers: BROWSER })
		assert.is(headers['set-cookie'], undefined)
		await blog.get('/ru/feed/', { headers: { 'User-Agent': 'NetNewsWire' } })
		await blog.inside.traffic.flush()
		const kept = JSON.stringify([await stored(), await blog.db.selectFrom('traffic_readers').selectAll().execute()])
		assert.not.match(kept, /127\.0\.0\.1|::1|NetNewsWire|Firefox/)
	})

	test('two processes add to the same numbers', async () => {
		const [one, two] = [counter(), counter()]
		one.countView(view('/ru/'))
		two.countView(view('/ru/'))
		two.countView(view('/en/'))
		await Promise.all([one.flush(), two.flush()])
		assert.equal(await listViews(blog.db, TODAY), [{ day: TODAY, count: 3 }])
		assert.equal(await listMost(blog.db, 'path', TODAY, 10), [
			{ name: '/ru/', count: 2 },
			{ name: '/en/', count: 1 },
		])
	})

	test('subscribers are the readers of a day and those of services, each once', async () => {
		const { countView, flush } = counter()
		for (const subscribers of [12, 15, 14]) {
			countView(view('/ru/feed/', { userAgent: `Feedly/1.0 (${subscribers} subscribers)` }))
			await flush()
		}
		for (const path of ['/ru/feed/', '/ru/feed/', '/en/feed/atom/']) countView(view(path, { userAgent: 'NetNewsWire' }))
		countView(view('/ru/feed/', { userAgent: 'NetNewsWire', ip: '192.0.2.2' }))
		await flush()
		assert.is(await countSubscribers(blog.db, TODAY), 17)
	})

	test('when a day is over nobody can tell who read, and the numbers stay', async () => {
		const { countView, flush } = counter()
		countView(view('/ru/feed/', { userAgent: 'NetNewsWire' }))
		countView(view('/ru/'))
		await flush()
		now += DAY
		countView(view('/ru/feed/', { userAgent: 'NetNewsWire' }))
		await flush()
		await forgetReaders({ db: blog.db, clock: () => now, config: { timezone: 'Europe/Moscow' } as never })
		const salts = await blog.db.selectFrom('traffic_salts').select('day').execute()
		assert.equal(salts, [{ day: '2025-03-16' }])
		assert.is(await countSubscribers(blog.db, TODAY), 1)
		now += 100 * DAY
		await forgetReaders({ db: blog.db, clock: () => now, config: { timezone: 'Europe/Moscow' } as never })
		assert.equal(await listMost(blog.db, 'path', '2025-01-01', 10), [])
		assert.equal(await listViews(blog.db, '2025-01-01'), [{ day: TODAY, count: 1 }])
	})

	test('names that somebody makes up have an end', async () => {
		const { countView, flush } = counter()
		for (let number = 0; number < 700; number++) countView(view('/ru/', { referrer: `https://h${number}.example/` }))
		await flush()
		const hosts = (await stored()).filter(({ kind }) => kind === 'referrer')
		assert.is(hosts.length, 501)
		assert.is(hosts[0]!.count, 200)
	})

	test('what could not be stored is stored later', async () => {
		const { countView, flush, warnings } = counter()
		countView(view('/ru/'))
		await blog.db.schema.alterTable('traffic').renameTo('away').execute()
		await flush()
		assert.is(warnings.length, 1)
		await blog.db.schema.alterTable('away').renameTo('traffic').execute()
		countView(view('/ru/'))
		await flush()
		assert.equal(await listViews(blog.db, TODAY), [{ day: TODAY, count: 2 }])
	})

	test.run()
}
