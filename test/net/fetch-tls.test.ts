import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { dns, wayOut } from './way-out.ts'

const test = suite('safe fetch over TLS')

const [key, cert] = ['key', 'certificate'].map((name) =>
	readFileSync(new URL(`tls/${name}.pem`, import.meta.url), 'utf8'),
)
const asked: string[] = []
const server = createServer({ key, cert }, (question, answer) => {
	asked.push(question.headers.host!)
	answer.writeHead(200, { 'Content-Type': 'text/plain' }).end('Hello')
})
const names = dns({ 'good.example': [['127.0.0.1']], 'other.example': [['127.0.0.1']] })
let port = 0
let refusal: (host: string) => Promise<string>

test.before(async () => {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	port = (server.address() as AddressInfo).port
	const out = wayOut([`127.0.0.1:${port}`], names)
	refusal = (host) => out.refusal(`https://${host}:${port}/`)
})
test.after(() => new Promise<void>((resolve) => server.close(() => resolve())))

test('a certificate that nobody known has signed is refused', async () => {
	assert.is(await refusal('good.example'), 'network')
	assert.equal(asked, [])
})

test('no variable of the environment turns that off', async () => {
	process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
	assert.is(await refusal('good.example'), 'network')
	delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
	assert.equal(asked, [])
})

test('a good certificate proves the name that was asked for, not the address', async () => {
	const usual = getCACertificates('default')
	setDefaultCACertificates([cert!])
	assert.is(await refusal('good.example'), '200')
	assert.is(await refusal('other.example'), 'network')
	assert.is(await refusal('127.0.0.1'), 'network')
	setDefaultCACertificates(usual)
	assert.equal(asked, [`good.example:${port}`])
})

test.run()
