import SqliteDatabase from 'better-sqlite3'
import { sql } from 'kysely'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { escapeHtml } from '../../src/markdown/escape.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import { throughout } from './outage.ts'

const KEPT = '/ru/2025/02/konferenciya-egov-2-0/'

const test = suite('an SQLite file that others hold, or that has no room')
let blog: TestBlog<any>
let other: SqliteDatabase.Database
let number = 0

test.before(async () => {
	blog = await startBlog(databases[0]!, { env: { TRUST_PROXY: '1' } })
	// A program beside the blog, such as a backup by `sqlite3` or an import.
	other = new SqliteDatabase(blog.databaseUrl.slice('sqlite:'.length))
})

test.after(async () => {
	other.close()
	await blog.close()
})

/** A comment by somebody new, with its answer. */
function comment(text = 'Что-то новое') {
	number++
	const form = { name: `Имя ${number}`, email: `n${number}@example.org`, text: `${text} ${number}` }
	return blog.post(`${KEPT}comments/`, form, { 'X-Forwarded-For': `203.0.113.${number}` })
}

/** Whether it is answered before `later` is. */
async function isFirst(now: Promise<unknown>, later: Promise<unknown>): Promise<boolean> {
	return (await Promise.race([now.then(() => true), later.then(() => false)])) as boolean
}

test('who writes waits for a lock of three seconds, and nobody waits behind them', async () => {
	await blog.get(KEPT)
	other.exec('begin immediate')
	const taken = Promise.all([comment(), comment(), comment()])
	for (const path of [KEPT, '/ru/2024/07/pravila/', '/en/2025/', '/ru/search/?q=egov']) {
		assert.ok(await isFirst(blog.get(path), taken), `${path} waited`)
	}
	await new Promise((resolve) => setTimeout(resolve, 3_000))
	other.exec('commit')
	assert.equal(
		(await taken).map(({ status }) => status),
		[303, 303, 303],
	)
})

test('a longer lock is a 503 with what was typed, readers go on, and when it is over so do writers', async () => {
	other.exec('begin immediate')
	const refused = comment('Долгая <i>мысль</i>')
	// Pages in memory and others, for as long as it lasts.
	let pages = 0
	while (
		!(await isFirst(
			refused,
			blog.get(pages % 2 ? KEPT : '/en/2025/').then(() => new Promise(setImmediate)),
		))
	) {
		pages++
	}
	assert.ok(pages > 20, `only ${pages} pages while somebody waited`)
	const { status, headers, text } = await refused
	assert.equal([status, headers['retry-after'], headers['cache-control']], [503, '30', 'no-store'])
	assert.match(text, escapeHtml(`Долгая <i>мысль</i> ${number}`))
	assert.match(text, 'Блог ненадолго недоступен')
	await throughout(async () => {
		const waiting = comment()
		assert.is((await blog.get(KEPT)).status, 200)
		assert.is((await blog.get('/en/2025/')).status, 200)
		assert.is((await waiting).status, 503)
	})
	other.exec('rollback')
	assert.is((await comment()).status, 303)
})

test('a disk without room is a 503 for who writes and nothing for who reads; with room again all is well', async () => {
	const pragma = async (text: string) =>
		Object.values((await sql.raw<object>(`pragma ${text}`).execute(blog.db)).rows[0]!)[0]
	await pragma(`max_page_count = ${await pragma('page_count')}`)
	const long = 'Слово за слово. '.repeat(150).trim()
	let answer = await comment(long)
	for (let n = 0; answer.status === 303 && n < 50; n++) answer = await comment(long)
	assert.equal([answer.status, answer.headers['retry-after']], [503, '30'])
	assert.match(answer.text, `${long} ${number}`)
	assert.ok(blog.logs.some((line) => (line.err as { code?: string })?.code === 'SQLITE_FULL'))
	for (const path of [KEPT, '/ru/2024/07/pravila/', '/en/2024/', '/readyz'])
		assert.is((await blog.get(path)).status, 200)
	await pragma('max_page_count = 1000000')
	assert.is((await comment(long)).status, 303)
	assert.is(await pragma('integrity_check'), 'ok')
	const rows = await blog.db
		.selectFrom('comments')
		.select('id')
		.where('name', '=', `Имя ${number - 1}`)
		.execute()
	assert.equal(rows, [], 'of what was refused nothing is left')
})

test.run()
