import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createPost } from '../../src/posts/save.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import { at, NOW, type seedFixtures } from '../support/fixtures.ts'
import type { Node } from '../support/html.ts'

function calendarOf(page: Node): Node {
	const nav = page.$$('nav').find((nav) => nav.$('table.calendar'))
	if (!nav) throw new Error('no calendar')
	return nav
}

const linkedDays = (page: Node) =>
	calendarOf(page)
		.$$('td a')
		.map(({ text, attributes }) => `${text} ${attributes.href}`)
const weekdaysOf = (page: Node) =>
	calendarOf(page)
		.$$('thead th')
		.map(({ text }) => text)
		.join(' ')

for (const database of databases) {
	const test = suite(`archives on ${database.name}`)
	let blog: TestBlog<Awaited<ReturnType<typeof seedFixtures>>>
	test.before(async () => {
		blog = await startBlog(database)
	})
	test.after(() => blog.close())

	test('every listing has the calendar of its month, else of today', async () => {
		const caption = async (path: string) => calendarOf(await blog.html(path)).$('caption')!.text
		assert.is(await caption('/ru/'), 'Март 2025')
		assert.is(await caption('/en/'), 'March 2025')
		assert.is(await caption('/ru/2025/02/'), 'Февраль 2025')
		assert.is(await caption('/ru/2025/02/26/'), 'Февраль 2025')
		assert.is(await caption('/en/2024/07/'), 'July 2024')
		assert.is(await caption('/ru/category/sobytiya/'), 'Март 2025')
		assert.is(await caption('/ru/tag/knigi/'), 'Март 2025')
		assert.is(await caption('/ru/author/anna/'), 'Март 2025')
	})

	test('the calendar of a year is that of its last month with posts', async () => {
		assert.is(calendarOf(await blog.html('/ru/2025/')).$('caption')!.text, 'Март 2025')
		assert.is(calendarOf(await blog.html('/ru/2024/')).$('caption')!.text, 'Октябрь 2024')
		assert.is(calendarOf(await blog.html('/en/2024/')).$('caption')!.text, 'July 2024')
	})

	test('the week begins with Monday in Russian and with Sunday in English, days named in full', async () => {
		const [ru, en] = [await blog.html('/ru/2025/02/'), await blog.html('/en/2025/02/')]
		assert.is(weekdaysOf(ru), 'Пн Вт Ср Чт Пт Сб Вс')
		assert.is(weekdaysOf(en), 'Sun Mon Tue Wed Thu Fri Sat')
		const full = (page: Node) =>
			calendarOf(page)
				.$$('thead th')
				.map(({ attributes }) => attributes['aria-label'])
		assert.equal(full(ru).slice(0, 2), ['понедельник', 'вторник'])
		assert.equal(full(en).slice(0, 2), ['Sunday', 'Monday'])
	})

	test('days with posts lead to them, and say which day they are', async () => {
		const page = await blog.html('/ru/2025/02/')
		assert.equal(linkedDays(page), ['26 /ru/2025/02/26/'])
		assert.is(calendarOf(page).$('td a')!.attributes['aria-label'], 'Записи за 26 февраля 2025 г.')
		const english = await blog.html('/en/2025/02/')
		assert.equal(linkedDays(english), ['10 /en/2025/02/10/', '26 /en/2025/02/26/'])
		assert.is(calendarOf(english).$('td a')!.attributes['aria-label'], 'Posts of February 10, 2025')
		for (const path of ['/ru/2025/02/26/', '/en/2025/02/10/']) {
			assert.is((await blog.html(path)).$$('article').length, 1, path)
		}
	})

	test('today is marked, and only today', async () => {
		const marked = (page: Node) =>
			calendarOf(page)
				.$$('[aria-current=date]')
				.map(({ text }) => text)
		assert.equal(marked(await blog.html('/ru/')), ['15'])
		assert.equal(marked(await blog.html('/ru/2025/02/')), [])
	})

	test('its neighbours are the nearest months that have posts', async () => {
		const neighbours = async (path: string) =>
			calendarOf(await blog.html(path, { status: path.endsWith('/08/') ? 404 : 200 }))
				.$$('a[rel]')
				.map(({ text, attributes }) => `${attributes.rel} ${text} ${attributes.href}`)
		assert.equal(await neighbours('/ru/2024/08/'), ['prev « Июл /ru/2024/07/', 'next Окт » /ru/2024/10/'])
		assert.equal(await neighbours('/ru/2024/07/'), ['next Окт » /ru/2024/10/'])
		assert.equal(await neighbours('/ru/2025/03/'), ['prev « Фев /ru/2025/02/'])
		// In English October has none, nor has March.
		assert.equal(await neighbours('/en/2024/08/'), ['prev « Jul /en/2024/07/', 'next Jan » /en/2025/01/'])
		assert.equal(await neighbours('/en/2025/02/'), ['prev « Jan /en/2025/01/'])
	})

	test('a post late on 30 September in UTC is one of 1 October in Moscow', async () => {
		assert.equal(linkedDays(await blog.html('/ru/2024/10/')), ['1 /ru/2024/10/01/'])
		assert.match((await blog.html('/ru/2024/10/01/')).$('main')!.text, 'ночной поезд')
		assert.is((await blog.get('/ru/2024/09/30/')).status, 404)
		assert.is((await blog.get('/ru/2024/09/')).status, 404)
		const card = (await blog.html('/ru/2024/10/')).$('article time')!
		assert.equal([card.text, card.attributes.datetime], ['1 октября 2024 г.', '2024-09-30T21:30:00.000Z'])
	})

	test('a month without posts is 404, with the calendar to lead on', async () => {
		const page = await blog.html('/ru/2024/08/', { status: 404 })
		assert.is(calendarOf(page).$('caption')!.text, 'Август 2024')
		assert.is(page.$('h1')!.text, 'За это время записей нет')
		for (const path of [
			'/ru/1999/',
			'/ru/2024/08/15/',
			'/ru/2030/01/',
			'/en/2024/10/',
			'/ru/2025/04/01/',
			'/ru/9999/12/31/',
		]) {
			const { attributes } = (await blog.html(path, { status: 404 })).$('table.calendar')!
			assert.ok(attributes, path)
		}
	})

	test('dates that cannot be are 404', async () => {
		for (const path of [
			'2025/13/',
			'2025/00/',
			'2025/02/30/',
			'2025/02/29/',
			'2025/04/31/',
			'2025/01/32/',
			'2025/01/00/',
		]) {
			assert.is((await blog.get(`/ru/${path}`)).status, 404, path)
		}
		for (const path of ['0000/', '0000/00/', '2025/2/', '2025/02/1/', '20250/', '-001/', '2025/02/26/00/']) {
			assert.is((await blog.get(`/ru/${path}`)).status, 404, path)
		}
	})

	test('the year and the month show what they hold, with the way up', async () => {
		const titles = async (path: string) =>
			(await blog.html(path)).$$('article h2').map(({ text }) => text.replaceAll('\u00a0', ' '))
		assert.equal(await titles('/ru/2025/'), ['Планы на весну', 'Конференция eGov 2.0', 'Защищено: Только для своих'])
		assert.equal(await titles('/en/2025/02/'), ['The eGov 2.0 conference', 'Open data week'])
		const day = await blog.html('/ru/2025/02/26/')
		assert.is(day.$('h1')!.text, 'Записи за 26 февраля 2025 г.')
		assert.equal(
			day.$$('nav.trail a').map(({ text, attributes }) => `${text} ${attributes.href}`),
			['2025 /ru/2025/', 'Февраль 2025 /ru/2025/02/'],
		)
	})

	test('29 February is a day of leap years', async () => {
		const time = at('2024-02-29T09:00Z')
		const leap = await startBlog(database, {
			seed: (db) =>
				createPost({ db, timezone: 'Europe/Moscow', now: NOW }, {}, [
					{ locale: 'ru', title: 'День', source: 'Раз в четыре года.', publishedAt: time },
				]),
		})
		assert.equal(linkedDays(await leap.html('/ru/2024/02/')), ['29 /ru/2024/02/29/'])
		assert.is((await leap.html('/ru/2024/02/29/')).$$('article').length, 1)
		await leap.close()
	})

	test('a blog without posts has no calendar', async () => {
		const empty = await startBlog(database, { seed: async () => undefined })
		assert.not.ok((await empty.html('/ru/')).$('table.calendar'))
		assert.not.ok((await empty.html('/ru/2025/02/', { status: 404 })).$('table.calendar'))
		await empty.close()
	})

	test("the blog's zone decides, not the machine's", async () => {
		const blog = await startBlog(database, {
			env: { TIMEZONE: 'America/New_York' },
			clock: () => at('2025-03-15T02:00Z'),
		})
		assert.equal(linkedDays(await blog.html('/ru/2024/09/')), ['30 /ru/2024/09/30/'])
		assert.equal(calendarOf(await blog.html('/ru/')).$('[aria-current=date]')!.text, '14')
		await blog.close()
	})

	test.run()
}
