import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createPictures } from '../../src/avatars/pictures.ts'
import { openDisk } from '../../src/storage/disk.ts'
import { temporaryFolder } from '../support/folders.ts'

const DAY = 86_400_000
const picture = await sharp({ create: { width: 300, height: 200, channels: 4, background: '#f008' } })
	.withExif({ IFD0: { Copyright: 'Vera' } })
	.png()
	.toBuffer()

/** Pictures over a Gravatar that has this one of everybody; `null` is none, `undefined` no answer. */
function open(has: Buffer | null | undefined) {
	const asked: string[] = []
	const at = { now: Date.now(), has }
	const gravatar = {
		async pictureOf(email: string) {
			asked.push(email)
			await new Promise(setImmediate)
			if (at.has === undefined) throw new Error('down')
			return at.has
		},
	}
	const root = temporaryFolder('storage')
	const pictures = createPictures({ storage: openDisk(root), secret: 'secret', gravatar, clock: () => at.now })
	const folder = join(root, 'avatars')
	return { pictures, asked, at, folder, kept: () => readdir(folder).catch(() => []) }
}

test('a picture is made anew: square, small, a JPEG, with nothing else in it', async () => {
	const { pictures } = open(picture)
	const made = (await pictures.of('vera@example.org'))!
	const { format, width, height, exif } = await sharp(made).metadata()
	assert.equal([format, width, height, exif], ['jpeg', 96, 96, undefined])
})

test('a picture, and that there is none, is kept for a week', async () => {
	for (const has of [picture, null]) {
		const { pictures, asked, at } = open(has)
		const first = await pictures.of('vera@example.org')
		at.now += 6 * DAY
		assert.equal(await pictures.of('Vera@Example.org '), first)
		assert.is(asked.length, 1)
		at.now += 2 * DAY
		await pictures.of('vera@example.org')
		assert.is(asked.length, 2)
	}
})

test('without an answer nothing is kept', async () => {
	const { pictures, at, kept } = open(undefined)
	assert.instance(await pictures.of('vera@example.org').catch((error) => error), Error)
	assert.equal(await kept(), [])
	at.has = picture
	assert.ok(await pictures.of('vera@example.org'))
})

test('what is no picture after all counts as none', async () => {
	const large = Buffer.from(picture)
	// The header says 50,000 by 50,000 pixels.
	large.writeUInt32BE(50_000, 16)
	large.writeUInt32BE(50_000, 20)
	for (const broken of [picture.subarray(0, 60), large]) {
		assert.is(await open(broken).pictures.of('vera@example.org'), null)
	}
})

test('many who ask for one picture at once have it asked for once; of many pictures only some are asked for', async () => {
	const { pictures, asked } = open(picture)
	await Promise.all(Array.from({ length: 100 }, () => pictures.of('vera@example.org')))
	assert.is(asked.length, 1)
	const all = await Promise.allSettled(Array.from({ length: 100 }, (_, number) => pictures.of(`${number}@example.org`)))
	const fetched = all.filter(({ status }) => status === 'fulfilled').length
	assert.ok(fetched >= 16 && fetched < 100, String(fetched))
	assert.is(asked.length, 1 + fetched)
})

test('the names of what is kept tell nobody who has written', async () => {
	const { pictures, kept } = open(picture)
	await pictures.of('vera@example.org')
	const { createHash } = await import('node:crypto')
	const [name] = await kept()
	assert.match(name!, /^[\da-f]{64}$/)
	assert.is.not(name, createHash('sha256').update('vera@example.org').digest('hex'))
})

test('one is forgotten by its address, the others when their week is over', async () => {
	const { pictures, at, kept, folder } = open(picture)
	await pictures.cleanUp()
	await pictures.of('vera@example.org')
	await pictures.of('gena@example.org')
	await pictures.forget('VERA@example.org')
	await pictures.forget('nobody@example.org')
	assert.is((await kept()).length, 1)
	const [name] = await kept()
	const weekAgo = at.now / 1000 - 8 * 24 * 60 * 60
	await utimes(join(folder, name!), weekAgo, weekAgo)
	await pictures.of('later@example.org')
	await pictures.cleanUp()
	assert.is((await kept()).length, 1)
})

test.run()
