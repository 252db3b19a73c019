import sharp from 'sharp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeSetting } from '../../src/settings/queries.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import { bytes, none, startGravatar } from '../support/gravatar-server.ts'

const POST = '/ru/2025/02/konferenciya-egov-2-0/'
const picture = await sharp({ create: { width: 96, height: 96, channels: 3, background: 'red' } })
	.png()
	.toBuffer()

for (const database of databases) {
	const test = suite(`pictures of writers on ${database.name}`)
	let blog: TestBlog<any>
	let server: Awaited<ReturnType<typeof startGravatar>>

	test.before.each(async () => {
		server = await startGravatar(bytes(picture, 'image/png'))
		blog = await startBlog(database, { gravatarUrl: server.url })
	})
	test.after.each(async () => {
		await blog.close()
		await server.close()
	})

	const turn = (gravatar: boolean) =>
		blog.db.transaction().execute((trx) => writeSetting(trx, 'comments', '', { gravatar }))

	test('are drawn in the page, and Gravatar is never asked, until the author turns it on', async () => {
		const { first } = blog.seeded.responses
		const page = await blog.html(POST)
		assert.ok(page.$(`#comment-${first} svg.avatar`))
		assert.is(page.$$('img.avatar').length, 0)
		assert.is((await blog.get(`/avatars/${first}.jpg`)).status, 404)
		await turn(true)
		assert.is((await blog.get(`/avatars/${first}.jpg`)).status, 200)
		await turn(false)
		assert.is((await blog.get(`/avatars/${first}.jpg`)).status, 404)
		assert.is(server.asked.length, 1)
	})

	test('then come from Gravatar through the blog; who gave no e-mail has a drawn one', async () => {
		const { first, reply } = blog.seeded.responses
		await blog.db.updateTable('comments').set({ email: '' }).where('id', '=', reply).execute()
		await turn(true)
		const page = await blog.html(POST)
		assert.ok(page.$(`#comment-${reply} svg.avatar`))
		const { src, alt, loading, width, height } = page.$(`#comment-${first} img.avatar`)!.attributes
		assert.match(src!, new RegExp(`^/avatars/${first}\\.jpg\\?[\\da-f]{12}$`))
		assert.equal([alt, loading, width, height], ['', 'lazy', '22', '22'])
		const { status, headers } = await blog.get(src!)
		assert.equal(
			[status, headers['content-type'], headers['cache-control']],
			[200, 'image/jpeg', 'public, max-age=86400'],
		)
		assert.is((await blog.get(src!, { headers: { 'If-None-Match': headers.etag! } })).status, 304)
		assert.is((await blog.get(src!, { method: 'HEAD' })).status, 200)
		assert.is(server.asked.length, 1)
	})

	test('are drawn where Gravatar has none or doesn’t answer', async () => {
		const { first } = blog.seeded.responses
		await turn(true)
		for (const [answer, age] of [
			[(response: any) => response.socket.destroy(), 60],
			[none, 86_400],
		] as const) {
			server.answer = answer
			const { status, headers, text } = await blog.get(`/avatars/${first}.jpg`)
			assert.is(status, 200)
			assert.match(headers['content-type'] as string, 'image/svg+xml')
			assert.is(headers['cache-control'], `public, max-age=${age}`)
			assert.is((await sharp(Buffer.from(text)).metadata()).format, 'svg')
		}
	})

	test('are there for approved responses alone', async () => {
		const { held, spam, pingback } = blog.seeded.responses
		await turn(true)
		for (const id of [held, spam, pingback, 999_999, 999_999_999, 0, '9999999999', 'x', '1/../2']) {
			assert.is((await blog.get(`/avatars/${id}.jpg`)).status, 404, String(id))
		}
		assert.equal(server.asked, [])
	})

	test.run()
}
