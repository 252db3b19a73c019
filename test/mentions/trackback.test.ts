import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { databases } from '../support/databases.ts'
import { type Exchange, outcomesOf, POST, responsesBy, settled, startExchange, stranger } from './exchange.ts'

for (const database of databases) {
	const test = suite(`trackbacks on ${database.name}`)
	let exchange: Exchange

	test.before(async () => {
		exchange = await startExchange(database)
	})
	test.after(() => exchange.close())

	const send = (form: Record<string, string>, path: string) => exchange.blog.post(path, form, stranger())

	test('the page of a post names the address, which takes those whose page really links here', async () => {
		const { blog, source, db } = exchange
		const path = (await blog.html(POST)).$('a[rel~=trackback]')!.attributes.href!
		assert.is(path, `/trackback/${blog.seeded.posts.conference}/`)
		const page = source.put('/linked', `<title>Отчёт</title><p>Вот <a href="${blog.url}${POST}">запись</a> о ней.</p>`)
		const bare = source.put('/bare', '<p>Купите слона.</p>')
		const fields = { title: 'Buy now', blog_name: 'Shop', excerpt: '<a href="https://shop.example">buy</a>' }
		for (const url of [page, bare]) {
			const { status, text, headers } = await send({ url, ...fields }, path)
			assert.is(status, 200)
			assert.match(headers['content-type']!, 'xml')
			assert.match(text, '<response><error>0</error></response>')
		}
		await settled(db)
		const [row] = await responsesBy(db, page)
		assert.equal([row!.kind, row!.name, row!.status], ['trackback', 'Отчёт', 'held'])
		assert.not.match(row!.html, 'buy')
		assert.equal(await responsesBy(db, bare), [])
		assert.equal(await outcomesOf(db, bare), ['unlinked'])
		assert.match((await send({ url: page }, path.slice(0, -1))).text, '<error>1</error>')
	})

	test('what is no trackback is answered in XML as well', async () => {
		const { blog } = exchange
		const path = `/trackback/${blog.seeded.posts.conference}/`
		for (const [form, to] of [
			[{}, path],
			[{ url: 'nonsense' }, path],
			[{ url: blog.url + POST }, path],
			[{ url: 'https://other.example/' }, '/trackback/999999999/'],
			[{ url: 'https://other.example/' }, `/trackback/${blog.seeded.posts.scheduled}/`],
			[{ url: 'https://other.example/' }, `/trackback/${blog.seeded.posts.locked}/`],
		] as [Record<string, string>, string][]) {
			const { status, text } = await send(form, to)
			assert.is(status, 200)
			assert.match(text, /^<\?xml .*\n<response><error>1<\/error><message>[^<]+<\/message><\/response>\n$/)
		}
		const json = await blog.get(path, { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } })
		assert.is(json.status, 415)
		assert.match(json.text, '<error>1</error>')
		const opened = await blog.get(path)
		assert.equal([opened.status, opened.headers.location], [302, `${POST}#comments`])
	})

	test.run()
}
