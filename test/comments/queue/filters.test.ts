import { CompiledQuery, sql } from 'kysely'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { listPage } from '../../../src/comments/admin-queries.ts'
import { openDatabase } from '../../../src/db/open.ts'
import { type Desk, type DeskBlog, openDesk } from '../../admin/desk.ts'
import { databases } from '../../support/databases.ts'
import { respond, startQueue } from './desk.ts'

for (const database of databases) {
	const test = suite(`what the queue shows on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk
	test.before(async () => {
		blog = await startQueue(database)
		anna = await openDesk(blog, 'anna@example.org')
	})
	test.after(() => blog.close())

	const shown = async (query: string, desk = anna) =>
		(await desk.html(`/admin/responses/?${query}`)).$$('.response h2').map(({ text }) => text)

	test('any filters go together, and the tabs count within them', async () => {
		await respond(blog, { name: 'Like', kind: 'webmention', mention: 'like', status: 'approved', locale: 'en' })
		await respond(blog, { name: 'Repost', kind: 'webmention', mention: 'repost', status: 'approved' })
		await respond(blog, { name: 'Ответ', kind: 'webmention', mention: 'reply', status: 'spam' })
		assert.equal(await shown('state=approved&kind=like'), ['Like'])
		assert.equal(await shown('state=all&kind=repost&lang=ru'), ['Repost'])
		assert.equal(await shown('state=all&kind=repost&lang=en'), [])
		assert.equal(await shown('state=all&kind=webmention'), ['Ответ'])
		assert.equal(await shown('state=all&kind=pingback&lang=en'), ['Another blog'])
		const page = await anna.html('/admin/responses/?state=approved&lang=en')
		assert.equal(
			page.$$('.filters a').map(({ text }) => text),
			['Ждут решения 0', 'Одобренные 3', 'Спам 1', 'Корзина 0', 'Все'],
		)
		assert.is(page.$('#lang option[selected]')!.attributes.value, 'en')
		assert.match(page.$$('.filters a')[2]!.attributes.href!, /state=spam&lang=en/)
	})

	test('a search finds words of the text, the name, the e-mail, the site and the address, by their beginnings', async () => {
		await respond(blog, {
			name: 'Пётр Ёлкин',
			email: 'petr@pochta.example',
			url: 'https://my-shop.example/sale',
			ip: '203.0.113.77',
			source: 'Продаю самокаты и ёлки',
		})
		for (const q of [
			'самокат',
			'САМОКАТЫ елки',
			'петр',
			'елкин',
			'petr@pochta.example',
			'my-shop.example',
			'203.0.113.77',
		]) {
			assert.equal(await shown(`state=all&q=${encodeURIComponent(q)}`), ['Пётр Ёлкин'], q)
		}
		for (const q of ['окат', '203.0.113.7 ёлки нет', '!!!', '203.113']) {
			assert.equal(await shown(`state=all&q=${encodeURIComponent(q)}`), [], q)
		}
		assert.equal(await shown(`state=spam&q=${encodeURIComponent('самокаты')}`), [])
	})

	test('a search knows what a response says now', async () => {
		const id = await respond(blog, { name: 'Раньше', source: 'звездолёт' })
		await blog.db.updateTable('comments').set({ source: 'паровоз' }).where('id', '=', id).execute()
		assert.equal(
			[
				await shown(`state=all&q=${encodeURIComponent('звездолет')}`),
				await shown(`state=all&q=${encodeURIComponent('паровоз')}`),
			],
			[[], ['Раньше']],
		)
		await blog.db.deleteFrom('comments').where('id', '=', id).execute()
		assert.equal(await shown(`state=all&q=${encodeURIComponent('паровоз')}`), [])
	})

	test('responses of one post are shown, and the post can be chosen', async () => {
		const { night } = blog.seeded.posts
		await respond(blog, { name: 'Под ночью', post_id: night })
		assert.equal(await shown(`state=all&post=${night}`), ['Под ночью'])
		const page = await anna.html(`/admin/responses/?post=${night}`)
		assert.is(page.$('#post option[selected]')!.attributes.value, String(night))
		assert.match(page.$('.more a')!.attributes.href!, `state=all&post=${night}`)
	})

	test('pages go on from the last response, there and back, with the filters', async () => {
		await blog.db.deleteFrom('comments').where('status', '=', 'trash').execute()
		for (let number = 1; number <= 120; number++) await respond(blog, { name: `№ ${number}`, status: 'trash' })
		const first = await anna.html('/admin/responses/?state=trash&lang=ru')
		const names = (page: typeof first) => page.$$('.response h2').map(({ text }) => text)
		assert.equal([names(first)[0], names(first).length, first.$('a[rel=prev]')], ['№ 120', 50, undefined])
		const second = await anna.html(first.$('a[rel=next]')!.attributes.href!)
		assert.equal([names(second)[0], names(second).at(-1)], ['№ 70', '№ 21'])
		const third = await anna.html(second.$('a[rel=next]')!.attributes.href!)
		assert.equal([names(third).length, third.$('a[rel=next]')], [20, undefined])
		const back = await anna.html(third.$('a[rel=prev]')!.attributes.href!)
		assert.equal(names(back), names(second))
		const front = await anna.html(back.$('a[rel=prev]')!.attributes.href!)
		assert.equal([names(front), front.$('a[rel=prev]')], [names(first), undefined])
		assert.match(third.$('[name=place]')!.attributes.value!, 'lang=ru')
	})

	test('an author sees what is said under own posts alone, by whatever filter', async () => {
		const { rows } = await sql<{ id: number; author_id: number }>`select id, author_id from posts`.execute(blog.db)
		const own = rows.find(({ author_id }) => author_id === blog.seeded.authors.boris)!
		await respond(blog, { name: 'У Бориса', post_id: own.id })
		const boris = await openDesk(blog, 'boris@example.org')
		assert.equal(await shown('state=all', boris), ['У Бориса', 'Под ночью'])
		assert.equal(await shown(`state=all&q=${encodeURIComponent('самокаты')}`, boris), [])
		assert.equal(await shown(`state=all&post=${blog.seeded.posts.conference}`, boris), [])
		const page = await boris.html(`/admin/responses/?state=all&post=${blog.seeded.posts.conference}`)
		assert.is(page.$('#post option[selected]'), undefined)
		assert.is(page.$('.filters .quiet')!.text, '0')
	})

	test('nonsense in the query is left out', async () => {
		for (const query of [
			'before=x',
			'before=0',
			'after=999999999',
			'before=99999999999999',
			'post=-1',
			'q=%00%ff',
			'lang=%27',
		]) {
			assert.is((await anna.get(`/admin/responses/?${query}`)).status, 200, query)
		}
		assert.is((await anna.get(`/admin/responses/?q=${encodeURIComponent('а"* OR '.repeat(200))}`)).status, 200)
	})

	test('every filter is answered from indexes', async () => {
		const queries: { sql: string; parameters: readonly unknown[] }[] = []
		const watched = openDatabase(blog.databaseUrl, { pool: 1, onQuery: ({ query }) => queries.push(query) })
		// With few responses, reading all of them would be the best plan.
		if (database.name === 'PostgreSQL') await sql`set enable_seqscan = off`.execute(watched)
		const explain = database.name === 'PostgreSQL' ? 'explain' : 'explain query plan'
		const plans = []
		for (const place of [
			{ state: 'held', q: '' },
			{ state: 'spam', q: '', lang: 'ru', kind: 'like' },
			{ state: 'approved', q: '', author: 1, before: 5000 },
			{ state: 'held', q: '', post: 1 },
			{ state: 'all', q: '', kind: 'repost' },
			{ state: 'all', q: 'слово "два слова"' },
		] as const) {
			await listPage(watched, place, 50)
			const query = queries.at(-1)!
			const raw = CompiledQuery.raw(`${explain} ${query.sql}`, [...query.parameters])
			const { rows } = await watched.executeQuery<Record<string, unknown>>(raw)
			plans.push(rows.map((row) => row.detail ?? row['QUERY PLAN']).join('\n'))
		}
		await watched.destroy()
		for (const plan of plans) assert.not.match(plan, /Seq Scan|SCAN (c|posts)\b/)
		assert.match(
			plans.at(-1)!,
			database.name === 'PostgreSQL' ? 'comments_words' : 'search_index_responses VIRTUAL TABLE',
		)
	})

	test.run()
}
