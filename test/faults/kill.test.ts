import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createPost } from '../../src/posts/save.ts'
import { KEY, startAkismet } from '../support/akismet-server.ts'
import { type Database, databases } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'
import { send } from '../support/http.ts'
import { type ServerProcess, serveBlog } from './server-process.ts'

const ROUNDS = 3
const WRITERS = 8
/** Comments taken before the process is killed, and what it may take to check them all afterwards. */
const ENOUGH = 25
const DEADLINE = 30_000

const PATH = '/ru/2025/02/burya/'

async function open(database: Database) {
	const { db, url, drop } = await database.create()
	const akismet = await startAkismet()
	const env = {
		DATABASE_URL: url,
		DATA_DIR: temporaryFolder('data'),
		TRUST_PROXY: '1',
		AKISMET_KEY: KEY,
		AKISMET_URL: akismet.url,
	}
	const publishedAt = Date.parse('2025-02-01T09:00Z')
	const draft = {
		locale: 'ru',
		title: 'Буря',
		slug: 'burya',
		source: 'Ветер.',
		status: 'published',
		publishedAt,
	} as const
	await createPost({ db, timezone: 'Europe/Moscow', now: Date.now() }, {}, [draft])
	const close = async () => {
		await akismet.stop()
		await drop()
	}
	return { db, akismet, env, close }
}

let number = 0

/** Writes until the process is gone; gives the numbers of the comments it was told are taken, with their texts. */
async function storm(server: ServerProcess): Promise<Map<number, string>> {
	const taken = new Map<number, string>()
	let isOver = false
	const killed = Promise.withResolvers<void>()
	const write = async () => {
		while (!isOver) {
			const n = ++number
			const answer = await send(server.port, `${PATH}comments/`, {
				method: 'POST',
				headers: {
					'Content-Type': 'application/x-www-form-urlencoded',
					'X-Forwarded-For': `203.0.${n >> 8}.${n & 255}`,
				},
				body: String(
					new URLSearchParams({
						name: `Имя ${n}`,
						email: `n${n}@example.org`,
						text: `Отклик ${n} из бури`,
						notify: '1',
					}),
				),
			}).catch(() => undefined)
			if (!answer) return
			assert.is(answer.status, 303)
			taken.set(Number(answer.headers.location!.split('-').at(-1)), `Отклик ${n} из бури`)
			if (taken.size === ENOUGH) void server.kill().then(killed.resolve)
		}
	}
	const writers = Promise.all(Array.from({ length: WRITERS }, write))
	await killed.promise
	isOver = true
	await writers
	return taken
}

for (const database of databases) {
	const test = suite(`kill -9 on ${database.name}`)

	test('what got its 303 in a storm is there once after each kill, and is checked in the end', async () => {
		const { db, akismet, env, close } = await open(database)
		const taken = new Map<number, string>()
		for (let round = 0; round < ROUNDS; round++) {
			// In one of the rounds no check gets an answer before the end.
			akismet.mode = round === 1 ? 'slow' : 'working'
			const server = await serveBlog(env)
			for (const [id, text] of await storm(server)) taken.set(id, text)
			const rows = await db.selectFrom('comments').select(['id', 'source']).execute()
			const stored = new Map(rows.map(({ id, source }) => [id, source]))
			assert.is(new Set(stored.values()).size, rows.length, 'none is doubled')
			for (const [id, text] of taken) assert.is(stored.get(id), text)
		}
		assert.ok(taken.size >= ROUNDS * ENOUGH)
		akismet.mode = 'working'
		const server = await serveBlog(env)
		const end = Date.now() + DEADLINE
		const waiting = () => db.selectFrom('comments').select('id').where('checked', '=', 'waiting').execute()
		for (let left = await waiting(); left.length > 0; left = await waiting()) {
			assert.ok(Date.now() < end, `${left.length} were never checked: ${server.errors()}`)
			await pause(50)
		}
		const rows = await db.selectFrom('comments').selectAll().execute()
		for (const { id, reasons, status, source } of rows) {
			assert.ok(
				JSON.parse(reasons).some(({ rule, detail }: Record<string, string>) => rule === 'akismet' && detail === 'ham'),
			)
			assert.is(status, 'held', `${id} waits for the author`)
			assert.ok(akismet.asked.some(({ form }) => form.comment_content === source))
		}
		assert.is(new Set(rows.map(({ place }) => place)).size, rows.length)
		await server.kill()
		await close()
	})

	test.run()
}
