import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { databases } from '../support/databases.ts'
import { at } from '../support/fixtures.ts'
import { cookieOf, type Desk, type DeskBlog, desk, filled, openDesk, PASSWORD, parseHtml, startDesks } from './desk.ts'

const POST = '/ru/2025/02/konferenciya-egov-2-0/'

for (const database of databases) {
	const test = suite(`the queue of responses on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk

	test.before.each(async () => {
		blog = await startDesks(database)
		anna = await openDesk(blog, 'anna@example.org')
	})
	test.after.each(() => blog.close())

	const isShown = async (id: number) => (await blog.html(POST)).$(`#comment-${id}`) !== undefined
	const act = (action: string, ...ids: number[]) =>
		anna.post('/admin/responses/', { action, id: ids.map(String), place: 'state=held' })

	test('shows those that wait first, with all that helps to decide', async () => {
		const { held } = blog.seeded.responses
		await blog.db
			.updateTable('comments')
			.set({
				reasons: JSON.stringify([{ rule: 'first' }, { rule: 'moderation', detail: 'казино' }, { rule: 'new one' }]),
			})
			.where('id', '=', held)
			.execute()
		const page = await anna.html('/admin/responses/')
		assert.is(page.$('.filters [aria-current]')!.text, 'Ждут решения 1')
		const [shown] = page.$$('.response')
		assert.match(shown!.text, /Новенький.*reader@example.org.*Ещё не одобрено/)
		assert.match(shown!.text, 'Конференция eGov 2.0')
		assert.equal(
			shown!.$$('.reasons li').map(({ text }) => text),
			['пишет впервые', 'слово, которое задерживает отклики: казино', 'решение правил блога'],
		)
	})

	test('every decision shows at once to readers', async () => {
		const { held } = blog.seeded.responses
		assert.is(await isShown(held), false)
		for (const [action, shown] of [
			['approve', true],
			['spam', false],
			['approve', true],
			['hold', false],
			['approve', true],
			['trash', false],
		] as const) {
			const answer = await act(action, held)
			assert.is(answer.status, 303)
			assert.match(answer.headers.location!, /^\/admin\/responses\/\?state=held&undo=[\w-]{24}$/)
			assert.is(await isShown(held), shown, action)
		}
		assert.ok((await anna.html('/admin/responses/?state=trash')).$(`#response-${held}`))
	})

	test('many are decided at once, and those that are gone are passed over', async () => {
		const { first, reply, pingback } = blog.seeded.responses
		assert.is((await act('spam', first, reply, pingback, 999_999)).status, 303)
		for (const id of [first, reply, pingback]) assert.is(await isShown(id), false)
		assert.is((await act('spam')).headers.location, '/admin/responses/?state=held&done=none')
		assert.ok((await anna.html('/admin/responses/?done=none')).$('[role=status]'))
	})

	test('no decision is 400, nothing is changed by reading', async () => {
		for (const action of ['', 'delete', 'constructor']) assert.is((await act(action, 1)).status, 400)
		const { first } = blog.seeded.responses
		assert.is((await anna.get(`/admin/responses/?action=spam&id=${first}`)).status, 200)
		assert.is(await isShown(first), true)
	})

	test('a link of a letter leads through sign-in to one response and one button', async () => {
		const { held } = blog.seeded.responses
		await blog.db
			.updateTable('comments')
			.set({ reasons: JSON.stringify([{ rule: 'first' }]) })
			.where('id', '=', held)
			.execute()
		for (const [action, question] of [
			['approve', 'Одобрить этот отклик?'],
			['spam', 'Это спам?'],
			['hold', 'Отложить этот отклик?'],
			['trash', 'Переместить этот отклик в корзину?'],
		] as const) {
			const link = `/admin/responses/?id=${held}&action=${action}`
			const gate = (await blog.get(link)).headers.location!
			const form = (await blog.html(gate)).$('main form')!.attributes.action!
			const answer = await blog.post(form, { email: 'anna@example.org', password: PASSWORD })
			assert.is(answer.headers.location, link)
			const page = await desk(blog, cookieOf(answer)).html(link)
			assert.is(page.$('h1')!.text, question)
			assert.match(page.$('.response')!.text, /Новенький.*Ещё не одобрено.*пишет впервые/)
			assert.equal([page.$$('.response').length, page.$$('main button').length], [1, 1])
			const button = page.$('main button')!
			const sent = { ...filled(page, '.decide'), [button.attributes.name!]: button.attributes.value! }
			const { status, headers } = await anna.post(page.$('.decide')!.attributes.action!, sent)
			assert.is(status, 303)
			assert.match(headers.location!, /\?state=held&(undo=[\w-]{24}|done=same)$/)
			assert.is(await isShown(held), action === 'approve')
		}
	})

	test('a response that was decided on so already says it, without a button', async () => {
		const { first, held, spam } = blog.seeded.responses
		for (const [id, action, told] of [
			[first, 'approve', 'Этот отклик уже одобрен.'],
			[held, 'hold', 'Этот отклик уже ждёт решения.'],
			[spam, 'spam', 'Этот отклик уже отмечен как спам.'],
		] as const) {
			const page = await anna.html(`/admin/responses/?id=${id}&action=${action}`)
			assert.is(page.$('[role=status]')!.text, told)
			assert.is(page.$$('main button').length, 0)
		}
	})

	test('a link to a response that is gone is 404 in the author’s language, one that asks for nothing known 400', async () => {
		await blog.db.updateTable('authors').set({ language: 'en' }).where('slug', '=', 'anna').execute()
		for (const id of ['999999', '0', '99999999999', '-1', 'x', '']) {
			const page = await anna.html(`/admin/responses/?id=${id}&action=approve`, 404)
			assert.is(page.attributes.lang, 'en')
		}
		const { held } = blog.seeded.responses
		for (const query of ['', '&action=', '&action=delete', '&action=toString']) {
			assert.is((await anna.get(`/admin/responses/?id=${held}${query}`)).status, 400, query)
		}
	})

	test('an author’s reply approves what it answers, and stands under it', async () => {
		const { held } = blog.seeded.responses
		const answer = await anna.post(`/admin/responses/${held}/reply/`, {
			text: 'Спасибо, **Новенький**!',
			approve: '1',
			place: 'state=held',
		})
		assert.match(answer.headers.location!, /\?state=held&undo=[\w-]{24}$/)
		const page = await blog.html(POST)
		assert.ok(page.$(`#comment-${held}`))
		const [reply] = await blog.db.selectFrom('comments').selectAll().where('parent_id', '=', held).execute()
		assert.match(page.$(`#comment-${reply!.id}`)!.text, 'Спасибо, Новенький!')
		assert.is(reply!.author_id, blog.seeded.authors.anna)
		assert.is(reply!.name, 'Анна Ёлкина')
	})

	test('a reply that can’t be taken is shown again with its text', async () => {
		const { held } = blog.seeded.responses
		for (const text of ['  ', 'я'.repeat(10_001)]) {
			const answer = await anna.post(`/admin/responses/${held}/reply/`, { text, place: 'state=held' })
			assert.is(answer.status, 422)
			const page = parseHtml(answer.text)
			assert.ok(page.$('[role=alert]'))
			assert.is(page.$(`#reply-${held}`)!.text, text.trim())
		}
		assert.is((await anna.post('/admin/responses/999999/reply/', { text: 'а' })).status, 404)
		assert.is(await isShown(held), false)
	})

	test('hostile responses are shown as text', async () => {
		const { held } = blog.seeded.responses
		await blog.db
			.updateTable('comments')
			.set({ name: '<script>1</script>', email: '"><b>', url: 'javascript:alert(1)' })
			.where('id', '=', held)
			.execute()
		const page = await anna.html('/admin/responses/')
		assert.is(page.$('.response h2')!.text, '<script>1</script>')
		assert.is(page.$$('.queue script').length, 0)
		assert.is(page.$$('.who a[href^="javascript"]').length, 0)
	})

	test('the queue has 50 a page', async () => {
		const rows = Array.from({ length: 60 }, (_, number) => ({
			post_id: blog.seeded.posts.conference,
			parent_id: null,
			kind: 'comment' as const,
			status: 'spam' as const,
			locale: 'en',
			name: `Writer ${number}`,
			format: 'text' as const,
			source: 'Hello',
			html: '<p>Hello</p>',
			author_id: null,
			created_at: at('2025-03-10T09:00Z'),
		}))
		await blog.db.insertInto('comments').values(rows).execute()
		const first = await anna.html('/admin/responses/?state=spam')
		assert.is(first.$$('.response').length, 50)
		const second = await anna.html(first.$('nav.pages a[rel=next]')!.attributes.href!)
		assert.ok(second.$$('.response').length >= 10)
		for (const query of [
			'state=nothing',
			'state=spam&before=1',
			'before=x',
			'after=99999999999',
			'post=0&kind=no&lang=xx',
		]) {
			assert.is((await anna.get(`/admin/responses/?${query}`)).status, 200)
		}
	})

	test.run()
}
