import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Db } from '../../src/db/schema.ts'
import { noticeHandlers } from '../../src/notices/handlers.ts'
import { databases } from '../support/databases.ts'
import { NOW, seedFixtures } from '../support/fixtures.ts'
import { decide, openOffice, say } from './office.ts'

const MINUTE = 60_000

for (const database of databases) {
	const test = suite(`mails about responses, ${database.name}`)

	async function open(options: Parameters<typeof openOffice>[1] = {}) {
		const created = await database.create()
		const { posts, authors } = await seedFixtures(created.db)
		await created.db.updateTable('comments').set({ status: 'approved', told: 1 }).where('status', '=', 'held').execute()
		await created.db.updateTable('authors').set({ password_hash: 'x' }).execute()
		const office = await openOffice(created, options)
		const close = async () => {
			await office.close()
			await created.drop()
		}
		return { ...office, db: created.db, posts, authors, close }
	}

	async function moderator(db: Db, id: number, language: string, role: 'owner' | 'editor' = 'owner') {
		await db.updateTable('authors').set({ role, language, password_hash: 'x' }).where('id', '=', id).execute()
	}

	test('the author of a post is told of a new response in the language of the account', async () => {
		const { office, mail, db, posts, authors, close } = await open()
		const html = `<p>Первый абзац.</p><p>${'Очень длинный текст. '.repeat(100)}</p>`
		const id = await say(office, posts.conference, { name: 'Вера <b>', html })
		const [russian, ...rest] = await mail()
		assert.is(rest.length, 0)
		assert.equal(russian!.to, ['anna@example.org'])
		assert.is(russian!.headers.get('subject'), 'Отклик на «Конференция eGov 2.0»')
		assert.is(russian!.headers.get('from'), 'Блог Анны <otklik@blog.example>')
		assert.match(
			russian!.text,
			'Вера <b> откликается на запись «Конференция eGov 2.0»:\n\n> Первый абзац. Очень длинный',
		)
		assert.ok(russian!.text.length < 1500)
		const address = `https://blog.example/ru/2025/02/konferenciya-egov-2-0/#comment-${id}`
		assert.match(russian!.text, `Прочитать и ответить:\n${address}`)
		assert.match(russian!.text, `Это спам:\nhttps://blog.example/admin/responses/?id=${id}&action=spam`)
		assert.match(russian!.text, `В корзину:\nhttps://blog.example/admin/responses/?id=${id}&action=trash`)
		assert.match(russian!.html, `<html lang="ru" dir="ltr">`)
		assert.match(russian!.html, 'Вера &lt;b&gt; откликается')
		assert.match(russian!.html, `<a href="${address}">`)

		await db.updateTable('authors').set({ language: 'en' }).where('id', '=', authors.anna).execute()
		const reply = await say(office, posts.conference, { name: '', parent_id: id, html: '<p>Да</p>' })
		const [english] = await mail()
		assert.is(english!.headers.get('subject'), 'Response to “The eGov 2.0 conference”')
		assert.match(english!.text, 'Anonymous has responded to')
		assert.match(english!.text, `https://blog.example/en/2025/02/egov-2-0-conference/#comment-${reply}`)
		assert.is(english!.headers.get('references'), russian!.headers.get('references'))
		assert.not(english!.headers.has('list-unsubscribe'))
		await close()
	})

	test('nobody is told twice, of what they said, or of what they decided', async () => {
		const { office, mail, posts, authors, close } = await open()
		const id = await say(office, posts.conference, {})
		assert.is((await mail()).length, 1)
		await decide(office, id, 'held')
		await decide(office, id, 'approved')
		assert.is((await mail()).length, 0)
		await say(office, posts.conference, { author_id: authors.anna, email: '' })
		await say(office, posts.conference, { email: 'ANNA@example.org' })
		await say(office, posts.conference, { by: authors.anna })
		assert.is((await mail()).length, 0)
		await close()
	})

	test('what was taken down before its letter was sent is not told; spam and trash never are', async () => {
		const { office, mail, posts, close } = await open()
		const id = await say(office, posts.conference, {})
		await decide(office, id, 'trash')
		await say(office, posts.conference, { status: 'spam', notify: true })
		assert.is((await mail()).length, 0)
		await close()
	})

	test('of a post whose author has no address or no password yet the owners are told', async () => {
		const { office, mail, db, posts, authors, close } = await open()
		await moderator(db, authors.anna, 'ru')
		for (const without of [{ email: null }, { password_hash: null, email: 'boris@example.org' }]) {
			await db.updateTable('authors').set(without).where('id', '=', authors.boris).execute()
			await say(office, posts.night, {})
			const letters = await mail()
			assert.equal(
				letters.map(({ to }) => to[0]),
				['anna@example.org'],
			)
		}
		await close()
	})

	test('moderators who can sign in are told how many responses wait, each in their language', async () => {
		const { office, mail, db, posts, authors, close } = await open()
		await moderator(db, authors.anna, 'ru')
		await moderator(db, authors.boris, 'en', 'editor')
		const ids = []
		for (const name of ['Вера', 'Гена']) ids.push(await say(office, posts.conference, { name, status: 'held' }))
		const letters = (await mail()).toSorted((a, b) => a.to[0]!.localeCompare(b.to[0]!))
		assert.equal(
			letters.map(({ to }) => to[0]),
			['anna@example.org', 'boris@example.org'],
		)
		const [anna, boris] = letters
		assert.is(anna!.headers.get('subject'), '2 отклика ждут решения — Блог Анны')
		assert.is(boris!.headers.get('subject'), "2 responses await your decision — Anna's blog")
		for (const id of ids) {
			for (const action of ['approve', 'spam', 'trash']) {
				assert.match(anna!.text, `https://blog.example/admin/responses/?id=${id}&action=${action}\n`)
			}
		}
		assert.match(anna!.text, 'https://blog.example/admin/responses/?state=held')
		await close()
	})

	test('an author who may not decide, or has no password, hears nothing of what waits', async () => {
		const { office, mail, db, posts, authors, close } = await open()
		await db.updateTable('authors').set({ password_hash: null }).where('id', '=', authors.anna).execute()
		await say(office, posts.night, { status: 'held' })
		assert.is((await mail()).length, 0)
		await close()
	})

	test('a moderator gets one letter in ten minutes, with all that waits by then', async () => {
		// PostgreSQL's queue goes by its own clock: to it, all of this is due.
		let now = Date.now() - 60 * MINUTE
		const { office, turn, turnAgain, letters, db, posts, authors, close } = await open({ clock: () => now })
		await moderator(db, authors.anna, 'ru')
		await say(office, posts.conference, { status: 'held' })
		await turn()
		for (let more = 0; more < 4; more++) await say(office, posts.conference, { status: 'held' })
		await turn()
		assert.is(letters.length, 1)
		now += 9 * MINUTE
		await turnAgain('mail.held')
		assert.is(letters.length, 1)
		now += 2 * MINUTE
		await turnAgain('mail.held')
		assert.equal(
			letters.map(({ headers }) => headers.get('subject')),
			['1 отклик ждёт решения — Блог Анны', '5 откликов ждут решения — Блог Анны'],
		)
		await close()
	})

	test('what is decided before the letter is sent is not told as waiting', async () => {
		const { office, mail, db, posts, authors, close } = await open()
		await moderator(db, authors.anna, 'ru')
		const id = await say(office, posts.conference, { status: 'held' })
		await db.updateTable('comments').set({ status: 'spam' }).where('id', '=', id).execute()
		assert.is((await mail()).length, 0)
		await close()
	})

	test('what a filter has yet to check is told to moderators later, when it still waits', async () => {
		const { office, mail, db, posts, authors, close } = await open()
		await moderator(db, authors.anna, 'ru')
		const id = await say(office, posts.conference, { status: 'held', checked: 'waiting' })
		assert.is((await mail()).length, 0)
		await db.updateTable('comments').set({ checked: 'done' }).where('id', '=', id).execute()
		await decide(office, id, 'held')
		assert.is((await mail()).length, 1)
		await close()
	})

	test('of several letters about what waits, due at once, one is sent', async () => {
		const { office, turn, letters, db, posts, authors, close } = await open()
		await moderator(db, authors.anna, 'ru')
		await say(office, posts.conference, { status: 'held' })
		const send = noticeHandlers(office)['mail.held']!
		const sent = await Promise.allSettled([1, 2, 3].map(() => send({ author: authors.anna }, {} as never)))
		assert.equal(sent.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected'])
		await turn()
		assert.is(letters.length, 1)
		await close()
	})

	test('while the mail server is down letters wait; when it is back each comes once', async () => {
		const { office, turn, turnAgain, stopServer, restartServer, posts, close } = await open()
		await stopServer()
		await say(office, posts.conference, {})
		await say(office, posts.night, {})
		const errors = await turn()
		assert.is(errors.length, 2)
		assert.match(errors[0]!.message, 'ECONN')
		const server = await restartServer()
		assert.equal(await turnAgain('mail.response'), [])
		assert.equal(server.letters.map(({ to }) => to[0]).sort(), ['anna@example.org', 'boris@example.org'])
		assert.equal(await turnAgain('mail.response'), [])
		assert.is(server.letters.length, 2)
		await close()
	})

	test('without SMTP_URL nothing is written down and nothing is sent', async () => {
		const { office, turn, letters, db, posts, authors, close } = await open({ env: { SMTP_URL: '' } })
		await moderator(db, authors.anna, 'ru')
		await say(office, posts.conference, { notify: true })
		await say(office, posts.conference, { status: 'held', notify: true })
		assert.equal(await turn(), [])
		assert.is(letters.length, 0)
		assert.equal(await db.selectFrom('subscriptions').selectAll().execute(), [])
		assert.equal(
			await db.selectFrom('comments').select('id').where('told', '=', 1).where('created_at', '>', NOW).execute(),
			[],
		)
		await close()
	})

	test.run()
}
