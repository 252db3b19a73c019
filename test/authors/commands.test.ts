import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { verifyPassword } from '../../src/authors/password.ts'
import { databases, type TestDatabase } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.ts')
const VERA = ['--email', 'Vera@example.org', '--name', 'Вера', '--role', 'editor']

for (const database of databases) {
	const test = suite(`commands for authors on ${database.name}`)
	let stored: TestDatabase
	let env: Record<string, string>

	test.before.each(async () => {
		stored = await database.create()
		env = { PORT: '0', DATABASE_URL: stored.url, DATA_DIR: temporaryFolder('data'), LOG_LEVEL: 'silent' }
	})
	test.after.each(() => stored.drop())

	const start = (...args: string[]) => spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, ...env } })
	const run = async (args: string[], input = '') => {
		const child = start(...args)
		child.stdin.end(input)
		const [out, error, code] = await Promise.all([read(child.stdout), read(child.stderr), ended(child)])
		return { out, error, code }
	}
	const account = (email: string) =>
		stored.db.selectFrom('authors').selectAll().where('email', '=', email).executeTakeFirstOrThrow()

	test('a start without an owner prints one link with the address, and each start another one', async () => {
		const links: string[] = []
		for (const _ of [1, 2]) {
			const child = start('serve')
			const lines = await firstLines(child, 2)
			child.kill('SIGTERM')
			await ended(child)
			const port = /^Listening on http:\/\/127\.0\.0\.1:(\d+)$/.exec(lines[1]!)![1]
			assert.match(lines[0]!, new RegExp(`^Set-up link: http://localhost:${port}/admin/setup\\?token=[\\w-]{43}$`))
			links.push(lines[0]!)
		}
		assert.is.not(links[0]!.split('=')[1], links[1]!.split('=')[1])
		assert.is((await stored.db.selectFrom('links').selectAll().execute()).length, 1)
	})

	// The rest is the same on both, and starting programs takes its time.
	if (database.name === 'SQLite') {
		test('an author is added with a link to choose a password by, or with a password', async () => {
			const added = await run(['author', 'add', ...VERA])
			assert.is(added.code, 0, added.error)
			assert.match(added.out, /^Set-up link: http:\/\/localhost:0\/admin\/setup\?token=[\w-]{43}$/m)
			assert.is((await account('vera@example.org')).password_hash, null)
			const again = await run(['author', 'add', ...VERA, '--password-stdin'], 'correct horse battery\n')
			assert.is(again.code, 0, again.error)
			assert.not.match(again.out, 'Set-up link')
			const { password_hash, role } = await account('vera@example.org')
			assert.ok(await verifyPassword(password_hash, 'correct horse battery'))
			assert.is(role, 'editor')
		})

		test('a password is changed from the standard input, else a link is given', async () => {
			await run(['author', 'add', ...VERA, '--password-stdin'], 'correct horse battery')
			const changed = await run(['author', 'password', 'vera@example.org'], 'another horse battery\r\n')
			assert.is(changed.code, 0, changed.error)
			assert.ok(await verifyPassword((await account('vera@example.org')).password_hash, 'another horse battery'))
			assert.match((await run(['author', 'password', 'VERA@example.org'])).out, /^Set-up link: /)
			const dropped = await run(['author', 'password', 'vera@example.org', '--drop-second-step'])
			assert.match(dropped.out, /without a second step\nSet-up link: /)
		})

		test('what can’t be done is told in one line', async () => {
			await run(['author', 'add', ...VERA, '--password-stdin'], 'correct horse battery')
			for (const [args, input, code, said] of [
				[['author', 'add', ...VERA], '', 1, /already has an account/],
				[['author', 'add', ...VERA.with(1, 'nonsense')], '', 1, /no e-mail address/],
				[['author', 'add', ...VERA.with(5, 'king')], '', 2, /owner/],
				[['author', 'add', ...VERA.with(1, 'b@example.org'), '--password-stdin'], 'short', 1, /fewer than 10/],
				[['author', 'password', 'nobody@example.org'], 'correct horse battery', 1, /no author/],
				[['author', 'password', 'vera@example.org'], 'short', 1, /fewer than 10/],
			] as const) {
				const result = await run([...args], input)
				assert.is(result.code, code, result.error)
				assert.match(result.error, said)
				assert.is(result.error.trim().split('\n').length, 1)
			}
		})
	}

	test.run()
}

async function read(stream: NodeJS.ReadableStream): Promise<string> {
	let text = ''
	for await (const chunk of stream) text += chunk
	return text
}

function ended(child: ChildProcess): Promise<number | null> {
	return new Promise((resolve) => child.on('close', resolve))
}

async function firstLines(child: ChildProcess, count: number): Promise<string[]> {
	let text = ''
	return new Promise((resolve, reject) => {
		child.stdout!.on('data', (chunk) => {
			text += chunk
			if (text.split('\n').length > count) resolve(text.split('\n').slice(0, count))
		})
		child.on('close', () => reject(new Error(`ended after ${text}`)))
	})
}
