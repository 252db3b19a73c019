import { pino } from 'pino'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Reason } from '../../src/comments/decide.ts'
import type { Db, ResponseStatus } from '../../src/db/schema.ts'
import { readVersions } from '../../src/db/versions.ts'
import { Discard } from '../../src/jobs/job.ts'
import { startWorker } from '../../src/jobs/worker.ts'
import { createAkismet, NoAnswer } from '../../src/net/akismet.ts'
import { resumeChecks, startCheck, teach } from '../../src/spam/checks.ts'
import { type Lab, spamHandlers, verifyKey } from '../../src/spam/jobs.ts'
import { WAITING } from '../../src/spam/verdict.ts'
import { type AkismetServer, KEY, startAkismet } from '../support/akismet-server.ts'
import { databases, type TestDatabase } from '../support/databases.ts'
import { at, NOW, seedFixtures } from '../support/fixtures.ts'
import { respond } from './responses.ts'

const SPAMMER = 'viagra-test-123'
const REAL = { ip: '203.0.113.7', text: 'Спасибо за рассказ!' }

for (const database of databases) {
	const test = suite<TestDatabase & { server: AkismetServer; postId: number; lab: Lab }>(`checks on ${database.name}`)

	test.before.each(async (context) => {
		Object.assign(context, await database.create())
		context.server = await startAkismet()
		context.postId = (await seedFixtures(context.db)).posts.conference
		context.lab = laboratory(context.db, context.server)
	})
	test.after.each(async ({ drop, server }) => {
		await server.stop()
		await drop()
	})

	test('a known writer’s comment that is spam is taken down, and pages change', async ({ db, postId, lab }) => {
		const id = await ask(lab, postId, { ...REAL, name: SPAMMER })
		const before = await readVersions(db)
		await run(lab, 'check-comment', { id })
		assert.equal(await standing(db, id), ['spam', 'done', [{ rule: 'akismet', detail: 'spam' }]])
		assert.is.not((await readVersions(db)).get('listing:ru'), before.get('listing:ru'))
	})

	test('one that waits for Akismet alone comes out', async ({ db, postId, lab }) => {
		const id = await ask(lab, postId, { ...REAL, status: 'held', reasons: JSON.stringify([WAITING]) })
		await run(lab, 'check-comment', { id })
		assert.equal(await standing(db, id), ['approved', 'done', [{ rule: 'akismet', detail: 'ham' }]])
	})

	test('a first-timer is checked and stays held', async ({ db, postId, lab }) => {
		const id = await ask(lab, postId, { ...REAL, status: 'held', reasons: '[{"rule":"first"}]' })
		await run(lab, 'check-comment', { id })
		assert.equal(await standing(db, id), ['held', 'done', [{ rule: 'first' }, { rule: 'akismet', detail: 'ham' }]])
	})

	test('Akismet is told where, when and in which language it was said', async ({ postId, lab, server }) => {
		const more = { user_agent: 'Firefox', referrer: 'https://blog.example/ru/', trap: 'x', locale: 'en' }
		const id = await ask(lab, postId, { ...REAL, ...more, created_at: at('2025-03-01T10:00Z') })
		await run(lab, 'check-comment', { id, recheck: 'recheck' })
		const { form } = server.asked[0]!
		assert.match(form.permalink!, /^https:\/\/blog\.example\/en\/2025\/02\/[\w-]+\/$/)
		assert.match(form.comment_post_modified_gmt!, /^2025-\d\d-\d\dT/)
		assert.is(form.comment_date_gmt, '2025-03-01T10:00:00.000Z')
		assert.is(form.comment_type, 'comment')
		assert.is(form.user_agent, 'Firefox')
		assert.is(form.honeypot_field_name, 'subject')
		assert.is(form.subject, 'x')
		assert.is(form.recheck_reason, 'recheck')
	})

	test('without an answer it stays as it is and waits on', async ({ db, postId, lab, server }) => {
		const reasons = JSON.stringify([WAITING])
		const id = await ask(lab, postId, { ...REAL, status: 'held', reasons })
		for (const mode of ['error', 'invalid', 'broken', 'slow'] as const) {
			server.mode = mode
			const error = await run(lab, 'check-comment', { id }).catch((error) => error)
			assert.instance(error, NoAnswer)
			assert.equal(await standing(db, id), ['held', 'waiting', [WAITING]])
		}
	})

	test('what an author decided is not asked about, nor changed by a late answer', async ({
		db,
		postId,
		lab,
		server,
	}) => {
		const reasons = JSON.stringify([{ rule: 'author', detail: 'approved 1' }])
		const decided = await ask(lab, postId, { ...REAL, name: SPAMMER, reasons })
		await run(lab, 'check-comment', { id: decided })
		assert.is(server.asked.length, 0)
		const late = await ask(lab, postId, { ...REAL, name: SPAMMER })
		const akismet = { ...lab.akismet, isSpam: () => decideMeanwhile(db, late, reasons) }
		await run({ ...lab, akismet }, 'check-comment', { id: late })
		for (const id of [decided, late]) assert.equal(await standing(db, id), ['approved', 'done', JSON.parse(reasons)])
	})

	test('a check that is done is not done again', async ({ postId, lab, server }) => {
		const id = await ask(lab, postId, REAL)
		await run(lab, 'check-comment', { id })
		for (const payload of [{ id }, { id: 987_654 }]) {
			assert.instance(await run(lab, 'check-comment', payload).catch((error) => error), Discard)
		}
		assert.is(server.asked.length, 1)
	})

	test('without a key nothing waits, and what waited ends its wait', async ({ db, postId, lab, server }) => {
		const waiting = await ask(lab, postId, { ...REAL, status: 'held', reasons: JSON.stringify([WAITING]) })
		const off = { ...lab, config: { ...lab.config, akismetKey: '' } }
		const id = await ask(off, postId, REAL)
		assert.is((await standing(db, id))[1], 'done')
		await run(off, 'check-comment', { id: waiting })
		assert.equal(await standing(db, waiting), ['held', 'done', [{ rule: 'akismet', detail: 'none' }]])
		assert.is(server.asked.length, 0)
	})

	test('nor is anything asked about a writer whose address is forgotten', async ({ db, postId, lab }) => {
		const id = await ask(lab, postId, { ...REAL, ip: '' })
		assert.is((await standing(db, id))[1], 'done')
	})

	test('Akismet and the filter learn from the author', async ({ db, url, postId, lab, server }) => {
		const reasons = JSON.stringify([{ rule: 'akismet', detail: 'ham' }])
		const id = await respond(db, postId, { ...REAL, reasons })
		await db.transaction().execute((trx) => teach(trx, lab.config, { id, ip: REAL.ip, reasons }, 'spam'))
		assert.is(
			(await db.selectFrom('comments').select('trained').where('id', '=', id).executeTakeFirst())!.trained,
			'spam',
		)
		await working(lab, url, () => until(() => server.asked.length > 0))
		assert.is(server.asked[0]!.method, 'submit-spam')
		assert.is(server.asked[0]!.form.comment_content, REAL.text)
	})

	test('checks that met a dead server are all done after a start', async ({ db, url, postId, lab, server }) => {
		await server.stop()
		const ids: number[] = []
		for (let i = 0; i < 3; i++) ids.push(await ask(lab, postId, { ...REAL, text: `${REAL.text} ${i}` }))
		const lost = await respond(db, postId, { ...REAL, checked: 'waiting' })
		const failed: unknown[] = []
		await working(
			lab,
			url,
			() => until(() => failed.length >= 3),
			(line) => failed.push(line),
		)
		await server.start()
		await resumeChecks(db)
		await working(laboratory(db, server), url, () => until(() => isAllDone(db, [...ids, lost])))
		assert.is(server.asked.length, 4)
	})

	test('the log is told whether the key is right, and never the key', async ({ lab, server }) => {
		const lines: string[] = []
		const log = pino({}, { write: (line) => void lines.push(line) })
		await verifyKey(lab, log)
		await verifyKey(laboratory(lab.db, server, 'wrong-key'), log)
		server.mode = 'error'
		await verifyKey(lab, log)
		assert.equal(
			lines.map((line) => JSON.parse(line).level),
			[30, 50, 40],
		)
		for (const key of [KEY, 'wrong-key']) assert.not.match(lines.join(), key)
	})

	test.run()
}

function laboratory(db: Db, server: AkismetServer, akismetKey = KEY): Lab {
	const config = {
		akismetKey,
		akismetUrl: server.url,
		siteUrl: 'https://blog.example',
		languages: ['ru', 'en'],
		smtpUrl: '',
	}
	const akismet = createAkismet(config, { clock: () => NOW, deadline: 1_000 })
	return { db, config: config as unknown as Lab['config'], clock: () => NOW, akismet }
}

/** Stores a response and asks for its check. */
async function ask({ db, config }: Lab, postId: number, fields: Parameters<typeof respond>[2]): Promise<number> {
	const id = await respond(db, postId, fields)
	await db.transaction().execute((trx) => startCheck(trx, config, { id, ip: fields.ip! }))
	return id
}

function run(lab: Lab, kind: string, payload: unknown): Promise<void> {
	return spamHandlers(lab)[kind]!(payload, { id: '1', attempt: 1, signal: new AbortController().signal })
}

/** Lets a worker work until something has come true. */
async function working(lab: Lab, url: string, done: () => Promise<void>, onLine: (line: unknown) => void = () => {}) {
	const log = pino({ level: 'warn' }, { write: onLine })
	const { db, clock } = { ...lab, clock: Date.now }
	const worker = await startWorker({
		db,
		url,
		clock,
		log,
		timezone: 'UTC',
		schedules: {},
		concurrency: 2,
		handlers: spamHandlers(lab),
	})
	await done().finally(() => worker.stop())
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
	const deadline = Date.now() + 15_000
	while (!(await isTrue())) {
		if (Date.now() > deadline) throw new Error('it never came true')
		await new Promise((resolve) => setTimeout(resolve, 20))
	}
}

async function isAllDone(db: Db, ids: number[]): Promise<boolean> {
	const rows = await db.selectFrom('comments').select('checked').where('id', 'in', ids).execute()
	return rows.every(({ checked }) => checked === 'done')
}

async function standing(db: Db, id: number): Promise<[ResponseStatus, string, Reason[]]> {
	const row = await db.selectFrom('comments').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
	return [row.status, row.checked, JSON.parse(row.reasons)]
}

async function decideMeanwhile(db: Db, id: number, reasons: string): Promise<boolean> {
	await db.updateTable('comments').set({ reasons }).where('id', '=', id).execute()
	return true
}
