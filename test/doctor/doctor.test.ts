import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { sql } from 'kysely'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Config, readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/open.ts'
import { languages } from '../../src/doctor/checks/languages.ts'
import { examineBlog, formatJson, formatText, isIll } from '../../src/doctor/commands.ts'
import { collect, type Outcome } from '../../src/doctor/finding.ts'
import { enqueue } from '../../src/jobs/queries.ts'
import { serveAside } from '../../src/serve.ts'
import { writeSetting } from '../../src/settings/queries.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import type { seedFixtures } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folders.ts'

type Blog = TestBlog<Awaited<ReturnType<typeof seedFixtures>>>

const ROOM = { free: 50e9, total: 100e9 }

async function examine(config: Config, { room = ROOM, now = Date.now() } = {}): Promise<Outcome[]> {
	return examineBlog({
		config,
		openDb: () => openDatabase(config.databaseUrl, { pool: 3 }),
		open: (db) => serveAside(config, db),
		progress: { start() {}, advance() {}, stop() {} },
		now,
		room: async () => room,
	})
}

function configOf(blog: Blog, env: Record<string, string> = {}): Config {
	return readConfig({
		DATABASE_URL: blog.databaseUrl,
		DATA_DIR: blog.inside.config.dataDir,
		SITE_URL: blog.url,
		...env,
	})
}

function said(outcomes: Outcome[], check: string): string {
	const { findings } = outcomes.find((one) => one.check === check)!
	return findings.map(({ level, subject, message }) => `${level}: ${subject} ${message}`).join('\n')
}

for (const database of databases) {
	const test = suite(`the doctor on ${database.name}`)
	let blog: Blog
	let base: Config

	test.before(async () => {
		blog = await startBlog(database, { clock: Date.now })
		base = configOf(blog)
	})
	test.after(() => blog.close())

	test('a blog that is well has no errors, while it runs and is asked', async () => {
		const outcomes = await examine(base)
		assert.equal(
			outcomes.filter(({ state }) => state === 'error'),
			[],
			formatText(outcomes),
		)
		assert.not.ok(isIll(outcomes))
		assert.ok(outcomes.every(({ state }) => state !== 'skipped'))
		assert.is(said(outcomes, 'site'), '')
	})

	test('every fault is named, each at its place', async () => {
		await makeFaults(blog)
		const outcomes = await examine(base)
		const { posts, responses } = blog.seeded
		const texts = said(outcomes, 'texts')
		assert.match(texts, `error: post ${posts.conference} in ru`)
		assert.match(texts, 'leads to /ru/nowhere/, where there is nothing')
		assert.match(texts, /warning: post \d+ in ru .* is kept in another form/)
		assert.match(texts, /error: post \d+ in en .* is not found by its words/)
		assert.match(texts, 'warning: the redirect /old/ leads to /ru/category/nowhere/, where there is nothing')
		assert.is.not(texts.includes('/ru/category/zametki/'), true)
		assert.match(texts, /error: post \d+ in en \(Deep\) can’t be rendered/)
		if (database.name === 'SQLite') assert.match(texts, 'still has the text 987654, which is gone')

		const media = said(outcomes, 'media')
		assert.match(media, /error: upload \d+ \(2025\/03\/lost\.jpg\) has no file/)
		assert.match(media, /error: upload \d+ \(2025\/03\/whole\.320w\.webp\) has no file/)
		assert.match(media, /error: upload \d+ \(2025\/03\/cut\.pdf\) has 3 bytes in the storage instead of 4/)
		assert.match(media, 'warning: 2025/03/stray.jpg is in the storage (5 bytes), and no upload has it')
		assert.not.match(media, /whole\.jpg|whole\.320w\.avif|avatars|fresh\.jpg/)
		assert.match(media, `warning: response ${responses.held} shows a picture (mentions/lost.jpg)`)

		const languages = said(outcomes, 'languages')
		assert.match(languages, /error: post \d+ in (ru|en) .* is published without a date or an address/)
		assert.match(languages, /warning: LANGUAGES doesn't name de, in which there are 1 texts/)
		assert.match(languages, /warning: post \d+ has no text in any language/)
		assert.match(languages, `warning: category ${blog.seeded.terms.notes} (Заметки) has no name in en`)

		const jobs = said(outcomes, 'jobs')
		assert.match(jobs, /error: job \S+ \(mail\.dead\) was given up after 20 attempts: no such mailbox/)
		assert.match(jobs, /error: job \S+ \(mail\.late\) waits since 2025-01-01/)
		assert.match(jobs, /error: job \S+ \(mail\.lost\) waits since 2024-12-31/)
		assert.not.match(jobs, /mail\.(soon|fresh)/)

		const conversation = said(outcomes, 'conversation')
		assert.match(conversation, `error: response ${blog.seeded.responses.held} under post`)
		assert.match(conversation, 'has no place of its own')

		const clock = said(outcomes, 'clock')
		assert.match(clock, 'error: a response was stored at 2099-01-01')
		assert.match(clock, 'error: the schedule recheck is put off to 2099-01-01')

		const settings = said(outcomes, 'settings')
		assert.match(settings, 'warning: the menu in ru names the page 987654, which is gone')
		assert.match(settings, 'error: the newest backup failed: no room')

		assert.match(said(outcomes, 'database'), /error: post_terms \S+ refers to a row of terms that isn't there/)
		if (database.name === 'PostgreSQL') {
			assert.match(said(outcomes, 'database'), 'error: the database index comments_recent of comments is not valid')
			assert.match(said(outcomes, 'database'), 'constraint half of traffic was never checked')
		}
		const json = JSON.parse(formatJson(outcomes))
		assert.is(json.ok, false)
		assert.equal(Object.keys(json.checks[0]), ['check', 'state', 'errors', 'warnings', 'findings'])
		assert.equal(Object.keys(json.checks.find((one: Outcome) => one.errors > 0).findings[0]), [
			...['level', 'subject', 'message', 'advice'],
		])
	})

	test('translations that don’t name each other are told, and pages that fail', async () => {
		const pages = [
			{ status: 500, text: '', said: /error: post \d+ in ru answers 500 at \/ru\// },
			{
				status: 200,
				text: '<title>x</title>',
				said: /error: post \d+ in en names other translations .*ru, en, x-default/,
			},
		]
		for (const { status, text, said: expected } of pages) {
			const { found, outcome } = collect('languages')
			const { db, inside } = blog
			const patient = { db, config: base, catalog: inside.catalog, storage: inside.storage, now: Date.now() }
			const ask = async () => ({ status, text })
			const rest = { room: async () => ROOM, askSite: async () => undefined, advance() {} }
			await languages.run({ ...patient, ...rest, ask }, found)
			assert.match(said([outcome()], 'languages'), expected)
		}
	})

	test('full disks, wrong clocks and wrong addresses are told', async () => {
		const now = Date.now() + 600_000
		const outcomes = await examine(base, { room: { free: 10e6, total: 100e9 }, now })
		assert.match(said(outcomes, 'disk'), /error: \S+ has 9 MB left of \d+ MB/)
		assert.match(said(outcomes, 'clock'), /error: the clock at SITE_URL is (59\d|60\d) seconds from/)
		if (database.name === 'PostgreSQL') {
			assert.match(said(outcomes, 'clock'), /error: the clock of the database is (59\d|60\d) seconds/)
		}
		const scarce = await examine(base, { room: { free: 500e6, total: 100e9 } })
		assert.match(said(scarce, 'disk'), /warning: \S+ has 476 MB left/)
	})

	test('settings that are no JSON are named', async () => {
		await blog.db.insertInto('settings').values({ key: 'hubs', locale: '', value: '[' }).execute()
		assert.match(said(await examine(base), 'settings'), 'error: the setting hubs is no JSON')
		await blog.db.deleteFrom('settings').where('key', '=', 'hubs').execute()
	})

	test('a theme that is not there keeps the rest from being looked at, and is named', async () => {
		const outcomes = await examine(configOf(blog, { THEME: 'nowhere' }))
		assert.match(said(outcomes, 'program'), "error: the blog doesn't start: ")
		assert.is(outcomes.at(-1)!.state, 'skipped')
	})

	test('migrations that are to come and those of a newer program are named, and nothing is migrated', async () => {
		const last = await sql<{ name: string }>`select name from kysely_migration`.execute(blog.db)
		const newest = last.rows
			.map(({ name }) => name)
			.sort()
			.at(-1)!
		await sql`update kysely_migration set name = '9999_future' where name = ${newest}`.execute(blog.db)
		const outcomes = await examine(base)
		assert.match(said(outcomes, 'schema'), 'is newer than this program (it has 9999_future)')
		assert.match(said(outcomes, 'schema'), `lacks ${newest}`)
		await sql`update kysely_migration set name = ${newest} where name = '9999_future'`.execute(blog.db)
	})

	test('a database that is not there is said, and not made', async () => {
		const url = database.name === 'SQLite' ? 'sqlite:/tmp/nowhere/otklik.db' : 'postgres://nobody@127.0.0.1:1/none'
		const outcomes = await examine({ ...base, databaseUrl: url })
		assert.match(said(outcomes, 'schema'), /isn’t there|can't be read/)
		assert.ok(isIll(outcomes))
	})

	test.run()
}

async function makeFaults({ db, seeded, inside }: Blog): Promise<void> {
	const { posts, responses } = seeded
	const { storage } = inside
	const now = Date.now()
	const late = Date.parse('2099-01-01')
	const find = (post: number, locale: string) =>
		db
			.selectFrom('translations')
			.select(['id', 'html'])
			.where('post_id', '=', post)
			.where('locale', '=', locale)
			.executeTakeFirstOrThrow()
	const conference = await find(posts.conference, 'ru')
	await db.insertInto('post_terms').values({ post_id: posts.conference, term_id: seeded.terms.notes }).execute()
	const html = `${conference.html}<a href="/ru/nowhere/">x</a><a href="/ru/category/zametki/">y</a>`
	await db.updateTable('translations').set({ html }).where('id', '=', conference.id).execute()
	const english = await find(posts.conference, 'en')
	await db.updateTable('translations').set({ title: 'Quixotic zebra' }).where('id', '=', english.id).execute()
	await db
		.insertInto('redirects')
		.values([
			{ path: '/old/', translation_id: null, target: '/ru/category/nowhere/' },
			{ path: '/good/', translation_id: null, target: '/ru/category/zametki/' },
		])
		.execute()
	const media = { created_at: now, author_id: null, widths: null, width: null, height: null }
	const add = (path: string, mime: string, bytes: number, more = {}) =>
		db
			.insertInto('media')
			.values({ path, name: path, mime, bytes, ...media, ...more })
			.execute()
	await add('2025/03/lost.jpg', 'image/jpeg', 4)
	await add('2025/03/cut.pdf', 'application/pdf', 4)
	await add('2025/03/whole.jpg', 'image/jpeg', 5, { width: 640, height: 480, widths: '320' })
	await storage.put('2025/03/cut.pdf', Buffer.from('cut'))
	await storage.put('2025/03/whole.jpg', Buffer.from('whole'))
	await storage.put('2025/03/whole.320w.avif', Buffer.from('small'))
	await storage.put('2025/03/whole.320w.jpg', Buffer.from('small'))
	await storage.put('avatars/0123', Buffer.from('face'))
	await storage.put('2025/03/fresh.jpg', Buffer.from('fresh'))
	await storage.put('2025/03/stray.jpg', Buffer.from('stray'))
	const { utimesSync } = await import('node:fs')
	utimesSync(join(inside.config.dataDir, 'media/2025/03/stray.jpg'), 0, 0)
	const [{ id: response }] = (await db.selectFrom('comments').select('id').orderBy('id').limit(1).execute()) as [
		{ id: number },
	]
	await db.updateTable('comments').set({ created_at: late }).where('id', '=', response).execute()
	await db
		.updateTable('comments')
		.set({ photo: 'mentions/lost.jpg', place: '' })
		.where('id', '=', responses.held)
		.execute()

	const post = { kind: 'post', created_at: now } as const
	await db.insertInto('posts').values(post).execute()
	const { id: strange } = await db.insertInto('posts').values(post).returning('id').executeTakeFirstOrThrow()
	const rendered = { source: '', html: '', excerpt: '', text: '', words: 0 } as const
	const dated = { published_at: now, modified_at: now, year: 2025, month: 3 } as const
	const text = {
		post_id: strange,
		kind: 'post',
		format: 'markdown',
		status: 'published',
		...rendered,
		...dated,
	} as const
	await db
		.insertInto('translations')
		.values([
			{ ...text, locale: 'de', slug: 'fremd', title: 'Fremd', guid: 'a' },
			{
				...text,
				locale: 'en',
				slug: 'deep',
				title: 'Deep',
				guid: 'c',
				source: `${'<div>'.repeat(20_000)}x`,
				format: 'html',
			},
			{ ...text, locale: 'ru', slug: 'bez-daty', title: 'Без даты', guid: 'b', year: null, month: null },
		])
		.execute()

	await db.transaction().execute(async (trx) => {
		await writeSetting(trx, 'menu', 'ru', [{ post: 987654 }])
		await writeSetting(trx, 'backups', '', { on: true })
		await enqueue(trx, 'mail.late', {}, { runAt: Date.parse('2025-01-01') })
		await enqueue(trx, 'mail.lost', {})
		await enqueue(trx, 'mail.fresh', {})
		await enqueue(trx, 'mail.soon', {}, { runAt: now + 3_600_000 })
		await enqueue(trx, 'mail.dead', {}, { runAt: now + 3_600_000 })
	})
	const backup = { name: 'a.zip', place: '/backups', state: 'failed', error: 'no room', started_at: now } as const
	await db.insertInto('backups').values(backup).execute()
	await sql`insert into schedules (kind, cron, next_at) values ('recheck', '20 * * * *', ${late})`.execute(db)
	if (inside.config.databaseUrl.startsWith('sqlite:')) await makeFaultsOfSqlite(blog(db))
	else await makeFaultsOfPostgres(blog(db))

	function blog(one: typeof db) {
		return { db: one, post: posts.conference }
	}
}

async function makeFaultsOfSqlite({ db, post }: { db: Blog['db']; post: number }): Promise<void> {
	await sql`update jobs set added_at = ${Date.parse('2024-12-31T12:00Z')} where kind in ('mail.lost', 'mail.late')`.execute(
		db,
	)
	await sql`update jobs set dead_at = 1, attempt = 20, error = 'no such mailbox' where kind = 'mail.dead'`.execute(db)
	await sql`insert into search_index (rowid, title, body) values (987654, 'gone', 'gone')`.execute(db)
	await sql`pragma foreign_keys = off`.execute(db)
	await sql`insert into post_terms (post_id, term_id) values (${post}, 987654)`.execute(db)
	await sql`pragma foreign_keys = on`.execute(db)
}

async function makeFaultsOfPostgres({ db, post }: { db: Blog['db']; post: number }): Promise<void> {
	await db.transaction().execute(async (trx) => {
		await sql`set local session_replication_role = replica`.execute(trx)
		await sql`insert into post_terms (post_id, term_id) values (${post}, 987654)`.execute(trx)
	})
	await sql`
		update pgboss.job set state = 'active', retry_limit = 3, started_on = '2024-12-31T12:00Z',
			heartbeat_on = '2024-12-31T12:00Z' where data ->> 'kind' = 'mail.lost'`.execute(db)
	await sql`update pg_index set indisvalid = false where indexrelid = 'comments_recent'::regclass`.execute(db)
	await sql`alter table traffic add constraint half check (count > -1) not valid`.execute(db)
	await sql`
		insert into pgboss.job (name, data, state, retry_limit, source_name, source_id, source_retry_count, source_output)
		select 'dead', data, 'created', 20, 'jobs', id, 19, '{"message": "no such mailbox"}'::jsonb
		from pgboss.job where data ->> 'kind' = 'mail.dead'`.execute(db)
}

const test = suite('the doctor')

test('a damaged file is told, by the pages that are', async () => {
	const { db, url, drop } = await databases[0]!.create()
	for (let number = 0; number < 500; number++) {
		await db
			.insertInto('filter_words')
			.values({ word: `${number} ${'x'.repeat(400)}` })
			.execute()
	}
	await sql`pragma wal_checkpoint(truncate)`.execute(db)
	const file = join(temporaryFolder('damaged'), 'otklik.db')
	copyFileSync(url.slice('sqlite:'.length), file)
	await drop()
	const { size } = await import('node:fs').then(({ statSync }) => statSync(file))
	for (let at = size - 4096 * 20; at < size; at += 4096) {
		writeSync(openSync(file, 'r+'), Buffer.alloc(512, 0xff), 0, 512, at)
	}
	const outcomes = await examine(readConfig({ DATABASE_URL: `sqlite:${file}`, DATA_DIR: temporaryFolder('data') }))
	assert.match(said(outcomes, 'database'), /error: the database .*(page|Tree|btree|malformed)/i)
})

test('a file that is no database is told', async () => {
	const file = join(temporaryFolder('letter'), 'otklik.db')
	writeFileSync(file, 'a letter '.repeat(1000))
	const outcomes = await examine(readConfig({ DATABASE_URL: `sqlite:${file}` }))
	assert.match(said(outcomes, 'schema'), "error: the database can't be read: file is not a database")
})

test('SITE_URL that belongs to another, leads elsewhere or to nobody is told', async () => {
	const { url, drop } = await databases[0]!.create()
	const answers: [status: number, headers: Record<string, string>, body: string, told: RegExp][] = [
		[200, {}, 'Sitemap: https://other.example/sitemap.xml', /error: \S+ is answered by a blog .* at https:\/\/other\./],
		[200, {}, '<h1>It works!</h1>', /error: \S+ is answered by something else than this blog \(status 200\)/],
		[404, {}, '', /error: \S+ is answered by something else than this blog \(status 404\)/],
		[301, { Location: 'https://www.other.example/robots.txt' }, '', /error: \S+ leads on to https:\/\/www\.other\./],
	]
	let next = answers[0]!
	const server = createServer((_, response) => response.writeHead(next[0], next[1]).end(next[2])).listen(0)
	await once(server, 'listening')
	const siteUrl = `http://localhost:${(server.address() as AddressInfo).port}`
	const config = readConfig({ DATABASE_URL: url, DATA_DIR: temporaryFolder('data'), SITE_URL: siteUrl })
	for (next of answers) assert.match(said(await examine(config), 'site'), next[3])
	server.close()
	server.closeAllConnections()
	assert.match(said(await examine(config), 'site'), /warning: \S+ gives no answer from here/)
	await drop()
})

test('a folder that can’t be written to is told', async () => {
	const { url, drop } = await databases[0]!.create()
	const outcomes = await examine(readConfig({ DATABASE_URL: url, DATA_DIR: '/nowhere/data' }))
	assert.match(said(outcomes, 'disk'), "error: /nowhere/data can't be written to")
	await drop()
})

test('the command ends with 1 for an error and 0 for none, and says the same as JSON', async () => {
	const folder = temporaryFolder('data')
	const none = await run(['doctor', '--json'], folder)
	assert.is(none.code, 1)
	assert.is(JSON.parse(none.stdout).checks[0].check, 'schema')
	mkdirSync(folder, { recursive: true })
	assert.is((await run(['migrate'], folder)).code, 0)
	const well = await run(['doctor'], folder)
	assert.is(well.code, 0, well.stdout + well.stderr)
	assert.match(well.stdout, /^schema: ok\n/)
	assert.match(well.stdout, /\n0 errors, \d+ warnings\n$/)
})

async function run(args: string[], folder: string) {
	const main = join(import.meta.dirname, '../../src/main.ts')
	const env = { PATH: process.env.PATH, DATA_DIR: folder, SITE_URL: 'http://localhost:1' }
	const child = spawn(process.execPath, [main, ...args], { env })
	const said = { stdout: '', stderr: '' }
	for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (text) => (said[name] += text))
	const [code] = (await once(child, 'close')) as [number | null]
	return { code, ...said }
}

test.run()
