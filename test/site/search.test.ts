import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Db } from '../../src/db/schema.ts'
import { createPost } from '../../src/posts/save.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import { at, NOW } from '../support/fixtures.ts'

const TEXTS = [
	{ locale: 'ru', title: 'Книга о ёлке', slug: 'kniga', source: 'Её читали зимой.' },
	{ locale: 'ru', title: 'Зимний лес', slug: 'les', source: 'В лесу стоит Ёлка. О ней написана книга.' },
	{ locale: 'en', title: 'Two conferences', slug: 'conferences', source: 'One conference was in a forest.' },
]

async function seedTexts(db: Db): Promise<void> {
	for (const text of TEXTS) {
		const draft = { ...text, publishedAt: at('2025-03-01T09:00Z') }
		await createPost({ db, timezone: 'Europe/Moscow', now: NOW }, {}, [draft])
	}
}

for (const database of databases) {
	const test = suite(`search on ${database.name}`)
	let blog: TestBlog<void>
	test.before(async () => {
		blog = await startBlog(database, { seed: seedTexts })
	})
	test.after(() => blog.close())

	const search = (query: string, locale = 'ru') => blog.html(`/${locale}/search/?q=${encodeURIComponent(query)}`)
	const found = async (query: string, locale?: string) =>
		(await search(query, locale)).$$('main h2 a').map(({ attributes }) => attributes.href!.split('/').at(-2))

	test('any form of a word finds the others, the title first', async () => {
		assert.equal(await found('книгами'), ['kniga', 'les'])
		assert.equal(await found('КНИГА'), ['kniga', 'les'])
		assert.equal((await found('елка')).sort(), ['kniga', 'les'])
		assert.equal(await found('ёлка лес'), ['les'])
		assert.equal(await found('conference', 'en'), ['conferences'])
		assert.equal(await found('forests', 'en'), ['conferences'])
		assert.equal(await found('"стоит ёлка"'), ['les'])
		assert.equal(await found('"ёлка стоит"'), [])
		assert.equal(await found('зимн'), ['les'])
	})

	test('matches are counted and marked', async () => {
		const page = await search('книгой')
		assert.match(page.$('main')!.text, 'Нашлось 2 записи')
		assert.is(page.$('main h2 mark')!.text, 'Книга')
		assert.is(page.$('input[name=q]')!.attributes.value, 'книгой')
		assert.match((await search('зимой')).$('main')!.text, /Нашлась 1 запись/)
	})

	test('what the other language has is offered by a link', async () => {
		const page = await search('conferences')
		assert.match(page.$('main')!.text, 'Ничего не нашлось')
		const link = page.$('main a[href^="/en/search/"]')!
		assert.is(link.attributes.href, '/en/search/?q=conferences')
		assert.match(link.text, /английский.* нашлась 1 запись/)
		assert.match((await search('книга', 'en')).$('main a[href^="/ru/search/"]')!.text, /2 posts found.*Russian/)
		assert.not.ok((await search('книга')).$('main a[href^="/en/search/"]'))
	})

	test('the switcher repeats the search in the other language', async () => {
		assert.is(
			(await search('книга')).$('nav.languages a[lang=en]')!.attributes.href,
			`/en/search/?q=${encodeURIComponent('книга')}`,
		)
	})

	test('without words it asks for them', async () => {
		for (const path of ['/ru/search/', '/ru/search/?q=', '/ru/search/?q=%20%09', '/ru/search/?other=1']) {
			const page = await blog.html(path)
			assert.match(page.$('main')!.text, 'Введите слова', path)
			assert.is(page.$$('main h2').length, 0)
		}
	})

	test('it is not indexed, and has a form that works without script', async () => {
		const page = await search('книга')
		assert.is(page.$('meta[name=robots]')!.attributes.content, 'noindex')
		assert.equal(page.$$('link[hreflang]').length, 0)
		const form = page.$('form[role=search]')!
		assert.equal([form.attributes.action, form.attributes.method ?? 'get'], ['/ru/search/', 'get'])
	})

	test('nothing that is typed breaks it, nor comes out as markup', async () => {
		const hostile = [
			'<script>alert(1)</script>',
			'"><img src=x onerror=alert(1)>',
			'"',
			'""""',
			'*',
			'***',
			'- - -',
			'NEAR(a b)',
			'title:книга AND (OR NOT',
			"'; DROP TABLE posts; --",
			'%_\\',
			'a & | ! <-> b:*',
			'🎄',
			'\u0000\u0001книга\u0007',
			'\ud800',
			'اختبار',
			'ё'.repeat(1300),
			'книга '.repeat(250),
			'"'.repeat(2600),
			'a*'.repeat(2600),
		]
		for (const query of hostile) {
			const answer = await blog.get(`/ru/search/?q=${encodeURIComponent(query.toWellFormed())}`)
			assert.is(answer.status, 200, query.slice(0, 40))
			assert.not.match(answer.text, /<script>alert|<img src=x/, query.slice(0, 40))
		}
		assert.equal(await found('\u0000книгами\u0007'), ['kniga', 'les'])
	})

	test('a broken query string breaks nothing', async () => {
		for (const query of [
			'q=%',
			'q=%E0%A4',
			'q=%ff',
			'q=%00',
			'q[]=1',
			'q=1&q=2',
			'&&&',
			'?',
			'q=a&page=x',
			'page=-1',
		]) {
			assert.is((await blog.get(`/ru/search/?${query}`)).status, 200, query)
		}
		assert.is((await blog.get(`/ru/search/?${'a=1&'.repeat(2000)}q=1`)).status, 200)
	})

	test('a page beyond the last is 404', async () => {
		for (const page of ['2', '50', '1000000000']) {
			assert.is((await blog.get(`/ru/search/?q=${encodeURIComponent('книга')}&page=${page}`)).status, 404, page)
		}
	})

	test.run()
}
