import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { enqueue } from '../../src/jobs/queries.ts'
import { startWorker } from '../../src/jobs/worker.ts'
import { type ServerProcess, serveBlog } from '../faults/server-process.ts'
import { until } from '../mentions/exchange.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'
import { send } from '../support/http.ts'
import { parseMetrics, type Sample } from './prometheus.ts'

const POST = '/ru/2025/02/konferenciya-egov-2-0/'
const TOKEN = { METRICS_TOKEN: 'a token of letters' }

function find(samples: Sample[], name: string, labels: Record<string, string> = {}): number | undefined {
	const isAsked = (sample: Sample) => Object.entries(labels).every(([label, value]) => sample.labels[label] === value)
	return samples.find((sample) => sample.name === `otklik_${name}` && isAsked(sample))?.value
}

for (const database of databases) {
	const test = suite(`metrics on ${database.name}`)
	let blog: TestBlog<unknown>

	test.before(async () => {
		blog = await startBlog(database)
	})
	test.after(() => blog.close())

	const read = async () => {
		const { status, headers, text } = await blog.get('/metrics')
		assert.equal([status, headers['cache-control']], [200, 'no-store'])
		assert.match(String(headers['content-type']), /^text\/plain; version=0\.0\.4; charset=utf-8/)
		return parseMetrics(text)
	}

	test('answers are counted by route, method and status, from memory as well, and how long they took', async () => {
		for (let n = 0; n < 3; n++) await blog.get(POST)
		await blog.get(POST, { method: 'HEAD' })
		await blog.get('/en/2031/')
		await blog.post('/webmention', { source: 'x', target: 'y' })
		const samples = await read()
		const post = { route: '/:locale/:year/:month/:slug/' }
		assert.is(find(samples, 'http_requests_total', { ...post, method: 'GET', status: '200' }), 3)
		assert.is(find(samples, 'http_requests_total', { ...post, method: 'HEAD', status: '200' }), 1)
		assert.is(find(samples, 'http_requests_total', { route: '/:locale/:year/', status: '404' }), 1)
		assert.is(find(samples, 'http_requests_total', { route: '/webmention/', method: 'POST', status: '400' }), 1)
		assert.is(find(samples, 'http_request_duration_seconds_count', post), 4)
		assert.ok(find(samples, 'http_request_duration_seconds_sum', post)! > 0)
		assert.is(find(samples, 'page_cache_hits_total'), 3)
		assert.ok(find(samples, 'page_cache_misses_total')! >= 1)
		assert.ok(find(samples, 'page_cache_bytes')! > 1_000)
		assert.is(find(samples, 'database_up'), 1)
	})

	test('strangers make no new series, and nothing they say is in them', async () => {
		await blog.get('/nobody/0/')
		const before = (await read()).length
		for (let n = 1; n < 100; n++) await blog.get(`/nobody/${n}/?email=vera@example.org`)
		const answer = await blog.get('/metrics')
		assert.is(parseMetrics(answer.text).length, before)
		assert.not.match(answer.text, /nobody|vera@|127\.0\.0\.1|konferenciya/)
	})

	test('jobs are told by kind: due, put off, dead, and how they ended', async () => {
		const add = (kind: string, runAt?: number) =>
			blog.db.transaction().execute((trx) => enqueue(trx, kind, null, { runAt }))
		for (const kind of ['good', 'bad', 'waits', 'waits']) await add(kind)
		await add('waits', Date.now() + 3_600_000)
		const { log, metrics } = blog.inside
		const released = Promise.withResolvers<void>()
		const handlers = {
			good: async () => {},
			bad: async () => {
				throw new Error('no')
			},
			waits: () => released.promise,
		}
		const rest = { db: blog.db, url: blog.databaseUrl, timezone: 'UTC', clock: Date.now, concurrency: 2 }
		const worker = await startWorker({ ...rest, log, handlers, onAttempt: metrics.countAttempt })
		await until(async () => find(await read(), 'job_attempts_total', { kind: 'bad', outcome: 'failed' }) === 1)
		await until(async () => find(await read(), 'job_attempts_total', { kind: 'good', outcome: 'done' }) === 1)
		// The clock of this blog stands, so what is put off is told by another.
		const clock = blog.inside.clock
		blog.inside.clock = Date.now
		// An attempt is counted before its job is put off.
		await until(async () => find(await read(), 'jobs_later', { kind: 'bad' }) === 1)
		const samples = await read()
		blog.inside.clock = clock
		assert.is(find(samples, 'jobs_due', { kind: 'waits' }), 2)
		assert.is(find(samples, 'jobs_later', { kind: 'waits' }), 1)
		assert.is(find(samples, 'jobs_dead', { kind: 'bad' }), 0)
		assert.ok(find(samples, 'jobs_oldest_age_seconds', { kind: 'waits' })! < 600)
		released.resolve()
		await worker.stop()
	})

	test('without METRICS_TOKEN they are for this machine alone, and not for whom a proxy on it speaks for', async () => {
		const proxied = {
			'X-Forwarded-For': '203.0.113.7',
			Forwarded: 'for=203.0.113.7',
			'X-Real-IP': '203.0.113.7',
			Via: '1.1 x',
		}
		for (const [name, value] of Object.entries(proxied)) {
			const answer = await blog.get('/metrics', { headers: { [name]: value } })
			assert.is(answer.status, 403, name)
			assert.not.match(answer.text, 'otklik_')
		}
		assert.is((await blog.get('/metrics', { method: 'POST' })).status, 405)
	})

	test('with METRICS_TOKEN they are for whoever brings it, through a proxy too', async () => {
		const guarded = await startBlog(database, { env: TOKEN })
		const ask = (headers: Record<string, string>) => guarded.get('/metrics', { headers })
		for (const headers of [{}, { Authorization: 'Bearer wrong' }, { Authorization: `Basic ${TOKEN.METRICS_TOKEN}` }]) {
			const { status, headers: answered } = await ask(headers as Record<string, string>)
			assert.equal([status, answered['www-authenticate']], [401, 'Bearer'])
		}
		const headers = { Authorization: `Bearer ${TOKEN.METRICS_TOKEN}`, 'X-Forwarded-For': '203.0.113.7' }
		const { status, text } = await ask(headers)
		assert.is(status, 200)
		assert.not.match(text, TOKEN.METRICS_TOKEN)
		await guarded.close()
	})

	test('a database that is away is told of, and the rest with it', async () => {
		const lost = await startBlog(database)
		await lost.db.destroy()
		const samples = parseMetrics((await lost.get('/metrics')).text)
		assert.is(find(samples, 'database_up'), 0)
		assert.ok(find(samples, 'resident_memory_bytes')! > 1_000_000)
		await lost.close()
	})

	test.run()
}

const together = suite('metrics of several processes')

together('are summed up over all that serve, with the time of the database and who does the jobs', async () => {
	const folder = temporaryFolder('data')
	const server: ServerProcess = await serveBlog({ WEB_CONCURRENCY: '2', DATA_DIR: folder })
	const read = async () => parseMetrics((await send(server.port, '/metrics')).text)
	for (let n = 0; n < 20; n++) await send(server.port, `/ru/?n=${n}`)
	const home = { route: '/:locale/', status: '200' }
	await until(async () => find(await read(), 'http_requests_total', home) === 20)
	const samples = await read()
	assert.is(find(samples, 'processes'), 2)
	assert.ok(find(samples, 'database_query_duration_seconds_count', { statement: 'select' })! >= 20)
	await until(async () => (await send(server.port, '/readyz')).status === 200)
	server.signal('SIGTERM')
	assert.is(await server.ended, 0)
})

together.run()
