import { sql } from 'kysely'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import { bumpVersions } from '../../src/db/versions.ts'
import { enqueue } from '../../src/jobs/queries.ts'
import { startWorker } from '../../src/jobs/worker.ts'
import { escapeHtml } from '../../src/markdown/escape.ts'
import { writeSetting } from '../../src/settings/queries.ts'
import { until } from '../mentions/exchange.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import type { Database } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'
import { parseHtml } from '../support/html.ts'
import { send } from '../support/http.ts'
import { type Postgres, startPostgres } from '../support/postgres.ts'
import { throughout } from './outage.ts'

const DEADLINE = 60_000
const KEPT = '/ru/2025/02/konferenciya-egov-2-0/'
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }
const COMMENT = {
	name: 'Никита',
	email: 'nikita@example.org',
	text: '  Первая строка\nВторая <b>строка</b> & "кавычки"',
}

const test = suite('a PostgreSQL server that is lost')
let server: Postgres
let blog: TestBlog<any>
let close: () => Promise<void>
const done: number[] = []

/** As readers do it: the test's own `get` would wait for the news of changes. */
const get = (path: string, headers = {}) => send(Number(new URL(blog.url).port), path, { headers })
const post = (path: string, form: Record<string, string>) =>
	send(Number(new URL(blog.url).port), path, { method: 'POST', headers: FORM, body: String(new URLSearchParams(form)) })

test.before(async () => {
	// The tests' own server is for all of them: this one may be stopped.
	server = await startPostgres(temporaryFolder('server'))
	const url = `${server.url}/postgres`
	const create = async () => {
		const db = openDatabase(url, { pool: 5, patience: 2_000 })
		await migrate(db)
		return { db, url, drop: () => db.destroy() }
	}
	blog = await startBlog({ name: 'PostgreSQL', create } satisfies Database)
	const { log } = blog.inside
	const worker = await startWorker({
		...{ db: blog.db, url, log, clock: Date.now, timezone: 'Europe/Moscow', concurrency: 2 },
		handlers: { count: async (n: number) => void done.push(n) },
	})
	close = async () => {
		await worker.stop()
		await blog.close()
		server.stop()
	}
})

test.after(() => close())

test('connections that are cut, idle ones and one within a transaction, cost nobody but the request they served', async () => {
	await get(KEPT)
	const changed = blog.db.transaction().execute(async (trx) => {
		await writeSetting(trx, 'title', 'ru', 'Не сохранено')
		await cutAll(blog.databaseUrl)
		// The connection breaks while nothing is asked of it.
		await new Promise((resolve) => setTimeout(resolve, 50))
		await writeSetting(trx, 'tagline', 'ru', 'Не сохранено')
	})
	assert.match(String(await changed.catch(String)), /terminat|not queryable|discarded/)
	const statuses = await Promise.all(
		['/ru/', '/en/', '/ru/2025/', '/ru/feed/'].map(async (path) => (await get(path)).status),
	)
	assert.equal(statuses, [200, 200, 200, 200])
	assert.not.match((await get('/ru/2024/')).text, 'Не сохранено')
})

test('what changes while nobody listens is seen as soon as somebody listens again', async () => {
	const beside = openDatabase(blog.databaseUrl, { pool: 1 })
	await get('/ru/')
	await cutAll(blog.databaseUrl, "query like 'listen%' or query = 'select 1'")
	await beside.transaction().execute(async (trx) => {
		await writeSetting(trx, 'title', 'ru', 'Изменено в тишине')
		// As if the news had gone to the connection that is no more.
		await bumpVersions(trx, ['settings'])
	})
	await until(async () => (await get('/ru/')).text.includes('Изменено в тишине'), DEADLINE)
	await beside.destroy()
})

test('a server that has fallen silent is not waited for without end', async () => {
	await get(KEPT)
	const pids = await processesOf(server)
	for (const pid of pids) process.kill(pid, 'SIGSTOP')
	const statuses = await Promise.all(
		['/ru/2023/', '/en/2023/', '/ru/2025/01/'].map(async (path) => (await get(path)).status),
	)
	assert.equal(statuses, [503, 503, 503])
	assert.is((await get(KEPT)).status, 200)
	for (const pid of pids) process.kill(pid, 'SIGCONT')
	await until(async () => (await get('/ru/2025/01/')).status === 200, DEADLINE)
})

test('without the server kept pages are served, the rest is 503 in the reader’s language, and nothing typed is lost', async () => {
	await get(KEPT)
	await enqueue(blog.db as never, 'count', 1, { runAt: Date.now() + 3_600_000, key: 'later' })
	server.stop()
	await until(async () => (await get('/readyz')).status === 503, DEADLINE)
	assert.is((await get('/healthz')).status, 200)
	const page = await get(KEPT)
	assert.is(page.status, 200)
	const style = parseHtml(page.text).$('link[rel=stylesheet]')!.attributes.href!
	assert.is((await get(style)).status, 200)
	for (const [path, words] of [
		['/ru/2024/', 'Блог ненадолго недоступен'],
		['/en/2024/', 'The blog is unavailable for a moment'],
		['/admin/', 'Блог ненадолго недоступен'],
	] as const) {
		const answer = await get(path)
		assert.equal(
			[answer.status, answer.headers['retry-after'], answer.headers['cache-control']],
			[503, '30', 'no-store'],
		)
		assert.match(answer.text, words)
	}
	const refused = await post(`${KEPT}comments/`, { ...COMMENT, password: 'secret' })
	assert.equal([refused.status, refused.headers['retry-after']], [503, '30'])
	const form = parseHtml(refused.text).$('form')!
	assert.match(refused.text, `>\n${escapeHtml(COMMENT.text)}</textarea>`)
	assert.equal(
		form.$$('input').map(({ attributes: { name, value } }) => [name, value]),
		[
			['name', COMMENT.name],
			['email', COMMENT.email],
		],
	)
	assert.not.match(refused.text, /secret|Connection|ECONN|\.ts:/)
	await throughout(async () => {
		assert.is((await get(KEPT)).status, 200)
		assert.is((await get('/ru/2024/')).status, 503)
		assert.is((await post(`${KEPT}comments/`, COMMENT)).status, 503)
	})
})

test('when it is back all goes on by itself: pages, comments, jobs, the news of changes', async () => {
	await server.start()
	await until(async () => (await get('/readyz')).status === 200, DEADLINE)
	assert.is((await get('/ru/2024/')).status, 200)
	assert.is((await post(`${KEPT}comments/`, COMMENT)).status, 303)
	await enqueue(blog.db as never, 'count', 2, { key: 'later' })
	await until(() => done.includes(2), DEADLINE)
	assert.equal(done, [2], 'once')
	assert.is((await blog.db.selectFrom('comments').select('id').where('name', '=', COMMENT.name).execute()).length, 1)
	const beside = openDatabase(blog.databaseUrl, { pool: 1 })
	await until(async () => (await get('/ru/')).status === 200, DEADLINE)
	await beside.transaction().execute((trx) => writeSetting(trx, 'title', 'ru', 'Снова слышно'))
	await until(async () => (await get('/ru/')).text.includes('Снова слышно'), DEADLINE)
	await beside.destroy()
})

/** The server's process and those of its connections. */
async function processesOf({ pid }: Postgres): Promise<number[]> {
	const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity`.execute(blog.db)
	return [pid, ...rows.map((row) => row.pid)]
}

/** Ends connections to a database but the one that asks for it. */
async function cutAll(url: string, which = 'true'): Promise<void> {
	const db = openDatabase(url, { pool: 1 })
	await sql`select pg_terminate_backend(pid) from pg_stat_activity
		where pid <> pg_backend_pid() and datname = current_database() and (${sql.raw(which)})`.execute(db)
	await db.destroy()
}

test.run()
