import sharp from 'sharp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import type { seedFixtures } from '../support/fixtures.ts'
import { giveToken, pathIn, program } from './programs.ts'

for (const database of databases) {
	const test = suite(`Micropub on ${database.name}`)
	let blog: TestBlog<Awaited<ReturnType<typeof seedFixtures>>>
	let anna: ReturnType<typeof program>

	test.before(async () => {
		blog = await startBlog(database)
		anna = program(blog, await giveToken(blog.db, blog.seeded.authors.anna))
	})
	test.after(async () => {
		const faults = blog.logs.filter(({ level }) => Number(level) >= 50)
		await blog.close()
		assert.equal(faults, [])
	})
	const source = async (path: string, asked = '') =>
		JSON.parse((await anna.ask(`q=source&url=${encodeURIComponent(blog.url + path)}${asked}`)).text)

	test("a note is made from a form, the specification's own example, in the default language", async () => {
		const path = pathIn(await anna.form('h=entry&content=Hello+World&category[]=foo&category[]=bar'))
		assert.is(path, '/ru/2025/03/hello-world/')
		const page = await blog.html(path)
		assert.is(page.$('.e-content')!.text.trim(), 'Hello World')
		assert.equal(
			page
				.$$('.p-category')
				.map(({ text }) => text)
				.sort(),
			['bar', 'foo'],
		)
	})

	test('an article is made from JSON, its HTML cleaned, its language and address as they are told', async () => {
		const path = pathIn(
			await anna.json({
				type: ['h-entry'],
				properties: {
					name: ['Itinerary'],
					content: [{ html: '<p><b>Hello</b> <script>alert(1)</script>World</p>' }],
					summary: ['Where to go'],
					category: ['events', 'boats'],
					published: ['2025-03-14T23:30:00+01:00'],
					'mp-slug': ['itinerary'],
					'mp-language': ['en'],
				},
			}),
		)
		assert.is(path, '/en/2025/03/itinerary/')
		const page = await blog.html(path)
		assert.is(page.$('article h1')?.text, 'Itinerary')
		assert.is(page.$('.e-content b, .e-content strong')?.text, 'Hello')
		assert.is(page.$('.e-content script'), undefined)
		assert.equal(
			page
				.$$('.p-category')
				.map(({ text }) => text)
				.sort(),
			['Events', 'boats'],
		)
		assert.is(new Date(page.$('.dt-published')!.attributes.datetime!).toISOString(), '2025-03-14T22:30:00.000Z')
	})

	test('a photo is told by its address with its alternative text, and stands in the post', async () => {
		const parts = new FormData()
		parts.append('file', new File([new Uint8Array(await picture())], 'boat.png', { type: 'image/png' }))
		const media = await anna.files('/micropub/media', parts)
		assert.is(media.status, 201)
		const photo = { value: media.headers.location!, alt: 'A [red] boat' }
		const path = pathIn(
			await anna.json({ type: ['h-entry'], properties: { content: ['On the river'], photo: [photo] } }),
		)
		const image = (await blog.html(path)).$('.e-content img')!.attributes
		assert.is(new URL(image.src!, blog.url).href, photo.value)
		assert.equal([image.alt, image.width], ['A [red] boat', '20'])
	})

	test('a photo comes with the form itself', async () => {
		const parts = new FormData()
		parts.append('h', 'entry')
		parts.append('content', 'Nice sunset tonight')
		parts.append('photo', new File([new Uint8Array(await picture())], 'sunset.png', { type: 'image/png' }))
		const page = await blog.html(pathIn(await anna.files('/micropub', parts)))
		assert.match(page.$('.e-content img')!.attributes.src!, /\/media\/2025\/03\/sunset-\w+\.png$/)
	})

	test('an answer to another page links to it', async () => {
		const path = pathIn(
			await anna.form({ h: 'entry', content: 'Well said', 'in-reply-to': 'https://other.example/a?b=1&c=2' }),
		)
		assert.ok((await blog.html(path)).$('.e-content a[href="https://other.example/a?b=1&c=2"]'))
	})

	test('a draft is seen by nobody, and published by an update, which tells the new address', async () => {
		const made = await anna.form({ h: 'entry', name: 'Черновик', content: 'Потом', 'post-status': 'draft' })
		assert.match(made.headers.location!, /\/admin\/posts\/\d+\/ru\/$/)
		assert.is((await blog.get('/ru/2025/03/chernovik/')).status, 404)
		const update = { action: 'update', url: made.headers.location, replace: { 'post-status': ['published'] } }
		assert.is(pathIn(await anna.json(update)), '/ru/2025/03/chernovik/')
		assert.is((await blog.get('/ru/2025/03/chernovik/')).status, 200)
	})

	test('an update replaces, adds and deletes, and what is told of the source agrees', async () => {
		const path = pathIn(await anna.form('h=entry&name=First&content=One&category[]=a&category[]=b&mp-slug=updates'))
		const url = blog.url + path
		const update = async (change: object) => {
			const { status, text } = await anna.json({ action: 'update', url, ...change })
			assert.is(status, 204, text)
		}
		await update({ replace: { content: ['hello moon'] } })
		await update({ add: { category: ['c'] } })
		await update({ delete: { category: ['a'] } })
		assert.equal(await source(path, '&properties[]=content&properties[]=category'), {
			properties: { content: ['hello moon'], category: ['b', 'c'] },
		})
		await update({ delete: ['category', 'name'] })
		const { type, properties } = await source(path)
		assert.equal(
			[type, properties.category, properties.name, properties.content],
			[['h-entry'], [], undefined, ['hello moon']],
		)
		assert.is((await blog.html(path)).$('.e-content')!.text.trim(), 'hello moon')
	})

	test('what is deleted is gone, until it is brought back', async () => {
		const path = pathIn(await anna.form({ h: 'entry', name: 'Gone', content: 'Soon' }))
		const url = blog.url + path
		assert.is((await anna.form({ action: 'delete', url })).status, 204)
		assert.is((await blog.get(path)).status, 404)
		assert.is((await anna.ask(`q=source&url=${encodeURIComponent(url)}`)).status, 400)
		assert.is((await anna.json({ action: 'undelete', url })).status, 204)
		assert.is((await blog.get(path)).status, 200)
	})

	test('what can be asked is answered', async () => {
		const ask = async (query: string) => JSON.parse((await anna.ask(query)).text)
		const config = await ask('q=config')
		assert.is(config['media-endpoint'], `${blog.url}/micropub/media`)
		assert.equal(config['syndicate-to'], [])
		assert.equal(await ask('q=syndicate-to'), { 'syndicate-to': [] })
		assert.ok((await ask('q=category')).categories.includes('Заметки'))
		assert.ok((await ask('q=category&lang=en')).categories.includes('Events'))
	})

	test('a page tells programs where to go, and editors what to call', async () => {
		const page = await blog.html('/en/')
		assert.is(page.$('link[rel=micropub]')!.attributes.href, '/micropub')
		const { type, href } = page.$('link[rel=EditURI]')!.attributes
		assert.is(type, 'application/rsd+xml')
		const rsd = await blog.get(href!)
		assert.match(rsd.headers['content-type']!, /^application\/rsd\+xml/)
		assert.ok(rsd.text.includes(`<api name="WordPress" blogID="en" preferred="true" apiLink="${blog.url}/xmlrpc"/>`))
		assert.match((await blog.get('/rsd.xml')).text, /name="MetaWeblog" blogID="ru"/)
	})

	test.run()
}

function picture(): Promise<Buffer> {
	return sharp({ create: { width: 20, height: 10, channels: 3, background: '#c00' } })
		.png()
		.toBuffer()
}
