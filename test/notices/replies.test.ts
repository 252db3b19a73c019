import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import { at, NOW } from '../support/fixtures.ts'
import type { Letter } from '../support/mail-server.ts'
import { decide, openOffice, say } from './office.ts'

const HOUR = 3_600_000
const VERA = 'vera@example.org'

for (const database of databases) {
	const test = suite(`mails about replies, ${database.name}`)

	/** A blog over HTTP and an office on the same database. */
	async function open() {
		let now = NOW
		const created = await database.create()
		const same = { ...database, create: async () => ({ ...created, drop: async () => {} }) }
		const blog = await startBlog(same, { clock: () => now })
		const { db } = created
		// Authors' own letters are told of elsewhere.
		await db.updateTable('authors').set({ email: null }).execute()
		const office = await openOffice(created, { clock: () => now })
		const close = async () => {
			await office.close()
			await blog.close()
			await created.drop().catch(() => {})
		}
		return {
			...office,
			blog,
			db,
			post: blog.seeded.posts.conference,
			pass: (time: number) => {
				now += time
			},
			close,
		}
	}

	function pathIn(letter: Letter): string {
		return /https:\/\/blog\.example(\/\w+\/subscriptions\/[\w-]+\/)/.exec(letter.text)![1]!
	}

	function answer(mail: Letter[]): Letter {
		assert.is(mail.length, 1)
		return mail[0]!
	}

	test('who ticks the box is asked first, confirms by a button, is told of replies, and ends it by a button', async () => {
		const { office, mail, blog, post, close } = await open()
		const own = await say(office, post, { notify: true })
		const first = answer(await mail())
		assert.equal(first.to, [VERA])
		assert.is(first.headers.get('subject'), 'Подтвердите подписку на ответы')
		assert.match(first.text, 'Под записью «Конференция eGov 2.0» в блоге «Блог Анны» оставили отклик с вашим адресом')
		assert.not.match(first.text, 'Спасибо')
		const path = pathIn(first)

		const asked = await blog.html(path)
		assert.match(
			asked.$('main')!.text,
			'Сообщать вам письмом об ответах на ваш отклик к записи «Конференция eGov 2.0»?',
		)
		assert.is(asked.$('form[method=post] button[type=submit]')!.text, 'Сообщать')
		assert.is(asked.$('meta[name=robots]')!.attributes.content, 'noindex')
		await say(office, post, { name: 'Глеб', email: 'gleb@example.org', parent_id: own })
		assert.is((await mail()).length, 0, 'looking confirms nothing')

		const done = await blog.post(asked.$('main form')!.attributes.action!, {})
		assert.is(done.status, 200)
		assert.match(done.text, 'Готово: об ответах на ваш отклик мы сообщим письмом')
		assert.is(done.headers['cache-control'], 'private, no-store')
		assert.is(done.headers['referrer-policy'], 'same-origin')

		const reply = await say(office, post, {
			name: 'Глеб',
			email: 'gleb@example.org',
			parent_id: own,
			html: '<p>Да!</p>',
		})
		const told = answer(await mail())
		assert.equal(told.to, [VERA])
		assert.is(told.headers.get('subject'), 'Ответ на ваш отклик: Конференция eGov 2.0')
		assert.match(told.text, 'Глеб отвечает на ваш отклик к записи «Конференция eGov 2.0»:\n\n> Да!')
		assert.match(told.text, `https://blog.example/ru/2025/02/konferenciya-egov-2-0/#comment-${reply}`)
		assert.is(told.headers.get('list-unsubscribe'), `<https://blog.example${path}?leave>`)
		assert.is(told.headers.get('list-unsubscribe-post'), 'List-Unsubscribe=One-Click')

		const leave = await blog.html(pathIn(told))
		assert.is(leave.$('main form button')!.text, 'Больше не сообщать')
		assert.match(
			(await blog.post(leave.$('main form')!.attributes.action!, {})).text,
			'писем об ответах на этот отклик больше не будет',
		)
		await say(office, post, { name: 'Глеб', email: 'gleb@example.org', parent_id: own })
		assert.is((await mail()).length, 0)
		assert.match((await blog.html(path, { status: 404 })).$('main')!.text, 'Такой подписки нет')
		await close()
	})

	test('the same in English, for a comment in English', async () => {
		const { office, mail, blog, post, close } = await open()
		const own = await say(office, post, { notify: true, locale: 'en' })
		const first = answer(await mail())
		assert.is(first.headers.get('subject'), 'Confirm that you want replies by e-mail')
		assert.match(pathIn(first), /^\/en\//)
		await blog.post(`${pathIn(first)}?confirm`, {})
		await say(office, post, { name: 'Глеб', email: 'gleb@example.org', parent_id: own, locale: 'ru' })
		const told = answer(await mail())
		assert.is(told.headers.get('subject'), 'Reply to your response: The eGov 2.0 conference')
		assert.match(told.html, '<blockquote lang="ru" dir="auto">Спасибо!</blockquote>')
		await close()
	})

	test("the mail program's own button ends it, whatever the form of its post; a second press does no harm", async () => {
		const { office, mail, blog, db, post, close } = await open()
		await say(office, post, { notify: true })
		const path = pathIn(answer(await mail()))
		await blog.post(`${path}?confirm`, {})
		const body = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
		const headers = { 'Content-Type': 'multipart/form-data; boundary=b' }
		for (let press = 0; press < 2; press++) {
			assert.is((await blog.get(`${path}?leave`, { method: 'POST', headers, body })).status, 200)
		}
		assert.equal(await db.selectFrom('subscriptions').selectAll().execute(), [])
		await close()
	})

	test('replies by the same writer, replies elsewhere and those that wait are not told', async () => {
		const { office, mail, blog, db, post, close } = await open()
		const own = await say(office, post, { notify: true })
		const other = await say(office, post, {})
		await blog.post(`${pathIn(answer(await mail()))}?confirm`, {})
		await say(office, post, { email: 'Vera@Example.ORG', parent_id: own })
		await say(office, post, { email: 'gleb@example.org', parent_id: other })
		const held = await say(office, post, { email: 'gleb@example.org', parent_id: own, status: 'held' })
		assert.is((await mail()).length, 0)
		await decide(office, held, 'approved')
		assert.is((await mail()).length, 1)
		await decide(office, held, 'held')
		await decide(office, held, 'approved')
		assert.is((await mail()).length, 0)
		await db.updateTable('comments').set({ status: 'trash' }).where('id', '=', own).execute()
		await say(office, post, { email: 'gleb@example.org', parent_id: own })
		assert.is((await mail()).length, 0, 'nor replies to what was taken down')
		await close()
	})

	test('an address is asked once an hour at most, and not for spam', async () => {
		const { office, mail, pass, post, close } = await open()
		for (const email of [VERA, 'VERA@example.org', VERA]) await say(office, post, { notify: true, email })
		assert.is((await mail()).length, 1)
		pass(HOUR - 1)
		await say(office, post, { notify: true })
		await say(office, post, { notify: true, email: 'gleb@example.org', status: 'spam' })
		assert.is((await mail()).length, 0)
		pass(2)
		await say(office, post, { notify: true })
		assert.is((await mail()).length, 1)
		await close()
	})

	test('who has confirmed before is subscribed at once, to that comment alone', async () => {
		const { office, mail, blog, db, post, close } = await open()
		await say(office, post, { notify: true })
		await say(office, post, { notify: true })
		await blog.post(`${pathIn(answer(await mail()))}?confirm`, {})
		const third = await say(office, post, { notify: true, email: 'Vera@example.org' })
		const silent = await say(office, post, {})
		assert.is((await mail()).length, 0)
		const rows = await db.selectFrom('subscriptions').select('confirmed_at').execute()
		assert.equal(
			rows.map((row) => row.confirmed_at !== null),
			[true, true, true],
		)
		for (const parent_id of [third, silent]) await say(office, post, { email: 'gleb@example.org', parent_id })
		assert.equal(answer(await mail()).to, ['Vera@example.org'])
		await close()
	})

	test('a wish that was not confirmed for a held comment is asked about while it waits', async () => {
		const { office, mail, post, close } = await open()
		await say(office, post, { notify: true, status: 'held', checked: 'waiting' })
		assert.is((await mail()).length, 0, 'a filter may yet call it spam')
		await say(office, post, { notify: true, status: 'held' })
		assert.is((await mail()).length, 1)
		await close()
	})

	test('a reply on a later page of a long conversation is led to there', async () => {
		const { office, mail, blog, post, close } = await open()
		const own = await say(office, post, { notify: true, created_at: at('2025-03-01T00:00Z') })
		await blog.post(`${pathIn(answer(await mail()))}?confirm`, {})
		for (let count = 0; count < 100; count++) await say(office, post, { parent_id: own })
		await mail()
		const reply = await say(office, post, { email: 'gleb@example.org', parent_id: own })
		assert.match(answer(await mail()).text, `/ru/2025/02/konferenciya-egov-2-0/?comments=2#comment-${reply}\n`)
		const page = await blog.html('/ru/2025/02/konferenciya-egov-2-0/?comments=2')
		assert.ok(page.$(`#comment-${reply}`))
		await close()
	})

	test('odd addresses of subscriptions are answered, not broken', async () => {
		const { blog, close } = await open()
		const unknown = `/ru/subscriptions/${'a'.repeat(32)}/`
		assert.is((await blog.get(unknown)).status, 404)
		assert.is((await blog.get(`/ru/subscriptions/${'%D1%8F'.repeat(32)}/`)).status, 404)
		assert.is((await blog.post(`${unknown}?confirm`, {})).status, 404)
		assert.is((await blog.post(unknown, {})).status, 404)
		assert.is((await blog.post(`${unknown}?leave`, {}, { 'Sec-Fetch-Site': 'cross-site' })).status, 403)
		await close()
	})

	test.run()
}
