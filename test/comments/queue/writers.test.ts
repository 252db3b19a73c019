import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { standingOf } from '../../../src/comments/writers/standing.ts'
import { erasePerson, exportPerson } from '../../../src/privacy/person.ts'
import { type Desk, type DeskBlog, filled, openDesk, parseHtml } from '../../admin/desk.ts'
import { databases } from '../../support/databases.ts'
import { newReader, POST, setPolicy, standing } from '../reader.ts'
import { decide, respond, startQueue, stored, takeBack } from './desk.ts'

const WRITERS = '/admin/responses/writers/'

for (const database of databases) {
	const test = suite(`trust and blocks on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk
	test.before(async () => {
		blog = await startQueue(database)
		anna = await openDesk(blog, 'anna@example.org')
	})
	test.after(() => blog.close())
	test.after.each(() => setPolicy(blog.db, {}))

	let number = 0
	/** Where a new comment goes, and by which rules. */
	const fate = async (fields: Record<string, string>, address?: string) => {
		const text = `Вопрос номер ${++number}: где это было?`
		const headers: Record<string, string> = address ? { 'X-Forwarded-For': address } : {}
		const answer = await newReader(blog).send(
			{ name: 'Кто-то', email: 'kto@example.org', text, ...fields },
			POST,
			headers,
		)
		const id = Number(/comment-(\d+)$/.exec(answer.headers.location!)![1])
		const { status, rules } = await standing(blog.db, id)
		return [status, ...rules].join(' ')
	}
	const type = (value: string, verdict: string) => anna.post(WRITERS, { value, verdict })
	const labels = async () => (await anna.html(WRITERS)).$$('.things strong').map(({ text }) => text)

	test('who is trusted appears at once, also with links; words and sure spam still hold', async () => {
		const id = await respond(blog, { email: 'drug@example.org', name: 'Друг', reasons: '[{"rule":"first"}]' })
		const other = await respond(blog, { email: 'DRUG@example.org', source: 'Второе' })
		const word = await respond(blog, { email: 'drug@example.org', reasons: '[{"rule":"moderation","detail":"х"}]' })
		const path = await decide(anna, 'trust-email', id)
		assert.match((await anna.html(path)).$('#done')!.text, 'Одобрено 2 отклика')
		const states = await Promise.all([id, other, word].map((one) => stored(blog, one)))
		assert.equal(
			states.map(({ status }) => status),
			['approved', 'approved', 'held'],
		)
		const text = 'https://a.example https://b.example https://c.example https://d.example — читал здесь, в книге'
		await setPolicy(blog.db, { maxLinks: 1, moderationWords: ['бузина'] })
		assert.is(await fate({ name: 'Другой', email: 'Drug@Example.org', text }), 'approved trusted')
		assert.is(await fate({ email: 'drug@example.org', text: 'Где растёт бузина?' }), 'held moderation')
		await takeBack(anna, path)
		assert.match(await fate({ name: 'Новый', email: 'drug@example.org' }), 'held first')
		assert.equal((await stored(blog, other)).status, 'held')
	})

	test('who is blocked goes to spam, by e-mail, by site with what is under it, or by address', async () => {
		const id = await respond(blog, {
			email: 'seller@shop.example',
			url: 'https://www.shop.example/a',
			ip: '198.51.100.7',
		})
		assert.match(await fate({ email: 'seller@shop.example' }), 'held first')
		for (const kind of ['email', 'host', 'address']) await decide(anna, `block-${kind}`, id)
		assert.is((await stored(blog, id)).status, 'spam')
		assert.is(await fate({ email: 'Seller@shop.example' }), 'spam blocked')
		assert.is(await fate({ url: 'http://eu.shop.example' }), 'spam blocked')
		assert.is(await fate({ text: 'Смотрите тут: https://shop.example/sale' }), 'spam blocked')
		assert.is(await fate({}, '198.51.100.7'), 'spam blocked')
		assert.match(await fate({ url: 'https://notshop.example' }, '198.51.100.8'), 'held first')
		assert.equal(await labels(), ['198.51.100.…', 'shop.example', 's…@shop.example'])
		assert.match((await anna.html(`/admin/responses/${id}/`)).$('.reasons')!.text, 'решение автора (Анна Ёлкина): спам')
		const all = JSON.stringify(await blog.db.selectFrom('writer_rules').selectAll().execute())
		assert.not.match(all, /seller|198\.51\.100\.7/)
	})

	test('what waits of the same goes too, and comes back when that is taken back', async () => {
		const ids = [1, 2, 3].map((n) => respond(blog, { email: 'flood@example.net', source: `Волна ${n}` }))
		const [one = 0, ...others] = await Promise.all(ids)
		const path = await decide(anna, 'block-email', one)
		assert.match((await anna.html(path)).$('#done')!.text, '3 отклика теперь в спаме')
		await takeBack(anna, path)
		for (const id of [one, ...others]) assert.is((await stored(blog, id)).status, 'held')
		assert.not.ok((await labels()).includes('f…@example.net'))
		assert.match(await fate({ email: 'flood@example.net' }), 'held first')
	})

	test('a mention is trusted or blocked by its site; a comment gains nothing by naming a trusted one', async () => {
		const speaker = { email: '', ip: '', html: '<p>о нас</p>', url: 'https://blog.friend.example/post' }
		const find = (kind: 'comment' | 'webmention', more = {}) =>
			standingOf(blog.db, blog.inside.secret, { ...speaker, kind, ...more })
		await type('friend.example', 'trust')
		assert.equal(await find('webmention'), { trusted: 'friend.example' })
		assert.equal(await find('comment'), {})
		const html = '<p><a href="https://friend.example/x">x</a></p>'
		assert.equal(await find('webmention', { url: 'https://unknown.example/', html }), {})
		await type('https://friend.example/', 'block')
		assert.equal(await find('webmention'), { blocked: 'friend.example' })
		const id = await respond(blog, { kind: 'webmention', url: 'https://blog.friend.example/post', format: 'html' })
		await decide(anna, 'trust-host', id)
		assert.equal(await find('webmention', { url: 'https://friend.example/' }), { blocked: 'friend.example' })
	})

	test('the lists are to be seen, added to and emptied', async () => {
		for (const [value, verdict] of [
			['Новый@Почта.рф', 'trust'],
			['2001:db8:1:2::5', 'block'],
			['xn--e1afmkfd.xn--p1ai', 'block'],
			['https://www.Site.Example/page?x', 'block'],
		] as const) {
			assert.is((await type(value, verdict)).headers.location, `${WRITERS}?done=saved`, value)
		}
		const page = await anna.html(WRITERS)
		const rows = page.$$('.things li')
		for (const label of ['н…@почта.рф', '2001:db8:1:…', 'пример.рф', 'site.example']) {
			assert.ok(
				rows.some(({ text }) => text.includes(label)),
				label,
			)
		}
		for (const row of rows) await anna.post(`${WRITERS}remove/`, filled(row, 'form'))
		assert.equal(await labels(), [])
		assert.is((await anna.post(`${WRITERS}remove/`, { id: '1' })).status, 303)
		for (const [value, verdict] of [
			['', 'block'],
			['просто слова', 'block'],
			['a@b@c', 'block'],
			['localhost', 'block'],
			['203.0.113.5', 'trust'],
		] as const) {
			const answer = await type(value, verdict)
			assert.is(answer.status, 422, value)
			assert.is(parseHtml(answer.text).$('#value')!.attributes.value, value)
		}
	})

	test('what is said of a person is told and erased with the rest; a block stays and tells nothing', async () => {
		await type('zabytyj@person.example', 'block')
		await type('drug@person.example', 'trust')
		const told = (email: string) => exportPerson(blog.db, email).then(({ standing }) => standing?.verdict)
		assert.equal([await told('ZABYTYJ@person.example'), await told('drug@person.example')], ['block', 'trust'])
		for (const email of ['zabytyj@person.example', 'drug@person.example']) await erasePerson(blog.inside, email)
		assert.equal([await told('zabytyj@person.example'), await told('drug@person.example')], ['block', undefined])
		assert.is(await fate({ email: 'zabytyj@person.example' }), 'spam blocked')
		assert.not.match((await anna.html(WRITERS)).text, 'person.example')
	})

	test('authors who don’t look after the whole blog can’t, and don’t see it offered', async () => {
		const boris = await openDesk(blog, 'boris@example.org')
		const id = await respond(blog, { post_id: blog.seeded.posts.night, email: 'a@example.org' })
		assert.is((await boris.post('/admin/responses/', { action: 'block-email', id: String(id) })).status, 403)
		const page = await boris.html(`/admin/responses/${id}/`)
		assert.equal([page.$$('.more button').length, page.$(`[href="${WRITERS}"]`)], [0, undefined])
		assert.ok((await anna.html(`/admin/responses/${id}/`)).$('.more button[value=block-email]'))
	})

	test('what a response doesn’t tell can’t be blocked', async () => {
		const id = await respond(blog)
		for (const action of ['block-email', 'block-host', 'block-address', 'trust-email']) {
			assert.is((await anna.post('/admin/responses/', { action, id: String(id) })).status, 404)
		}
		assert.is((await anna.post('/admin/responses/', { action: 'trust-address', id: String(id) })).status, 400)
	})

	test.run()
}
