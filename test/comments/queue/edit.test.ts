import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Desk, type DeskBlog, filled, openDesk, parseHtml } from '../../admin/desk.ts'
import { databases } from '../../support/databases.ts'
import { POST } from '../reader.ts'
import { decide, learnt, respond, startQueue, stored, takeBack } from './desk.ts'

for (const database of databases) {
	const test = suite(`editing responses on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk
	test.before(async () => {
		blog = await startQueue(database)
		anna = await openDesk(blog, 'anna@example.org')
	})
	test.after(() => blog.close())

	/** The form of a response as it is shown, with other words in it, sent. */
	const edit = async (id: number, words: Record<string, string>, form?: Record<string, string | string[]>) => {
		const fields = form ?? filled(await anna.html(`/admin/responses/${id}/?state=all`), '.edit form')
		return anna.post(`/admin/responses/${id}/edit/`, { ...fields, ...words })
	}

	test('what is changed is there for readers at once, rendered, and can be taken back', async () => {
		const id = await respond(blog, { status: 'approved', name: 'Спешка', source: 'Опечятка', url: '' })
		await blog.html(POST)
		const before = await stored(blog, id)
		const words = { name: 'Вера П.', text: '**Опечатка**, <b>вот</b>', url: 'vera.example' }
		const { headers } = await edit(id, words)
		const shown = (await blog.html(POST)).$(`#comment-${id}`)!
		assert.match(shown.text, /Вера П\..*Опечатка, <b>вот<\/b>/)
		assert.is(shown.$('strong')!.text, 'Опечатка')
		assert.is((await stored(blog, id)).url, 'https://vera.example')
		assert.match(headers.location!, /state=all&undo=/)
		await takeBack(anna, headers.location!)
		assert.equal(await stored(blog, id), before)
	})

	test('what can’t be taken comes back with the words that were typed', async () => {
		const id = await respond(blog, { source: 'Как было' })
		for (const [field, value] of [
			['name', '  '],
			['text', ' '],
			['text', 'я'.repeat(10_001)],
			['url', 'javascript:alert(1)'],
		] as const) {
			const answer = await edit(id, { [field]: value })
			assert.is(answer.status, 422)
			const page = parseHtml(answer.text)
			assert.ok(page.$(`.edit [name=${field}][aria-invalid]`), field)
			assert.ok(page.$('.edit')!.attributes.open !== undefined)
		}
		const answer = await edit(id, { name: '', text: 'Новые слова' })
		assert.is(parseHtml(answer.text).$('.edit textarea')!.text, 'Новые слова')
		assert.is((await stored(blog, id)).source, 'Как было')
	})

	test('two who edit one response don’t overwrite each other', async () => {
		const id = await respond(blog, { source: 'Первое' })
		const form = filled(await anna.html(`/admin/responses/${id}/`), '.edit form')
		await edit(id, { text: 'Второе' })
		const refused = await edit(id, { text: 'Третье' }, form)
		assert.is(refused.status, 409)
		const page = parseHtml(refused.text)
		assert.equal([page.$('.said')!.text.trim(), page.$('.edit textarea')!.text], ['Второе', 'Третье'])
		const again = await anna.post(`/admin/responses/${id}/edit/`, filled(page, '.edit form'))
		assert.equal([again.status, (await stored(blog, id)).source], [303, 'Третье'])
	})

	test('the same form sent twice changes nothing the second time', async () => {
		const id = await respond(blog)
		const form = filled(await anna.html(`/admin/responses/${id}/`), '.edit form')
		const paths = await Promise.all([1, 2].map(() => edit(id, { text: 'Раз' }, form)))
		assert.is(paths.filter(({ headers }) => headers.location!.includes('done=same')).length, 1)
	})

	test('the filter knows the words that are there now', async () => {
		const id = await respond(blog, { source: 'Выгодные займы онлайн' })
		await decide(anna, 'approve', id)
		const before = await learnt(blog)
		const { headers } = await edit(id, { text: 'Спасибо за рассказ' })
		const words = (await learnt(blog)).map(({ word }) => word)
		assert.not.ok(words.some((word) => word.startsWith('word:займ')))
		assert.ok(words.some((word) => word.startsWith('word:рассказ')))
		await takeBack(anna, headers.location!)
		assert.equal(await learnt(blog), before)
	})

	test('where a mention stands can’t be changed, its words and name can; what has no words has a name', async () => {
		const url = 'https://sosed.example/zametka'
		const source = '<p>Были там.</p>'
		const id = await respond(blog, { kind: 'webmention', url, format: 'html', source, html: source })
		await edit(id, { name: 'Сосед', url: 'https://evil.example/', text: '<p>Были <script>1</script>там!</p>' })
		const row = await stored(blog, id)
		assert.equal([row.name, row.url, row.html], ['Сосед', url, '<p>Были там!</p>'])
		const like = await respond(blog, {
			kind: 'webmention',
			mention: 'like',
			url: `${url}/2`,
			format: 'html',
			source: '',
			html: '',
		})
		assert.is((await anna.html(`/admin/responses/${like}/`)).$('.edit textarea'), undefined)
		assert.is((await edit(like, { name: 'Кто-то' })).status, 303)
	})

	test('only who may touch a response edits it', async () => {
		const id = await respond(blog)
		const boris = await openDesk(blog, 'boris@example.org')
		assert.is((await boris.post(`/admin/responses/${id}/edit/`, { name: 'Б', text: 'Б' })).status, 403)
		assert.is((await anna.post('/admin/responses/999999/edit/', { name: 'Б', text: 'Б' })).status, 404)
	})

	test.run()
}
