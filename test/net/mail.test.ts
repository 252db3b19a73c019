import { createServer } from 'node:net'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { foldAddress, isAddress } from '../../src/net/address.ts'
import { type Mail, MailRefused, sendMail } from '../../src/net/mail.ts'
import { startMailServer } from '../support/mail-server.ts'

const MAIL: Mail = {
	to: 'vera@example.org',
	fromName: 'Блог Анны',
	subject: 'Отклик на «Очень длинный заголовок, который не помещается в одну строку письма»',
	text: 'Привет\n.\nFrom here',
	html: '<p>Привет</p>',
	id: 'response-7.author-1',
	thread: ['post-3', 'response-5'],
	unsubscribe: 'https://blog.example/ru/subscriptions/abc/?leave',
}

function config(smtpUrl: string, mailFrom = 'otklik@blog.example') {
	return { smtpUrl, mailFrom, siteUrl: 'https://blog.example:8443' }
}

async function failure(work: Promise<unknown>): Promise<Error> {
	return work.then(
		() => assert.unreachable('it went well') as never,
		(error) => error,
	)
}

test('a letter comes with both texts, grouped with others, marked as made by a program, to be ended by one click', async () => {
	const server = await startMailServer()
	await sendMail(config(server.url), MAIL)
	const [letter] = await server.received(1)
	assert.is(letter!.from, 'otklik@blog.example')
	assert.equal(letter!.to, ['vera@example.org'])
	const { headers } = letter!
	assert.is(headers.get('from'), 'Блог Анны <otklik@blog.example>')
	assert.is(headers.get('subject'), MAIL.subject)
	assert.is(headers.get('message-id'), '<response-7.author-1@blog.example-8443>')
	assert.is(headers.get('references'), '<post-3@blog.example-8443> <response-5@blog.example-8443>')
	assert.is(headers.get('in-reply-to'), '<response-5@blog.example-8443>')
	assert.is(headers.get('auto-submitted'), 'auto-generated')
	assert.is(headers.get('list-unsubscribe'), '<https://blog.example/ru/subscriptions/abc/?leave>')
	assert.is(headers.get('list-unsubscribe-post'), 'List-Unsubscribe=One-Click')
	assert.is(letter!.text.trim(), MAIL.text)
	assert.is(letter!.html.trim(), MAIL.html)
	await server.close()
})

test('a letter that nobody subscribed to has no such button, and MAIL_FROM may say the name', async () => {
	const server = await startMailServer()
	const { unsubscribe: _, thread: __, ...plain } = MAIL
	await sendMail(config(server.url, 'Анна <anna@blog.example>'), plain)
	const [{ headers }] = (await server.received(1)) as [(typeof server.letters)[0]]
	assert.is(headers.get('from'), 'Анна <anna@blog.example>')
	assert.not(headers.has('list-unsubscribe') || headers.has('list-unsubscribe-post') || headers.has('in-reply-to'))
	await server.close()
})

test('what somebody typed never becomes a header, an address or a command', async () => {
	const server = await startMailServer()
	const hostile = 'x\r\nBcc: evil@example.org\r\n\r\nBody\r\n.\r\nMAIL FROM:<a@b>\0'
	await sendMail(config(server.url), { ...MAIL, subject: hostile, fromName: hostile, text: hostile, html: hostile })
	const [letter] = await server.received(1)
	assert.equal(letter!.to, ['vera@example.org'])
	const names = letter!.raw.slice(0, letter!.raw.indexOf('\r\n\r\n')).match(/^[\w-]+(?=:)/gm)!
	assert.not(names.map((name) => name.toLowerCase()).includes('bcc'))
	assert.is(server.letters.length, 1)
	for (const to of ['a@b.c\r\nBcc: d@e.f', 'a@b.c, d@e.f', 'A <a@b.c>', 'a@b@c', '"a b"@c.d', '', 'a@b.c\0']) {
		assert.instance(await failure(sendMail(config(server.url), { ...MAIL, to })), MailRefused, to)
	}
	assert.is(server.letters.length, 1)
	await server.close()
})

test('an address refused for good is told from trouble that may pass, and neither is named', async () => {
	const replies: Record<string, string> = {
		'gone@example.org': '550 <gone@example.org> unknown',
		'busy@example.org': '451 <busy@example.org> later',
	}
	const server = await startMailServer({ refuse: (address) => replies[address] })
	const gone = await failure(sendMail(config(server.url), { ...MAIL, to: 'gone@example.org' }))
	assert.instance(gone, MailRefused)
	const busy = await failure(sendMail(config(server.url), { ...MAIL, to: 'busy@example.org' }))
	assert.not.instance(busy, MailRefused)
	assert.not.match(`${JSON.stringify([gone, busy])}${gone.message}${busy.message}${busy.stack}`, 'example.org')
	await server.close()
})

test('a server that is down or hangs up is a failure', async () => {
	const hangsUp = createServer((socket) => socket.destroy())
	await new Promise<void>((resolve) => hangsUp.listen(0, '127.0.0.1', resolve))
	const { port } = hangsUp.address() as { port: number }
	const url = `smtp://127.0.0.1:${port}`
	assert.not.instance(await failure(sendMail(config(url), MAIL)), MailRefused)
	await new Promise((resolve) => hangsUp.close(resolve))
	assert.match((await failure(sendMail(config(url), MAIL))).message, 'ECONN')
})

test('addresses are compared in any case, in any alphabet', () => {
	assert.is(foldAddress(' ВЕРА@Пример.РФ '), 'вера@пример.рф')
	assert.is(foldAddress('Jose\u0301@example.org'), foldAddress('josé@EXAMPLE.org'))
	assert.ok(isAddress('вера@пример.рф') && isAddress("o'neil+blog@example.org"))
	assert.not(isAddress('vera') || isAddress('a b@c.d') || isAddress(`${'a'.repeat(250)}@b.c`))
})

test.run()
