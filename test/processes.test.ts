import { Agent, request } from 'node:http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { setPassword } from '../src/authors/accounts.ts'
import { createAuthor } from '../src/authors/queries.ts'
import { createPost } from '../src/posts/save.ts'
import { writeSetting } from '../src/settings/queries.ts'
import { cookieOf, PASSWORD } from './admin/desk.ts'
import { type ServerProcess, serveBlog } from './faults/server-process.ts'
import { until } from './mentions/exchange.ts'
import { KEY, startAkismet } from './support/akismet-server.ts'
import { databases } from './support/databases.ts'
import { temporaryFolder } from './support/folders.ts'
import { send } from './support/http.ts'
import { freePort } from './support/postgres.ts'

const DEADLINE = 60_000
const READERS = 4
const PATH = '/ru/2025/02/burya/'

/** Reads on and on, each time on a new connection unless there is an agent; gives a function that ends it with what failed. */
function read(port: number, agent?: Agent) {
	const failures: string[] = []
	const reader = { isOver: false, answers: 0 }
	readers.add(reader)
	const reading = (async () => {
		while (!reader.isOver) {
			// A query goes by the page cache.
			const failure = await ask(port, `${PATH}${reader.answers % 2 ? '?x' : ''}`, agent)
			reader.answers++
			// Nobody is there any more.
			if (failure === 'ECONNREFUSED') reader.isOver = true
			if (failure) failures.push(failure)
		}
	})()
	return {
		answers: () => reader.answers,
		end: async () => {
			reader.isOver = true
			await reading
			return failures
		},
	}
}

const readers = new Set<{ isOver: boolean }>()

/** Asks for a page; gives what went wrong. */
function ask(port: number, path: string, agent: Agent | false = false): Promise<string | undefined> {
	return new Promise((resolve) => {
		const sent = request({ port, host: '127.0.0.1', path, agent }, (response) => {
			response.resume().on('error', (error) => resolve(String(error)))
			response.on('end', () => resolve(response.statusCode === 200 ? undefined : String(response.statusCode)))
		})
		sent.on('error', ({ code }: NodeJS.ErrnoException) =>
			resolve(`${code}${sent.reusedSocket ? ' of a kept one' : ''}`),
		)
		sent.end()
	})
}

for (const database of databases) {
	const test = suite(`several processes on ${database.name}`)
	let db: Awaited<ReturnType<typeof database.create>>
	let akismet: Awaited<ReturnType<typeof startAkismet>>
	let server: ServerProcess
	let written = 0

	test.before(async () => {
		db = await database.create()
		akismet = await startAkismet()
		const draft = { locale: 'ru', title: 'Буря', slug: 'burya', source: 'Ветер.', status: 'published' } as const
		await createPost({ db: db.db, timezone: 'Europe/Moscow', now: Date.now() }, {}, [
			{ ...draft, publishedAt: Date.parse('2025-02-01T09:00Z') },
		])
		server = await serveBlog({
			// Should all of them be dead for a moment, the next ones listen on the same.
			PORT: String(await freePort()),
			DATABASE_URL: db.url,
			DATA_DIR: temporaryFolder('data'),
			WEB_CONCURRENCY: '2',
			TRUST_PROXY: '1',
			AKISMET_KEY: KEY,
			AKISMET_URL: akismet.url,
		})
	})

	test.after(async () => {
		for (const reader of readers) reader.isOver = true
		await server.kill()
		await akismet.stop()
		await db.drop()
	})

	const comment = (address = `203.0.113.${written + 1}`) => {
		written++
		const form = { name: `Имя ${written}`, email: `n${written}@example.org`, text: `Отклик ${written}` }
		return send(server.port, `${PATH}comments/`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Forwarded-For': address },
			body: String(new URLSearchParams(form)),
		})
	}

	/** A comment is taken, and its job done. */
	async function works(): Promise<void> {
		assert.is((await comment()).status, 303)
		const text = `Отклик ${written}`
		await until(() => akismet.asked.some(({ form }) => form.comment_content === text), DEADLINE)
		assert.is(akismet.asked.filter(({ form }) => form.comment_content === text).length, 1)
	}

	const replaced = (old: number[]) =>
		until(() => server.workers().length === 2 && !server.workers().some((pid) => old.includes(pid)), DEADLINE)

	test('a limit holds for all of them together', async () => {
		const statuses: number[] = []
		// Each on a connection of its own: they are dealt out in turn.
		for (let n = 0; n < 7; n++) statuses.push((await comment('198.51.100.7')).status)
		assert.equal(statuses, [303, 303, 303, 303, 303, 429, 429])
	})

	test('who has signed in to one is known to all', async () => {
		const id = await createAuthor(db.db, {
			...{ slug: 'anna', email: 'anna@example.org', role: 'owner', now: Date.now() },
			names: [{ locale: 'ru', name: 'Анна' }],
		})
		await setPassword(db.db, id, PASSWORD)
		const answer = await send(server.port, '/admin/login', {
			method: 'POST',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: String(new URLSearchParams({ email: 'anna@example.org', password: PASSWORD })),
		})
		const headers = { Cookie: cookieOf(answer) }
		const pages = await Promise.all(Array.from({ length: 6 }, () => send(server.port, '/admin/', { headers })))
		assert.equal([...new Set(pages.map(({ status }) => status))], [200])
	})

	test('what changes through one is changed in all', async () => {
		const titles = async () =>
			new Set(
				(await Promise.all(Array.from({ length: 6 }, () => send(server.port, '/ru/')))).map(
					({ text }) => /<title>(.*?)<\/title>/.exec(text)![1],
				),
			)
		await titles()
		await db.db.transaction().execute((trx) => writeSetting(trx, 'title', 'ru', 'Другое имя'))
		if (database.name === 'PostgreSQL')
			await until(async () => [...(await titles())].every((title) => title!.includes('Другое имя')))
		assert.equal(
			[...(await titles())].map((title) => title!.includes('Другое имя')),
			[true],
		)
	})

	test('they are replaced one after the other, and no reader is refused', async () => {
		const readers = Array.from({ length: READERS }, () => read(server.port))
		const old = server.workers()
		server.signal('SIGHUP')
		await replaced(old)
		const failures = await Promise.all(readers.map(({ end }) => end()))
		assert.equal(failures.flat(), [])
		assert.ok(readers.every(({ answers }) => answers() > 0))
		await works()
	})

	test('one that is killed is replaced; who reads from another does not notice, and the jobs go on', async () => {
		for (const pid of server.workers()) {
			process.kill(pid, 'SIGKILL')
			// The first process deals connections to those it knows to be alive.
			await until(() => !server.workers().includes(pid), DEADLINE)
			await until(async () => (await send(server.port, PATH).catch(() => undefined))?.status === 200, DEADLINE)
			const readers = Array.from({ length: READERS }, () => read(server.port))
			await works()
			await until(() => server.workers().length === 2, DEADLINE)
			const failures = await Promise.all(readers.map(({ end }) => end()))
			assert.equal(failures.flat(), [])
		}
	})

	test('one process alone takes no notice of SIGHUP, which would end it', async () => {
		const alone = await serveBlog({ DATABASE_URL: db.url, DATA_DIR: temporaryFolder('data'), LOG_LEVEL: 'warn' })
		alone.signal('SIGHUP')
		await until(() => alone.errors().includes('not renewed'), DEADLINE)
		assert.is((await send(alone.port, PATH)).status, 200)
		await alone.kill()
	})

	test('a stop under load answers what has come, closes what is kept open, and ends with 0', async () => {
		const agent = new Agent({ keepAlive: true })
		const readers = [...Array.from({ length: READERS }, () => read(server.port, agent)), read(server.port)]
		await until(() => readers.every(({ answers }) => answers() > 20), DEADLINE)
		server.signal('SIGTERM')
		assert.is(await server.ended, 0)
		const failures = await Promise.all(readers.map(({ end }) => end()))
		// A new connection that comes after the last one that was taken is refused, or reset before it is looked at.
		assert.equal(
			failures.flat().filter((failure) => !['ECONNREFUSED', 'ECONNRESET'].includes(failure)),
			[],
		)
	})

	test.run()
}
