import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openLog } from '../../src/log.ts'
import { startJobs } from '../../src/work.ts'
import { openDesk, PASSWORD, startDesks } from '../admin/desk.ts'
import { until } from '../mentions/exchange.ts'
import { databases } from '../support/databases.ts'
import { startMailServer } from '../support/mail-server.ts'

const POST = '/ru/2025/02/konferenciya-egov-2-0/'
const VERA = { name: 'Вера Тайная', email: 'vera@secret.example', url: 'https://vera-site.example/' }
const VISITOR = '203.0.113.77'
/** Whatever of these reaches the log tells of a person, or opens a door. */
const SECRETS = [
	...['Вера', 'vera@', 'vera-site', 'тайные слова', 'hidden-words', VISITOR, '127.0.0.1', 'Agent/7', 'came-from'],
	...['anna@', 'Анна', PASSWORD, 'no-such@', 'guessed', 'сезам', 'secret-cookie', 'k'.repeat(32), 'setup-token'],
]

for (const database of databases) {
	const test = suite(`the log on ${database.name}`)

	test('after all that readers, authors and other servers do, it has none of them', async () => {
		const mail = await startMailServer({ refuse: (address) => `550 there is no <${address}> here` })
		const blog = await startDesks(database, { env: { TRUST_PROXY: '1', SMTP_URL: mail.url } })
		const worker = await startJobs(blog.inside)
		const headers = {
			'X-Forwarded-For': VISITOR,
			'User-Agent': 'Agent/7',
			Referer: 'https://came-from.example/',
			Cookie: 'lang=ru; other=secret-cookie',
		}
		const form = { ...VERA, text: 'Это тайные слова', notify: '1' }
		assert.is((await blog.post(`${POST}comments/`, form, headers)).status, 303)
		assert.is((await blog.post(`${POST}comments/`, { ...form, email: 'vera@' }, headers)).status, 422)
		await blog.get('/ru/search/?q=hidden-words', { headers })
		await blog.post('/ru/2025/01/dlya-svoih/', { password: 'guessed' }, headers)
		await blog.post('/ru/2025/01/dlya-svoih/', { password: 'сезам' }, headers)
		await blog.post('/admin/login', { email: 'no-such@secret.example', password: 'guessed' }, headers)
		await blog.post('/admin/reset', { email: 'anna@example.org' }, headers)
		const anna = await openDesk(blog, 'anna@example.org')
		await anna.get('/admin/people/')
		await blog.get('/admin/setup/?token=setup-token', { headers })
		const key = 'k'.repeat(32)
		for (const path of [`/preview/${key}`, `/preview/${key}/`, `/webmention/${key}`, `/ru/subscriptions/${key}/`]) {
			await blog.get(path, { headers })
		}
		await blog.post('/webmention', { source: 'https://vera-site.example/', target: 'x' }, headers)
		await blog.post('/xmlrpc', {}, headers)
		// Letters that nobody takes fail in the job, and the mail server names whom they were for.
		await until(() => blog.logs.some(({ kind }) => String(kind).startsWith('mail.')))
		await worker.stop()
		const all = JSON.stringify(blog.logs)
		for (const secret of SECRETS) assert.not.match(all, secret, secret)
		assert.ok(blog.logs.filter(({ msg }) => msg === 'request').length > 15)
		await blog.close()
		await mail.close()
	})

	test('a request has an id, given back and found in the log; that of a proxy in front is kept', async () => {
		const blog = await startDesks(database)
		const own = await blog.get('/ru/?x')
		const given = await blog.get('/ru/?x', { headers: { 'X-Request-Id': 'proxy-0123456789' } })
		const odd = await blog.get('/ru/?x', { headers: { 'X-Request-Id': 'vera@secret.example "}' } })
		assert.match(String(own.headers['x-request-id']), /^[\w-]{36}$/)
		assert.is(given.headers['x-request-id'], 'proxy-0123456789')
		assert.match(String(odd.headers['x-request-id']), /^[\w-]{36}$/)
		const ids = blog.logs.filter(({ msg }) => msg === 'request').map(({ id }) => id)
		assert.equal(
			ids,
			[own, given, odd].map(({ headers }) => headers['x-request-id']),
		)
		await blog.db.destroy()
		const failed = await blog.get('/ru/2025/?x')
		assert.is(failed.status, 503)
		const faults = blog.logs.filter(({ level }) => level === 50)
		assert.ok(faults.length > 0)
		assert.ok(faults.every(({ id }) => id === failed.headers['x-request-id']))
		await blog.close()
	})

	test.run()
}

const errors = suite('errors in the log')

errors('tell their kind, code and place, and nothing that databases and mail servers add', () => {
	const lines: string[] = []
	const log = openLog('info', { write: (line) => void lines.push(line) })
	const cause = Object.assign(new Error('duplicate key'), {
		code: '23505',
		detail: 'Key (email)=(vera@secret.example) already exists.',
		parameters: ['Вера'],
	})
	const error = new Error('550 <vera@secret.example> at postgres://blog:pass%40word@db.example/x', { cause })
	log.error({ err: error }, 'failed')
	const { err } = JSON.parse(lines[0]!)
	assert.equal([err.type, err.cause.code], ['Error', '23505'])
	assert.match(err.stack, 'log.test.ts')
	assert.match(err.message, 'db.example/x')
	assert.not.match(lines[0]!, /vera|Вера|pass|detail/)
	log.error({ err: 'vera@secret.example' }, 'failed')
	assert.not.match(lines[1]!, 'vera')
})

errors.run()
