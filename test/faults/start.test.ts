import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import SqliteDatabase from 'better-sqlite3'
import { sql } from 'kysely'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { until } from '../mentions/exchange.ts'
import { databases } from '../support/databases.ts'
import { seedFixtures } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folders.ts'
import { send } from '../support/http.ts'
import { serveBlog } from './server-process.ts'

const test = suite('the start')
const DEADLINE = 60_000

/** What a reader's first page needs; everything else comes when it is asked for. */
const NEEDED = new Set(
	(
		'@formatjs/intl-localematcher @koa/router @orama/stemmers @simplewebauthn/browser better-sqlite3 commander flydrive ' +
		'fractional-indexing handlebars i18next ipaddr.js koa kysely lru-cache mime-types negotiator parse5 pino ' +
		'rate-limiter-flexible send typograf'
	).split(' '),
)

test('no library is loaded that the first page does not need', async () => {
	const { db, url, drop } = await databases[0]!.create()
	await seedFixtures(db)
	const loaded = join(temporaryFolder(), 'loaded')
	const NODE_OPTIONS = `--import=${pathToFileURL(join(import.meta.dirname, '../support/loads.ts'))}`
	const env = { DATABASE_URL: url, DATA_DIR: temporaryFolder(), NODE_OPTIONS, LOADED: loaded }
	const blog = await serveBlog(env)
	assert.is((await send(blog.port, '/ru/')).status, 200)
	assert.is((await send(blog.port, '/ru/2025/02/konferenciya-egov-2-0/')).status, 200)
	await blog.kill()
	await drop()
	const asked = packagesBeforeJobs(readFileSync(loaded, 'utf8').split('\n'))
	assert.ok(asked.includes('koa') && asked.includes('kysely'))
	assert.equal(
		asked.filter((name) => !NEEDED.has(name)),
		[],
	)
})

test('jobs that can not begin yet begin when the database is there again', async () => {
	const { db, url, drop } = await databases[0]!.create()
	const blog = await serveBlog({ DATABASE_URL: url, DATA_DIR: temporaryFolder() })
	const areKept = async () => (await sql`select kind from schedules`.execute(db)).rows.length > 0
	const other = new SqliteDatabase(url.slice('sqlite:'.length))
	other.exec('begin immediate')
	// Longer than anybody waits for a lock.
	await until(async () => blog.errors().includes('can not begin') || (await areKept()), DEADLINE)
	other.exec('rollback')
	other.close()
	await until(areKept, DEADLINE)
	await blog.kill()
	await drop()
})

/** The packages that the program asks for until its jobs begin. */
function packagesBeforeJobs(imports: string[]): string[] {
	const jobs = imports.indexOf('./work.ts')
	const names = imports.slice(0, jobs === -1 ? undefined : jobs)
	const packages = names.filter((name) => name !== '' && !/^(\.|node:|file:)/.test(name))
	return [...new Set(packages.map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)![0]))]
}

test.run()
