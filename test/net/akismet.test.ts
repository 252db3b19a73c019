import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type AkismetComment, createAkismet, NoAnswer } from '../../src/net/akismet.ts'
import { CircuitOpen, createCircuit } from '../../src/net/circuit.ts'
import { type AkismetServer, KEY, type Mode, startAkismet } from '../support/akismet-server.ts'

const COMMENT: AkismetComment = {
	user_ip: '203.0.113.7',
	user_agent: 'Firefox',
	referrer: 'https://blog.example/ru/',
	permalink: 'https://blog.example/ru/2025/02/conference/',
	comment_type: 'comment',
	comment_author: 'Анна',
	comment_author_email: 'anna@example.org',
	comment_author_url: 'https://anna.example.org/',
	comment_content: 'Спасибо & до встречи',
	comment_date_gmt: '2025-03-15T09:00:00.000Z',
	comment_post_modified_gmt: '2025-02-26T09:00:00.000Z',
	honeypot: { name: 'subject', value: '' },
}

const test = suite<{ server: AkismetServer }>('Akismet')

test.before(async (context) => {
	context.server = await startAkismet()
})
test.before.each(({ server }) => {
	server.mode = 'working'
	server.asked.length = 0
})
test.after(({ server }) => server.stop())

test('an exact true is spam, an exact false is not', async ({ server }) => {
	const akismet = open(server)
	assert.is(await akismet.isSpam(COMMENT), false)
	assert.is(await akismet.isSpam({ ...COMMENT, comment_author: 'viagra-test-123' }), true)
})

test('what may be thrown away unseen is spam', async ({ server }) => {
	assert.is(await open(server).isSpam({ ...COMMENT, comment_author: 'viagra-test-123 discard' }), true)
})

test('it is told all it wants, and the key not in the host name', async ({ server }) => {
	await open(server).isSpam({ ...COMMENT, honeypot: { name: 'subject', value: 'Hi' }, recheck_reason: 'recheck' })
	const { honeypot: _, ...fields } = COMMENT
	assert.is(server.asked[0]!.method, 'comment-check')
	assert.is(server.asked[0]!.host, new URL(server.url).host)
	assert.equal(server.asked[0]!.form, {
		...fields,
		blog: 'https://blog.example',
		blog_lang: 'ru, en',
		blog_charset: 'UTF-8',
		api_key: KEY,
		honeypot_field_name: 'subject',
		subject: 'Hi',
		recheck_reason: 'recheck',
	})
})

test('the key is verified', async ({ server }) => {
	assert.is(await open(server).verifyKey(), true)
	assert.is(await open(server, { akismetKey: 'another' }).verifyKey(), false)
})

test('it is told what a response really is', async ({ server }) => {
	await open(server).submit(COMMENT, 'spam')
	await open(server).submit(COMMENT, 'ham')
	assert.equal(
		server.asked.map(({ method, form }) => [method, form.comment_content, form.api_key]),
		[
			['submit-spam', 'Спасибо & до встречи', KEY],
			['submit-ham', 'Спасибо & до встречи', KEY],
		],
	)
})

for (const mode of ['broken', 'long', 'zipped', 'error', 'invalid', 'redirect'] as Mode[]) {
	test(`a ${mode} answer is none`, async ({ server }) => {
		server.mode = mode
		assert.instance(await failure(open(server).isSpam(COMMENT)), NoAnswer)
		assert.instance(await failure(open(server).submit(COMMENT, 'ham')), NoAnswer)
		assert.is(server.asked.length, 2)
	})
}

for (const mode of ['slow', 'trickling'] as Mode[]) {
	test(`a ${mode} server is left at the deadline`, async ({ server }) => {
		server.mode = mode
		const hungUp = server.hungUp()
		assert.match((await failure(open(server, {}, 100).isSpam(COMMENT))).message, 'nothing within 100 ms')
		await hungUp
	})
}

test('a server out of reach gives no answer', async ({ server }) => {
	await server.stop()
	assert.match((await failure(open(server).isSpam(COMMENT))).message, 'ECONNREFUSED')
	await server.start()
})

test('no error tells the key', async ({ server }) => {
	for (const mode of ['error', 'invalid', 'broken', 'long'] as Mode[]) {
		server.mode = mode
		const error = (await failure(open(server).isSpam(COMMENT))) as Error
		assert.not.match(`${error.stack} ${JSON.stringify({ ...error })} ${error.cause}`, KEY)
	}
})

test('a server that failed five times is left alone for a minute, then asked once', async ({ server }) => {
	let now = 0
	const akismet = open(server, {}, 5_000, () => now)
	server.mode = 'error'
	for (let i = 0; i < 5; i++) assert.instance(await failure(akismet.isSpam(COMMENT)), NoAnswer)
	assert.instance(await failure(akismet.isSpam(COMMENT)), CircuitOpen)
	now = 60_000
	const both = await Promise.all([failure(akismet.isSpam(COMMENT)), failure(akismet.isSpam(COMMENT))])
	assert.equal(
		both.map(({ name }) => name),
		['NoAnswer', 'CircuitOpen'],
	)
	assert.is(server.asked.length, 6)
	server.mode = 'working'
	assert.instance(await failure(akismet.isSpam(COMMENT)), CircuitOpen)
	now = 120_000
	assert.is(await akismet.isSpam(COMMENT), false)
	assert.is(await akismet.isSpam(COMMENT), false)
})

test('a success between failures keeps the circuit closed', async () => {
	const circuit = createCircuit({ failures: 2, pause: 1000, clock: () => 0 })
	const fail = () => failure(circuit(() => Promise.reject(new Error('down'))))
	await fail()
	await circuit(async () => 'up')
	await fail()
	assert.is(await circuit(async () => 'up'), 'up')
})

test.run()

function open(server: AkismetServer, settings: { akismetKey?: string } = {}, deadline = 5_000, clock = () => 0) {
	const config = { akismetKey: KEY, akismetUrl: server.url, siteUrl: 'https://blog.example', languages: ['ru', 'en'] }
	return createAkismet({ ...config, ...settings }, { clock, deadline })
}

async function failure(promise: Promise<unknown>): Promise<Error> {
	try {
		await promise
	} catch (error) {
		return error as Error
	}
	throw new Error('it did not fail')
}
