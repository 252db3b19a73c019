import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { CommentPolicy } from '../../src/comments/policy.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { idIn, newReader, type OpenBlog, POST, setPolicy, standing, startOpenBlog, VERA } from './reader.ts'

/** The two that the old blog took for comments. */
const OLD_SPAM = [
	{
		name: 'Electric Oven',
		email: 'electric@oven.example',
		url: 'http://electric-oven.example/',
		text: 'I am really thankful to this topic because it really gives up to date information',
	},
	{
		name: 'Oklahoma Design Company',
		email: 'info@oklahoma-design.example',
		url: 'http://oklahoma-design.example/',
		text: 'Hello webmaster might I use some of the information from this article (paragraph exerpt) if I provide a link back to your site? Thanks either way, and hope you have a excellent day! Cheers !',
	},
]

for (const database of databases) {
	const test = suite(`where comments go on ${database.name}`)
	let blog: OpenBlog
	test.before(async () => {
		blog = await startOpenBlog(database)
		await known('Вера Павлова', VERA.email)
		await known('John Smith', 'john.smith@gmail.com')
	})
	test.after(() => blog.close())
	test.before.each(() => setPolicy(blog.db, {}))

	/** Somebody who was approved before. */
	async function known(name: string, email: string) {
		const id = await newReader(blog).say({ name, email, text: `${name} здоровается` })
		await blog.db.updateTable('comments').set({ status: 'approved' }).where('id', '=', id).execute()
	}

	let number = 0
	/** Where a comment of Vera's goes, and by which rules. */
	async function fate(fields: Record<string, string>, policy: Partial<CommentPolicy> = {}, path = POST) {
		await setPolicy(blog.db, policy)
		const reader = newReader(blog)
		const text = `${fields.text ?? VERA.text} (${++number})`
		const { status, rules } = await standing(blog.db, await reader.say({ ...fields, text }, path))
		return [status, ...rules].join(' ')
	}

	test('a writer who is known and says nothing odd appears at once; who is new waits', async () => {
		assert.is(await fate({}), 'approved')
		assert.is(await fate({ name: 'Новый Человек' }), 'held first')
		assert.is(await fate({ email: 'novaya.vera@yandex.ru' }), 'held first')
		assert.is(await fate({ name: 'Новый Человек' }, { holdFirst: false }), 'approved')
	})

	test('a hidden field comes before all, disallowed words before what holds', async () => {
		const policy = { disallowedWords: ['казино'], moderationWords: ['выборы'], maxLinks: 0 }
		const text = 'Казино и выборы: https://a.example'
		assert.is(await fate({ subject: 'x', text }, policy), 'spam trap')
		assert.is(await fate({ text }, policy), 'spam disallowed')
		assert.is(await fate({ text: 'Выборы: https://a.example', name: 'Кто-то' }, policy), 'held moderation links first')
		assert.is(await fate({ text: 'Без казино' }, { moderationWords: ['казино'] }), 'held moderation')
	})

	test('words are found whole, in any case, width and alphabet, in every field', async () => {
		const moderationWords = ['Выборы', 'free money', 'ёлка', 'spam.example', 'ставк*', '  ', 'c++']
		const held = (fields: Record<string, string>) => fate(fields, { moderationWords })
		for (const text of [
			...[
				'ВЫБОРЫ!',
				'«выборы»',
				'про выборы.',
				'Ｆｒｅｅ Ｍｏｎｅｙ',
				'free money',
				'ЕЛКА',
				'ёЛкА',
				'ставки',
				'Ставкой',
			],
			...['учу c++ вечером', 'см. spam.example/a', 'до-выборы'],
		]) {
			assert.is(await held({ text }), 'held moderation', text)
		}
		for (const text of ['довыборы', 'выборы2', 'freemoney', 'ёлками', 'доставки', 'антиспам', 'spamXexample']) {
			assert.is(await held({ text }), 'approved', text)
		}
		await known('Ёлка', VERA.email)
		assert.is(await held({ name: 'Ёлка' }), 'held moderation')
		assert.is(await held({ url: 'https://spam.example/' }), 'held moderation')
	})

	test('more than two links hold a comment, however they are written', async () => {
		assert.is(await fate({ text: 'Вот https://a.example и https://b.example' }), 'approved')
		const three = 'Вот https://a.example, [два](https://b.example) и <https://c.example>'
		assert.is(await fate({ text: three }), 'held links')
		assert.is(await fate({ text: three }, { maxLinks: 3 }), 'approved')
		assert.is(await fate({ text: 'Ссылка в `https://a.example`, код' }, { maxLinks: 0 }), 'approved')
	})

	test('every reason is kept with what it is about', async () => {
		await setPolicy(blog.db, { moderationWords: ['выборы'], maxLinks: 1 })
		const text = 'Выборы https://a.example https://b.example'
		const id = await newReader(blog).say({ name: 'Незнакомец', text })
		const { reasons, status } = await standing(blog.db, id)
		assert.equal(
			[status, JSON.parse(reasons)],
			['held', [{ rule: 'moderation', detail: 'выборы' }, { rule: 'links', detail: '2' }, { rule: 'first' }]],
		)
	})

	test('closed comes before the rate, the rate before the duplicate, the duplicate before words', async () => {
		const from = (address: string, fields: Record<string, string>, path?: string) =>
			newReader(blog).send({ ...VERA, ...fields }, path, { 'X-Forwarded-For': address })
		for (let n = 0; n < 5; n++) assert.is((await from('192.0.2.77', { text: `Поток ${n}` })).status, 303)
		assert.is((await from('192.0.2.77', { text: 'Поток 0' })).status, 429)
		assert.is((await from('192.0.2.77', {}, '/ru/2025/03/plany/')).status, 403)
		await setPolicy(blog.db, { disallowedWords: ['поток'] })
		assert.is((await from('192.0.2.78', { text: 'Поток 0' })).status, 409)
	})

	test('both spam comments of the old blog stay out, untrained, also of writers who are let in at once', async () => {
		for (const policy of [{}, { holdFirst: false }]) {
			for (const spam of OLD_SPAM) {
				for (const path of [POST, '/en/2025/02/egov-2-0-conference/']) {
					await setPolicy(blog.db, policy)
					await blog.db.deleteFrom('comments').where('name', '=', spam.name).execute()
					const { status, rules } = await standing(blog.db, await newReader(blog).say(spam, path))
					assert.ok(['held', 'spam'].includes(status), spam.name)
					assert.ok(rules.includes('filter'), `${spam.name}: ${rules}`)
				}
			}
		}
	})

	test('plain replies of known writers appear at once in both languages', async () => {
		const john = { name: 'John Smith', email: 'john.smith@gmail.com' }
		for (const fields of [
			{ text: 'Спасибо, очень полезно!' },
			{ text: 'Не согласна: открытые данные публиковали и до этого, просто без лицензии.' },
			{ text: '+1' },
			{ text: 'А где можно посмотреть запись? На сайте конференции её пока нет.' },
			{ ...john, text: 'Thanks for writing this up, I missed the second day.' },
			{ ...john, text: 'Was the panel on licences recorded? I could only find the slides.' },
			{ ...john, text: 'I disagree about the budget, see https://example.org/report for the numbers.' },
		]) {
			const path = 'name' in fields ? '/en/2025/02/egov-2-0-conference/' : POST
			assert.is(await fate(fields, {}, path), 'approved', fields.text)
		}
	})

	test('with Akismet on, who is not known waits for it alone, and who is known does not', async () => {
		const env = { AKISMET_KEY: 'x', AKISMET_URL: 'http://127.0.0.1:9/' }
		const checked = await startOpenBlog(database, { env, clock: () => NOW })
		await setPolicy(checked.db, { holdFirst: false })
		const first = await standing(checked.db, await newReader(checked).say())
		assert.equal([first.status, first.rules, first.checked], ['held', ['akismet'], 'waiting'])
		await checked.db.updateTable('comments').set({ status: 'approved' }).where('id', '=', first.id).execute()
		const second = await standing(checked.db, await newReader(checked).say({ text: 'Второй раз пишу.' }))
		assert.equal([second.status, second.checked], ['approved', 'waiting'])
		const trapped = await standing(
			checked.db,
			idIn(await newReader(checked).send({ ...VERA, subject: 'x', text: '!' })),
		)
		assert.equal([trapped.status, trapped.checked], ['spam', 'done'])
		await checked.close()
	})

	test.run()
}
