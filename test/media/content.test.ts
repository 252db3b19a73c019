import sharp from 'sharp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Desk, type DeskBlog, openDesk, startDesks } from '../admin/desk.ts'
import { databases } from '../support/databases.ts'
import { photo, type SentFile, type Told, uploadJson } from './uploads.ts'

const PDF = '%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n'
const MP4 = Buffer.concat([
	Buffer.from('0000001866747970', 'hex'),
	Buffer.from('isom0000isommp42'),
	Buffer.alloc(2000, 5),
])
const [database] = databases

const test = suite('what is kept of an upload')
let blog: DeskBlog
let anna: Desk

test.before(async () => {
	blog = await startDesks(database!)
	anna = await openDesk(blog, 'anna@example.org')
})
test.after(() => blog.close())

const bring = async (file: SentFile): Promise<Told> => (await uploadJson(blog, anna, [file]))[0]!
const kept = async (file: SentFile) => blog.get((await bring(file)).url)

test('of a photo neither place nor time nor camera is kept, and it stands upright', async () => {
	const photographed = await photo(300, 200)
		.withExif({
			IFD0: { Make: 'Secret Camera', Software: 'Secret', Orientation: '6' },
			IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '55/1 45/1 21/1', GPSLongitudeRef: 'E', GPSLongitude: '37/1 37/1 4/1' },
		})
		.withMetadata({ orientation: 6 })
		.jpeg()
		.toBuffer()
	assert.ok((await sharp(photographed).metadata()).exif!.includes('Secret'))
	for (const [name, content] of [
		['a.jpg', photographed],
		['a.png', await sharp(photographed).keepExif().png().toBuffer()],
		['a.webp', await sharp(photographed).keepExif().webp().toBuffer()],
	] as const) {
		const { bytes } = await kept({ name, content })
		const { width, height, orientation, exif, xmp, iptc } = await sharp(bytes).metadata()
		assert.equal([width, height], [200, 300], name)
		assert.equal([orientation, exif, xmp, iptc], [undefined, undefined, undefined, undefined], name)
		assert.not.ok(bytes.includes('Secret') || bytes.includes('Exif'), name)
	}
})

test('colours of another profile become those of every screen', async () => {
	const wide = await sharp({ create: { width: 50, height: 50, channels: 3, background: '#f00' } })
		.withIccProfile('p3')
		.jpeg()
		.toBuffer()
	const { bytes } = await kept({ name: 'p3.jpg', content: wide })
	const { icc, space } = await sharp(bytes).metadata()
	assert.equal([icc, space], [undefined, 'srgb'])
	const cmyk = await photo(50, 50).toColourspace('cmyk').jpeg().toBuffer()
	assert.is((await sharp((await kept({ name: 'c.jpg', content: cmyk })).bytes).metadata()).space, 'srgb')
})

test('what moves goes on moving', async () => {
	const frames = await Promise.all(
		['#f00', '#0f0', '#00f'].map((background) =>
			sharp({ create: { width: 400, height: 300, channels: 3, background } })
				.png()
				.toBuffer(),
		),
	)
	const moving = sharp(frames, { join: { animated: true } })
	for (const [name, content] of [
		[
			'a.gif',
			await moving
				.clone()
				.gif({ delay: [100, 200, 300], loop: 2 })
				.toBuffer(),
		],
		[
			'a.webp',
			await moving
				.clone()
				.webp({ delay: [100, 200, 300], loop: 2 })
				.toBuffer(),
		],
	] as const) {
		const told = await bring({ name, content })
		assert.equal([told.width, told.height], [400, 300])
		const { pages, delay, loop } = await sharp((await blog.get(told.url)).bytes).metadata()
		assert.equal([pages, delay, loop], [3, [100, 200, 300], 2], name)
	}
})

test('what hides behind or inside a picture is gone', async () => {
	const script = '<script>alert(1)</script>'
	for (const format of ['gif', 'jpeg', 'png', 'webp'] as const) {
		const content = Buffer.concat([await photo(60, 40)[format]().toBuffer(), Buffer.from(`/*${script}*/=1;`)])
		const answer = await kept({ name: `a.${format}`, content })
		assert.not.ok(answer.bytes.includes(script), format)
		assert.is(answer.headers['content-type'], `image/${format}`)
	}
	const comment = await photo(60, 40)
		.withExif({ IFD0: { ImageDescription: script } })
		.jpeg()
		.toBuffer()
	assert.ok(comment.includes(script))
	assert.not.ok((await kept({ name: 'a.jpg', content: comment })).bytes.includes(script))
})

test('the name says nothing: the content does', async () => {
	const png = await photo(60, 40).png().toBuffer()
	for (const [name, stem, shown] of [
		['page.html', 'page', 'page.html'],
		['../../../etc/passwd', 'passwd', 'passwd'],
		['..\\\\..\\\\windows\\\\a.php', 'a', 'a.php'],
		['.htaccess', 'htaccess', '.htaccess'],
		['a%2f..%2fb.png', 'a-2f-2fb', 'a%2f..%2fb.png'],
		['%00.png', '00', '%00.png'],
		[`${'я'.repeat(1000)}.png`, 'я'.repeat(80), 'я'.repeat(200)],
		['Ёлка 🎄 на даче.jpeg', 'Ёлка-на-даче', 'Ёлка 🎄 на даче.jpeg'],
		['‮gnp.exe', 'gnp', '‮gnp.exe'],
		['con.png', 'con', 'con.png'],
	] as const) {
		const told = await bring({ name, content: png })
		const path = decodeURI(told.url)
		assert.ok(path.startsWith(`/media/2025/03/${stem}-`) && /-[\da-f]{8}\.png$/.test(path), `${name} gave ${path}`)
		assert.is(told.name, shown)
		assert.is((await blog.get(told.url)).headers['content-type'], 'image/png')
	}
})

test('sound, film and PDF are kept as they came, and served so that nothing in them runs', async () => {
	for (const [name, content, type] of [
		['a.pdf', Buffer.from(`${PDF}<html><script>alert(1)</script>`), 'application/pdf'],
		['a.mp4', MP4, 'video/mp4'],
		[
			'a.mp3',
			Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0'), Buffer.from('fffb9064', 'hex'), Buffer.alloc(900)]),
			'audio/mpeg',
		],
		['a.wav', Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt '), Buffer.alloc(60)]), 'audio/wav'],
		[
			'a.ogg',
			Buffer.concat([Buffer.from('OggS'), Buffer.alloc(24), Buffer.from('\x01vorbis'), Buffer.alloc(60)]),
			'audio/ogg',
		],
	] as const) {
		const told = await bring({ name, content })
		assert.is(told.error, undefined, name)
		const answer = await blog.get(told.url)
		assert.ok(answer.bytes.equals(content), name)
		assert.is(answer.headers['content-type'], type)
		assert.is(answer.headers['x-content-type-options'], 'nosniff')
		assert.ok(answer.headers['content-security-policy'])
		const part = await blog.get(told.url, { headers: { Range: 'bytes=2-5' } })
		assert.equal([part.status, part.bytes], [206, content.subarray(2, 6)], name)
	}
})

test('an SVG is served without what could run, in a sandbox', async () => {
	const content =
		'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20" onload="alert(1)"><script>alert(1)</script><rect width="9" height="9"/></svg>'
	const told = await bring({ name: 'a.svg', content })
	assert.equal([told.width, told.height, told.mime], [30, 20, 'image/svg+xml'])
	const { text, headers } = await blog.get(told.url)
	assert.not.match(text, /script|onload/)
	assert.match(text, '<rect width="9" height="9">')
	assert.match(headers['content-type']!, /^image\/svg\+xml/)
	assert.match(String(headers['content-security-policy']), /sandbox; default-src 'none'/)
	// Other sites show it, feed readers among them.
	assert.is(headers['cross-origin-resource-policy'], 'cross-origin')
	assert.is(headers['x-content-type-options'], 'nosniff')
})

test('a picture of a hundred million pixels is as much as is decoded', async () => {
	const large = await sharp({ create: { width: 10_000, height: 10_000, channels: 3, background: '#888' } })
		.jpeg()
		.toBuffer()
	assert.equal((await bring({ name: 'a.jpg', content: large })).width, 10_000)
	const larger = await sharp({ create: { width: 10_001, height: 10_000, channels: 3, background: '#888' } })
		.png()
		.toBuffer()
	assert.match((await bring({ name: 'a.png', content: larger })).error!, /пикселей/)
})

test.run()
