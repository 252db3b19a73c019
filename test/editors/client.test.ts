import sharp from 'sharp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import xmlrpc from 'xmlrpc'
import { type DeskBlog, faultsOf, PASSWORD, startDesks } from '../admin/desk.ts'
import { databases } from '../support/databases.ts'

const ANNA = 'anna@example.org'

for (const database of databases) {
	const test = suite(`A client that others wrote, on ${database.name}`)
	let blog: DeskBlog
	let ask: (method: string, ...params: unknown[]) => Promise<any>

	test.before(async () => {
		blog = await startDesks(database)
		const client = xmlrpc.createClient({ url: `${blog.url.replace('localhost', '127.0.0.1')}/xmlrpc.php` })
		ask = (method, ...params) =>
			new Promise((resolve, reject) => {
				client.methodCall(method, params, (error, value) => (error ? reject(error) : resolve(value)))
			})
	})
	test.after(async () => {
		assert.is(blog && faultsOf(blog), '[]')
		await blog.close()
	})

	test('by MetaWeblog it publishes a post with a picture, edits it and deletes it', async () => {
		const blogs = await ask('blogger.getUsersBlogs', 'key', ANNA, PASSWORD)
		assert.equal(
			blogs.map(({ blogid, url }: any) => [blogid, url]),
			[
				['ru', `${blog.url}/ru/`],
				['en', `${blog.url}/en/`],
			],
		)
		const bits = await picture()
		assert.ok(bits.length > 100_000, 'longer than other calls may be')
		const file = { name: 'река.png', type: 'image/png', bits }
		const { url, id } = await ask('metaWeblog.newMediaObject', 'ru', ANNA, PASSWORD, file)
		assert.ok(url.startsWith(`${blog.url}/media/`), url)
		assert.is((await blog.get(new URL(url).pathname)).headers['content-type'], 'image/png')

		const post = {
			title: 'Река &amp; лес',
			description: `<p>Вчера на реке.</p><p><img src="${url}" alt="Лодка"></p>`,
			mt_text_more: '<p>Дальше — лес.</p>',
			categories: ['События'],
			mt_keywords: 'лодки, Книги',
			mt_allow_comments: 0,
			wp_slug: 'reka',
		}
		const number = await ask('metaWeblog.newPost', 'ru', ANNA, PASSWORD, post, true)
		const page = await blog.html('/ru/2025/03/reka/')
		assert.is(page.$('article h1')?.text, 'Река & лес')
		const image = page.$('.e-content img')!.attributes
		assert.is(new URL(image.src!, blog.url).href, url)
		assert.equal([image.alt, image.width], ['Лодка', '400'])
		assert.match(page.$('.e-content')!.text, 'Дальше — лес.')
		assert.equal(
			page
				.$$('.p-category')
				.map(({ text }) => text)
				.sort(),
			['Книги', 'События', 'лодки'],
		)
		assert.is(page.$('form#respond'), undefined)
		assert.ok((await blog.get('/en/2025/03/reka/')).status === 404)

		const stored = await ask('metaWeblog.getPost', number, ANNA, PASSWORD)
		assert.is(stored.title, 'Река & лес')
		assert.is(stored.mt_text_more.trim(), '<p>Дальше — лес.</p>')
		assert.is(stored.permaLink, `${blog.url}/ru/2025/03/reka/`)
		assert.equal(stored.categories, ['События'])
		const [scheduled, latest] = await ask('metaWeblog.getRecentPosts', 'ru', ANNA, PASSWORD, 2)
		assert.equal([scheduled.post_status, latest.postid], ['future', number])

		await ask('metaWeblog.editPost', number, ANNA, PASSWORD, { ...stored, title: 'Озеро', wp_slug: 'ozero' }, true)
		assert.is((await blog.html('/ru/2025/03/ozero/')).$('article h1')?.text, 'Озеро')
		assert.is((await blog.get('/ru/2025/03/reka/')).headers.location, '/ru/2025/03/ozero/')
		assert.ok(Number(id) > 0)

		assert.is(await ask('blogger.deletePost', 'key', number, ANNA, PASSWORD, true), true)
		assert.is((await blog.get('/ru/2025/03/ozero/')).status, 404)
		await refused(ask('metaWeblog.getPost', number, ANNA, PASSWORD), 404)
	})

	test("by WordPress's methods it does the same, in another language", async () => {
		const blogs = await ask('wp.getUsersBlogs', ANNA, PASSWORD)
		assert.equal(
			blogs.map(({ blogid }: any) => blogid),
			['ru', 'en'],
		)
		const file = { name: 'river.png', type: 'image/png', bits: await picture() }
		const { url, id } = await ask('wp.uploadFile', 'en', ANNA, PASSWORD, file)
		const post = {
			post_type: 'post',
			post_status: 'publish',
			post_title: 'By the river',
			post_content: `Yesterday.\n\n<img src="${url}" alt="A boat">`,
			post_excerpt: 'A boat trip',
			post_name: 'river',
			post_thumbnail: Number(id),
			comment_status: 'closed',
			sticky: true,
			terms_names: { category: ['Events'], post_tag: ['boats'] },
		}
		const number = await ask('wp.newPost', 'en', ANNA, PASSWORD, post)
		const page = await blog.html('/en/2025/03/river/')
		assert.is(new URL(page.$('.e-content img')!.attributes.src!, blog.url).href, url)
		assert.equal(
			page
				.$$('.p-category')
				.map(({ text }) => text)
				.sort(),
			['Events', 'boats'],
		)

		const stored = await ask('wp.getPost', 'en', ANNA, PASSWORD, number)
		assert.equal([stored.post_status, stored.sticky, stored.link], ['publish', true, `${blog.url}/en/2025/03/river/`])
		assert.is(stored.post_thumbnail.attachment_id, id)
		assert.equal(stored.terms.map(({ taxonomy, name }: any) => `${taxonomy} ${name}`).sort(), [
			'category Events',
			'post_tag boats',
		])
		const short = await ask('wp.getPost', 'en', ANNA, PASSWORD, number, ['post_title'])
		assert.equal(short, { post_id: number, post_title: 'By the river' })

		await ask('wp.editPost', 'en', ANNA, PASSWORD, number, { post_title: 'By the sea' })
		const changed = await blog.html('/en/2025/03/river/')
		assert.is(changed.$('article h1')?.text, 'By the sea')
		assert.ok(changed.$('.e-content img'), 'what is left out stays')

		assert.is(await ask('wp.deletePost', 'en', ANNA, PASSWORD, number), true)
		assert.is((await blog.get('/en/2025/03/river/')).status, 404)
	})

	test('a wrong password is fault 403, also before a large file', async () => {
		const file = { name: 'a.png', type: 'image/png', bits: await picture() }
		await refused(ask('metaWeblog.getRecentPosts', 'ru', ANNA, 'wrong', 1), 403)
		await refused(ask('metaWeblog.newMediaObject', 'ru', ANNA, 'wrong', file), 403)
	})

	test('a file that is none of those the blog takes is refused, and nothing of it is kept', async () => {
		const file = { name: 'a.png', type: 'image/png', bits: Buffer.from('<html><script>alert(1)</script>') }
		await refused(ask('metaWeblog.newMediaObject', 'ru', ANNA, PASSWORD, file), 400)
		const rows = await blog.db.selectFrom('media').select('id').where('bytes', '<', 100).execute()
		assert.equal(rows, [])
	})

	test.run()
}

async function refused(answer: Promise<unknown>, code: number): Promise<void> {
	const error: any = await answer.then(
		(value) => ({ value }),
		(fault) => fault,
	)
	assert.is(error.faultCode, code, String(error.message ?? JSON.stringify(error)))
}

/** A picture of noise, which no compression makes small. */
function picture(): Promise<Buffer> {
	const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 }
	return sharp({ create: { width: 400, height: 300, channels: 3, background: '#fff', noise } })
		.png()
		.toBuffer()
}
