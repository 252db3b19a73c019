import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Db } from '../../../src/db/schema.ts'
import { writePost } from '../../../src/posts/edit.ts'
import { serveBlog } from '../../faults/server-process.ts'
import { type Database, databases } from '../../support/databases.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { startFarSite } from './far-site.ts'

const DEADLINE = 75_000
const LINKS = 12

async function until(condition: () => Promise<boolean> | boolean, tell: () => string): Promise<void> {
	const end = Date.now() + DEADLINE
	while (!(await condition())) {
		assert.ok(Date.now() < end, `it did not happen: ${tell()}`)
		await pause(50)
	}
}

async function publish(db: Db, far: string, slug: string): Promise<void> {
	const source = Array.from({ length: LINKS }, (_, n) => `[${n}](${far}/${slug}-${n})`).join(' ')
	const saving = { db, timezone: 'Europe/Moscow', now: Date.now() }
	const author = await db.selectFrom('authors').select('id').executeTakeFirst()
	await writePost(
		saving,
		{ id: author?.id as number },
		{ newTerms: [] },
		{ locale: 'ru', title: slug, slug, source, status: 'published' },
	)
}

async function waiting(db: Db): Promise<number> {
	const rows = await db.selectFrom('deliveries').select('id').where('state', '=', 'waiting').execute()
	return rows.length
}

async function survive(database: Database): Promise<void> {
	const { db, url, drop } = await database.create()
	const far = await startFarSite()
	far.says['*'] = { body: '<link rel="webmention" href="/in">' }
	far.says['/in'] = { status: 202 }
	const env = {
		DATABASE_URL: url,
		DATA_DIR: temporaryFolder('data'),
		SITE_URL: 'https://blog.example',
		FETCH_ALLOW: far.place,
	}
	// Published while nobody sends: the job is all there is of it.
	await publish(db, far.url, 'before')
	const first = await serveBlog(env)
	await until(
		async () => far.told().length === LINKS && (await waiting(db)) === 0,
		() => first.errors(),
	)
	// Published, and killed in the middle of sending.
	far.says['/in'] = ({ body }) => (body.includes('during-3') ? 'hangs' : { status: 202 })
	await publish(db, far.url, 'during')
	await until(
		() => far.told().some(({ target }) => target.endsWith('during-3')),
		() => first.errors(),
	)
	await first.kill()
	far.says['/in'] = { status: 202 }
	const second = await serveBlog(env)
	await until(
		async () => (await waiting(db)) === 0,
		() => second.errors(),
	)
	await second.kill()
	const told = far.told().map(({ target }) => target)
	for (const slug of ['before', 'during']) {
		for (let n = 0; n < LINKS; n++) assert.ok(told.includes(`${far.url}/${slug}-${n}`), `${slug}-${n} was told`)
	}
	const rows = await db.selectFrom('deliveries').select('state').execute()
	assert.equal(
		rows.map(({ state }) => state),
		Array(2 * LINKS).fill('sent'),
	)
	await far.close()
	await drop()
}

const test = suite('kill -9 between publishing and sending')

// Half a minute goes by until a job that was lost is taken again: both databases wait for it together.
test(`every page is told in the end, on ${databases.map(({ name }) => name).join(' and ')}`, async () => {
	await Promise.all(databases.map(survive))
})

test.run()
