import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { databases } from './support/databases.ts'
import { temporaryFolder } from './support/folders.ts'
import { send } from './support/http.ts'

const MAIN = join(import.meta.dirname, '..', 'src', 'main.ts')

interface Running {
	process: ChildProcess
	/** What it has said so far. */
	said: { stdout: string; stderr: string }
	/** Its exit code, once it has ended. */
	ended: Promise<number | null>
}

function otklik(args: string[], env: Record<string, string> = {}): Running {
	const own = { PATH: process.env.PATH, PORT: '0', DATA_DIR: temporaryFolder('data'), ...env }
	const child = spawn(process.execPath, [MAIN, ...args], { env: own, stdio: ['ignore', 'pipe', 'pipe'] })
	const said = { stdout: '', stderr: '' }
	for (const name of ['stdout', 'stderr'] as const) {
		child[name].setEncoding('utf8').on('data', (text) => {
			said[name] += text
		})
	}
	return { process: child, said, ended: once(child, 'close').then(([code]) => code) }
}

async function run(args: string[], env?: Record<string, string>) {
	const running = otklik(args, env)
	const code = await running.ended
	return { code, ...running.said }
}

/** Waits for the line that tells where it listens; gives the port. */
async function listening({ process: child, said, ended }: Running): Promise<number> {
	while (!said.stdout.includes('Listening on ')) {
		const data = await Promise.race([once(child.stdout!, 'data'), ended])
		if (!Array.isArray(data)) throw new Error(`It ended: ${said.stderr}`)
	}
	return Number(/^Listening on http:\/\/127\.0\.0\.1:(\d+)$/m.exec(said.stdout)![1])
}

const oneLine = (text: string) => text.trimEnd().split('\n').length === 1

for (const database of databases) {
	const test = suite(`commands on ${database.name}`)

	test('serve makes the blog, tells where it listens, and ends with 0 when told to stop', async () => {
		const { url, drop } = await database.create({ empty: true })
		const running = otklik(['serve'], { DATABASE_URL: url })
		const port = await listening(running)
		assert.match((await send(port, '/ru/')).text, /Добро\sпожаловать/)
		assert.match((await send(port, '/en/')).text, /Welcome\sto(\s|&nbsp;)Otklik/)
		running.process.kill('SIGTERM')
		assert.is(await running.ended, 0)
		await drop()
	})

	test('serve finds what it left, and welcomes nobody twice', async () => {
		const { url, db, drop } = await database.create({ empty: true })
		for (const signal of ['SIGTERM', 'SIGINT'] as const) {
			const running = otklik(['serve'], { DATABASE_URL: url })
			await listening(running)
			running.process.kill(signal)
			assert.is(await running.ended, 0)
		}
		assert.is((await db.selectFrom('posts').selectAll().execute()).length, 1)
		await drop()
	})

	test('logs are lines of JSON on the standard error output', async () => {
		const { url, drop } = await database.create()
		const running = otklik(['serve'], { DATABASE_URL: url })
		await send(await listening(running), '/ru/nowhere/?q=secret')
		running.process.kill('SIGTERM')
		await running.ended
		const lines = running.said.stderr
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line))
		assert.ok(lines.some(({ path, status }) => path === '/ru/nowhere/' && status === 404))
		assert.not.match(running.said.stderr, 'secret')
		assert.not.match(running.said.stdout, '{')
		await drop()
	})

	test('migrate brings an empty database to the newest schema, once', async () => {
		const { url, drop } = await database.create({ empty: true })
		assert.match((await run(['migrate'], { DATABASE_URL: url })).stdout, /^Migrated: 0001_initial/)
		assert.equal(await run(['migrate'], { DATABASE_URL: url }), {
			code: 0,
			stdout: 'The database is up to date\n',
			stderr: '',
		})
		await drop()
	})

	test('a database that is newer than the program is refused in one line, exit 2', async () => {
		const { url, db, drop } = await database.create()
		const row = { name: '9999_future', timestamp: new Date().toISOString() }
		await (db as any).insertInto('kysely_migration').values(row).execute()
		for (const command of ['serve', 'migrate']) {
			const { code, stdout, stderr } = await run([command], { DATABASE_URL: url })
			assert.equal([code, stdout], [2, ''])
			assert.match(stderr, /^otklik: The database is newer than this program.*9999_future/)
			assert.ok(oneLine(stderr))
		}
		await drop()
	})

	test('seed fills the blog with as much as asked', async () => {
		const { url, db, drop } = await database.create()
		const { code, stdout } = await run(['seed', '--posts', '12', '--comments', '5'], { DATABASE_URL: url })
		assert.is(code, 0)
		assert.match(stdout, 'Seeded 12 posts and 5 comments')
		assert.is((await db.selectFrom('posts').selectAll().execute()).length, 12)
		await drop()
	})

	test.run()
}

const test = suite('commands')

test('all bad settings are told at once in one line, exit 2', async () => {
	const { code, stdout, stderr } = await run(['serve'], { PORT: 'x', TIMEZONE: 'Mars/Olympus', LANGUAGES: 'ru,ru' })
	assert.equal([code, stdout], [2, ''])
	assert.match(stderr, /^otklik: PORT must be .*LANGUAGES must be .*TIMEZONE must be /)
	assert.ok(oneLine(stderr))
})

test('a language without texts and a theme that is not there are wrong settings too', async () => {
	for (const [name, value] of Object.entries({ LANGUAGES: 'ru,xx', THEME: 'nothing' })) {
		const { code, stderr } = await run(['serve'], { [name]: value })
		assert.is(code, 2, stderr)
		assert.match(stderr, /^otklik: /)
		assert.ok(oneLine(stderr), stderr)
	}
})

test('a port that is taken, and a database that does not answer, are told in one line, exit 1', async () => {
	const taken = createServer().listen(0, '127.0.0.1')
	await once(taken, 'listening')
	const { port } = taken.address() as AddressInfo
	const database = `postgres://nobody@127.0.0.1:1/nothing`
	for (const [name, value] of Object.entries({ PORT: String(port), DATABASE_URL: database })) {
		const { code, stderr } = await run(['serve'], { [name]: value })
		const told = stderr.split('\n').filter((line) => line.startsWith('otklik: '))
		assert.equal([code, told.length], [1, 1], stderr)
		assert.not.match(stderr, /^ {4}at /m)
	}
	taken.close()
})

test('wrong usage is told on the standard error output, exit 2', async () => {
	for (const args of [['nothing'], ['seed'], ['seed', '--posts', 'many', '--comments', '1'], ['serve', '--nothing']]) {
		const { code, stdout, stderr } = await run(args)
		assert.equal([code, stdout], [2, ''], args.join(' '))
		assert.ok(stderr.length > 0)
	}
})

test('help is no error', async () => {
	const { code, stdout } = await run(['--help'])
	assert.is(code, 0)
	for (const command of ['serve', 'migrate', 'seed']) assert.match(stdout, command)
})

test.run()
