import { setImmediate } from 'node:timers/promises'
import { pino } from 'pino'
import sharp from 'sharp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createFetch } from '../../../src/net/fetch.ts'
import { importWxr } from '../../../src/transfer/commands.ts'
import { type HostileServer, page, startHostile } from '../../net/hostile-server.ts'
import { databases, type TestDatabase } from '../../support/databases.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { inEnglish, item, meta, NOW, written, wxr } from './support.ts'

for (const database of databases) {
	const test = suite<{ made: TestDatabase; server: HostileServer }>(`an import that fetches, on ${database.name}`)

	test.before.each(async (context) => {
		context.made = await database.create()
		context.server = await startHostile()
	})
	test.after.each(async ({ made, server }) => {
		await server.close()
		await made.drop()
	})

	test('brings what the library and the texts name, and leads links, covers and old addresses there', async (context) => {
		const { made, server } = context
		stand(server)
		const report = await take(context, EXPORT)
		const { source, html } = await post(made)
		assert.match(source, /<img src="\/media\/2020\/05\/a-20x15-[\da-f]{8}\.jpg">/)
		assert.match(html, 'width="40"')
		const media = await made.db.selectFrom('media').select(['path', 'mime', 'width']).orderBy('path').execute()
		assert.equal(
			media.map(({ path, mime, width }) => [path.replace(/-[\da-f]{8}/, ''), mime, width]),
			[
				['2020/05/a-20x15.jpg', 'image/jpeg', 40],
				['2020/05/a.jpg', 'image/jpeg', 40],
				['2020/05/фото.jpg', 'image/jpeg', 40],
			],
		)
		assert.ok((await made.db.selectFrom('posts').select('cover_id').executeTakeFirstOrThrow()).cover_id)
		const old = await made.db
			.selectFrom('redirects')
			.selectAll()
			.where('path', '=', '/wp-content/uploads/2020/05/a.jpg')
			.execute()
		assert.match(String(old[0]!.target), /^\/media\/2020\/05\/a-/)
		assert.equal(attachmentsOf(report), { kind: 'attachments', found: 6, taken: 2, already: 0, notTaken: 4 })
		assert.is(report.exitCode, 0)
	})

	test('names each file that did not come, with the reason', async (context) => {
		stand(context.server)
		const { notTaken, notes } = await take(context, EXPORT)
		const reasons = notTaken.map(({ name, reason }) => `${inEnglish(name).split('/').at(-1)}: ${inEnglish(reason)}`)
		assert.equal(reasons.sort(), [
			'gone.jpg: the old blog answers 404',
			'page.jpg: it is a page, not a file',
			'private.jpg: the address may not be fetched',
			'run.php: a page or a program may not stand among the uploads',
		])
		assert.ok(
			notes
				.map((note) => inEnglish(note))
				.includes('a link to an upload stays (the old blog answers 404): 2020/05/lost.png'),
		)
	})

	test('a second run fetches what is missing alone, and earlier posts get it', async (context) => {
		const { made, server } = context
		stand(server)
		await take(context, EXPORT, { fetch: false })
		assert.match((await post(made)).source, 'old.example')
		await take(context, EXPORT)
		assert.match((await post(made)).source, '<img src="/media/2020/05/a-20x15-')
		assert.match((await post(made)).html, 'src="/media/2020/05/a-20x15-')
		assert.match((await post(made)).source, `${HOST}/wp-content/uploads/2020/05/lost.png`)
		assert.ok((await made.db.selectFrom('posts').select('cover_id').executeTakeFirstOrThrow()).cover_id)
		server.asked.length = 0
		server.tricks['/wp-content/uploads/2020/05/lost.png'] = page(await photo(), 'Content-Type: image/png')
		const report = await take(context, EXPORT)
		const paths = server.asked.map((request) => request.split(' ')[1]!.split('/').at(-1))
		assert.equal(paths.sort(), ['gone.jpg', 'lost.png', 'page.jpg'])
		assert.equal(attachmentsOf(report), { kind: 'attachments', found: 6, taken: 0, already: 2, notTaken: 4 })
		assert.match((await post(made)).source, '<img src="/media/2020/05/lost-')
		assert.not.match((await post(made)).source, 'wp-content')
	})

	test('what an author has changed meanwhile keeps the change, and gets the files too', async (context) => {
		const { made, server } = context
		stand(server)
		await take(context, EXPORT, { fetch: false })
		const source = `Changed <img src="${HOST}/wp-content/uploads/2020/05/a.jpg">`
		await made.db.updateTable('translations').set({ source, html: source }).execute()
		await take(context, EXPORT)
		assert.match((await post(made)).source, /^Changed <img src="\/media\/2020\/05\/a-[\da-f]{8}\.jpg">$/)
	})

	test('an interrupted run loses nothing', async (context) => {
		const { server } = context
		stand(server)
		const path = '/wp-content/uploads/2020/05/a.jpg'
		const whole = server.tricks[path]!
		const broken = new AbortController()
		const isOneStored = async () => (await context.made.db.selectFrom('media').select('id').execute()).length === 1
		server.tricks[path] = async () => {
			while (!(await isOneStored())) await setImmediate()
			broken.abort()
		}
		const stopped = await take(context, EXPORT, {}, broken.signal).catch((error: Error) => error)
		assert.instance(stopped, Error)
		server.tricks[path] = whole
		server.asked.length = 0
		const report = await take(context, EXPORT)
		assert.ok(server.asked.some((request) => request.includes(path)))
		assert.not.ok(
			server.asked.some((request) => request.includes(encodeURI('фото.jpg'))),
			'it had come before',
		)
		assert.equal(attachmentsOf(report), { kind: 'attachments', found: 6, taken: 1, already: 1, notTaken: 4 })
	})

	test('a trial asks whether the files are there, and writes nothing', async (context) => {
		const { made, server } = context
		stand(server)
		const report = await take(context, EXPORT, { dryRun: true })
		assert.equal(attachmentsOf(report), { kind: 'attachments', found: 6, taken: 2, already: 0, notTaken: 4 })
		assert.ok(server.asked.every((request) => request.startsWith('HEAD ')))
		assert.equal(await made.db.selectFrom('media').selectAll().execute(), [])
		assert.equal(await made.db.selectFrom('imports').selectAll().execute(), [])
	})

	test('an old blog that is down is left alone after a few files', async (context) => {
		const { server } = context
		const many = Array.from({ length: 50 }, (_, number) => file(number + 10, `2020/05/${number}.jpg`))
		server.tricks['/wp-content'] = (socket) => socket.destroy()
		const report = await take(context, many.join(''))
		assert.ok(server.asked.length <= 6, `${server.asked.length} questions`)
		assert.is(report.notTaken.length, 50)
	})

	test.run()
}

const HOST = 'http://old.example'

function file(id: number, path: string): string {
	const url = path.startsWith('http') ? path : `${HOST}/wp-content/uploads/${path}`
	return item(id, {
		'wp:post_type': 'attachment',
		'wp:post_parent': '1',
		'wp:attachment_url': url,
		link: `${HOST}/photo-${id}/`,
	})
}

const TEXT = `<img src="${HOST}/wp-content/uploads/2020/05/a-20x15.jpg"> <img src="${HOST}/wp-content/uploads/2020/05/lost.png">`
const EXPORT =
	item(1, { 'content:encoded': TEXT }, meta('_thumbnail_id', '2')) +
	file(2, '2020/05/a.jpg') +
	file(3, `2020/05/gone.jpg`) +
	file(4, '2020/05/page.jpg') +
	file(5, 'http://192.168.0.1/wp-content/uploads/2020/05/private.jpg') +
	file(6, '2020/05/run.php') +
	file(7, '2020/05/%D1%84%D0%BE%D1%82%D0%BE.jpg')

function photo(): Promise<Buffer> {
	return sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
		.jpeg()
		.toBuffer()
}

const picture = await photo()

/** The old blog as it was. */
function stand({ tricks }: HostileServer): void {
	const at = (name: string) => `/wp-content/uploads/2020/05/${name}`
	for (const name of ['a.jpg', 'a-20x15.jpg', '%D1%84%D0%BE%D1%82%D0%BE.jpg'])
		tricks[at(name)] = page(picture, 'Content-Type: image/jpeg')
	for (const name of ['gone.jpg', 'lost.png']) tricks[at(name)] = page('', '', '404 Not Found')
	tricks[at('page.jpg')] = page('<p>Not found')
}

function take(
	{ made, server }: { made: TestDatabase; server: HostileServer },
	items: string,
	options: { fetch?: boolean; dryRun?: boolean } = {},
	signal?: AbortSignal,
) {
	const config = { siteUrl: 'https://blog.example', port: 3000, fetchAllow: [server.pair] }
	const safe = createFetch({ config, log: pino({ level: 'silent' }), resolve: async () => ['127.0.0.1'] })
	const fetch: typeof safe = async (address, more) => safe(withPort(address, server), { ...more, signal })
	const target = { languages: ['ru', 'en'], timezone: 'Europe/Moscow', storageUrl: `file:${temporaryFolder('media')}` }
	const export_ = wxr(items).replaceAll('https://old.example', HOST)
	return importWxr({ db: made.db, config: target, fetch, now: NOW }, written(export_), { fetch: true, ...options })
}

/** The old blog listens on a port of its own. */
function withPort(address: string, server: HostileServer): string {
	return address.replace(HOST, server.at('', 'old.example'))
}

async function post({ db }: TestDatabase) {
	return db.selectFrom('translations').select(['source', 'html']).executeTakeFirstOrThrow()
}

function attachmentsOf({ counts }: { counts: { kind: string }[] }) {
	return counts.find(({ kind }) => kind === 'attachments')
}
