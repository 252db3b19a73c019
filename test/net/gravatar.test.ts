import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CircuitOpen } from '../../src/net/circuit.ts'
import { createGravatar } from '../../src/net/gravatar.ts'
import { bytes, type GravatarAnswer, startGravatar } from '../support/gravatar-server.ts'

const test = suite<{ server: Awaited<ReturnType<typeof startGravatar>> }>('Gravatar')

test.before.each(async (context) => {
	context.server = await startGravatar()
})
test.after.each(({ server }) => server.close())

const picture = await sharp({ create: { width: 96, height: 96, channels: 3, background: 'red' } })
	.png()
	.toBuffer()

test('is asked by the hash of the address however it is written, and gives the picture', async ({ server }) => {
	const gravatar = createGravatar({ clock: () => 0, url: server.url })
	server.answer = bytes(picture, 'text/plain')
	assert.ok((await gravatar.pictureOf(' Vera@Example.org '))!.equals(picture))
	const hash = createHash('sha256').update('vera@example.org').digest('hex')
	assert.equal(server.asked, [`/avatar/${hash}?d=404&s=96`])
})

test('says when there is none', async ({ server }) => {
	assert.is(await createGravatar({ clock: () => 0, url: server.url }).pictureOf('vera@example.org'), null)
})

const USELESS: Record<string, GravatarAnswer> = {
	'a page': bytes('<!doctype html><p>Hello'),
	'a drawing that calls itself a picture': bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
	nothing: bytes(''),
	'too much': bytes(Buffer.concat([picture, Buffer.alloc(100 * 1024)])),
	'an error': (answer) => answer.writeHead(500).end(picture),
	'another address': (answer) => answer.writeHead(302, { Location: '/other' }).end(),
	'no answer': (answer) => answer.socket!.destroy(),
	'half an answer': (answer) => answer.writeHead(200, { 'Content-Length': 1000 }).write(picture.subarray(0, 20)),
}

for (const [name, answer] of Object.entries(USELESS)) {
	test(`${name} is no answer`, async ({ server }) => {
		server.answer = answer
		const gravatar = createGravatar({ clock: () => 0, url: server.url, deadline: 300 })
		const error = await gravatar.pictureOf('vera@example.org').catch((error) => error)
		assert.instance(error, Error)
		assert.is(server.asked.length, 1)
	})
}

test('a server that fails five times is left alone for a minute', async ({ server }) => {
	let now = 0
	server.answer = (answer) => answer.socket!.destroy()
	const gravatar = createGravatar({ clock: () => now, url: server.url })
	const ask = () => gravatar.pictureOf('vera@example.org').catch((error) => error)
	for (let number = 0; number < 5; number++) assert.not.instance(await ask(), CircuitOpen)
	assert.instance(await ask(), CircuitOpen)
	assert.is(server.asked.length, 5)
	now = 60_000
	assert.not.instance(await ask(), CircuitOpen)
})

test.run()
