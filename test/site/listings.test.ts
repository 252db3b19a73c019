import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { insertComment } from '../../src/comments/queries.ts'
import type { Db } from '../../src/db/schema.ts'
import { createPost, type PostFields } from '../../src/posts/save.ts'
import { createTerm } from '../../src/terms/queries.ts'
import { startBlog } from '../support/app.ts'
import { type Database, databases } from '../support/databases.ts'
import { at, NOW } from '../support/fixtures.ts'
import type { Node } from '../support/html.ts'

const DAY = 86_400_000

/** Adds posts to the Russian part of a blog, a day apart, the first the oldest. */
function writer(db: Db) {
	let number = 0
	return async (fields: PostFields = {}, draft: { publishedAt?: number; locale?: string } = {}) => {
		number += 1
		const made = { locale: 'ru', title: `Запись ${number}`, slug: `zapis-${number}`, source: `Текст ${number}.` }
		const publishedAt = NOW - (100 - number) * DAY
		return createPost({ db, timezone: 'Europe/Moscow', now: NOW }, fields, [{ ...made, publishedAt, ...draft }])
	}
}

async function times(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
	for (let index = 0; index < count; index++) await work(index)
}

const numbersOf = (page: Node) => page.$$('article h2').map(({ text }) => Number(/\d+/.exec(text)![0]))
const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => from - index)
const widget = (page: Node, name: string) => page.$(`aside .${name}`)
const links = (node: Node | undefined) => node?.$$('a').map(({ text }) => text.replaceAll('\u00a0', ' ')) ?? []
const items = (node: Node | undefined) => node?.$$('li').map(({ text }) => text.replaceAll('\u00a0', ' ')) ?? []

function start(database: Database, seed: (db: Db) => Promise<unknown>, clock = () => NOW) {
	return startBlog(database, { seed, clock })
}

for (const database of databases) {
	const test = suite(`listings on ${database.name}`)

	test('posts come by tens, the newest first, with links to the other pages', async () => {
		const blog = await start(database, (db) => {
			const write = writer(db)
			return times(25, () => write())
		})
		const pages = [await blog.html('/ru/'), await blog.html('/ru/page/2/'), await blog.html('/ru/page/3/')]
		assert.equal(pages.map(numbersOf), [down(25, 16), down(15, 6), down(5, 1)])
		const rel = (page: Node) =>
			page.$$('nav.pages a[rel]').map(({ attributes }) => `${attributes.rel} ${attributes.href}`)
		assert.equal(pages.map(rel), [['next /ru/page/2/'], ['prev /ru/', 'next /ru/page/3/'], ['prev /ru/page/2/']])
		assert.equal(
			pages[1]!.$$('nav.pages ol a').map(({ text, attributes }) => `${text} ${attributes.href}`),
			['1 /ru/', '2 /ru/page/2/', '3 /ru/page/3/'],
		)
		assert.is(pages[1]!.$('nav.pages [aria-current=page]')!.text, '2')
		assert.match(pages[1]!.$('nav.pages')!.text, 'Страница 2 из 3')
		assert.is(pages[1]!.$('link[rel=canonical]')!.attributes.href, `${blog.url}/ru/page/2/`)
		assert.is((await blog.get('/ru/page/4/')).status, 404)
		assert.is((await blog.get('/en/page/2/')).status, 404)
		await blog.close()
	})

	test('sticky posts come first on the first page, and not again', async () => {
		const blog = await start(database, async (db) => {
			const write = writer(db)
			await times(25, (index) => write({ sticky: index === 2 || index === 20 }))
		})
		const pages = [await blog.html('/ru/'), await blog.html('/ru/page/2/'), await blog.html('/ru/page/3/')]
		assert.equal(pages.map(numbersOf), [[21, 3, ...down(25, 22), ...down(20, 17)], down(16, 7), [...down(6, 4), 2, 1]])
		assert.is(pages[0]!.$$('article.sticky').length, 2)
		await blog.close()
	})

	test('more sticky posts than a page holds go on to the next one, none lost, none twice', async () => {
		const blog = await start(database, async (db) => {
			const write = writer(db)
			await times(27, (index) => write({ sticky: index < 12 }))
		})
		const pages = [await blog.html('/ru/'), await blog.html('/ru/page/2/'), await blog.html('/ru/page/3/')]
		assert.equal(pages.map(numbersOf), [down(12, 3), [2, 1, ...down(27, 20)], down(19, 13)])
		await blog.close()
	})

	test('a sticky post stays in its place in archives', async () => {
		const blog = await start(database, async (db) => {
			const write = writer(db)
			await times(3, (index) => write({ sticky: index === 0 }, { publishedAt: NOW - (10 - index) * 3_600_000 }))
		})
		assert.equal(numbersOf(await blog.html('/ru/2025/03/')), [3, 2, 1])
		assert.equal(numbersOf(await blog.html('/ru/')), [1, 3, 2])
		await blog.close()
	})

	test('the second page of a day has a heading with one full stop', async () => {
		const blog = await start(database, async (db) => {
			const write = writer(db)
			await times(11, () => write({}, { publishedAt: at('2025-03-01T09:00Z') }))
		})
		const page = await blog.html('/ru/2025/03/01/page/2/')
		assert.match(page.$('h1')!.text, /1 марта 2025 г\.[^.]*Страница 2$/)
		assert.is(page.$$('article').length, 1)
		await blog.close()
	})

	test('a category holds the posts of those below it, and says as many', async () => {
		const blog = await start(database, async (db) => {
			const term = (parentId: number | undefined, name: string) =>
				createTerm(db, { kind: 'category', parentId, names: [{ locale: 'ru', name, slug: name }] })
			const top = await term(undefined, 'верх')
			const middle = await term(top, 'середина')
			const low = await term(middle, 'низ')
			await term(top, 'пусто')
			const write = writer(db)
			await write({ terms: [top] })
			await write({ terms: [middle] })
			await write({ terms: [low, top] })
			await write({}, { locale: 'en' })
		})
		const titles = async (name: string) => numbersOf(await blog.html(encodeURI(`/ru/category/${name}/`)))
		assert.equal(await titles('верх'), [3, 2, 1])
		assert.equal(await titles('середина'), [3, 2])
		assert.equal(await titles('низ'), [3])
		const shown = widget(await blog.html('/ru/'), 'categories')
		assert.equal(
			shown!.$$('li').map((item) => `${item.$('a')!.text} ${item.$('.count')!.text}`),
			['верх 3', 'середина 2', 'низ 1'],
		)
		await blog.close()
	})

	test('a loop of categories breaks nothing', async () => {
		const blog = await start(database, async (db) => {
			const names = (name: string) => [{ locale: 'ru', name, slug: name }]
			const first = await createTerm(db, { kind: 'category', names: names('раз') })
			const second = await createTerm(db, { kind: 'category', parentId: first, names: names('два') })
			await db.updateTable('terms').set({ parent_id: second }).where('id', '=', first).execute()
			await writer(db)({ terms: [first] })
		})
		const page = await blog.html('/ru/')
		assert.equal(links(widget(page, 'categories')).sort(), ['два', 'раз'])
		assert.is((await blog.html(encodeURI('/ru/category/два/'))).$$('article').length, 1)
		await blog.close()
	})

	test("widgets hold what the page's language has, with its numbers", async () => {
		const blog = await startBlog(database)
		const [ru, en] = [await blog.html('/ru/'), await blog.html('/en/')]
		assert.equal(links(widget(ru, 'recent-posts')), [
			'Планы на весну',
			'Конференция eGov 2.0',
			'Только для своих',
			'Ёлки, книги и ночной поезд',
			'Правила разговора',
		])
		assert.equal(links(widget(en, 'recent-posts')), [
			'The eGov 2.0 conference',
			'Open data week',
			'For friends only',
			'House rules',
		])
		assert.equal(items(widget(ru, 'months')), [
			'Март 2025 1',
			'Февраль 2025 1',
			'Январь 2025 1',
			'Октябрь 2024 1',
			'Июль 2024 1',
		])
		assert.equal(items(widget(en, 'months')), ['February 2025 2', 'January 2025 1', 'July 2024 1'])
		assert.equal(links(widget(ru, 'tags')), ['Книги', 'Открытые данные'])
		assert.equal(links(widget(en, 'tags')), ['Open data'])
		assert.equal(links(widget(ru, 'categories')), ['Заметки', 'События', 'Конференции'])
		assert.equal(links(widget(en, 'categories')), ['Events', 'Conferences'])
		assert.is(links(widget(ru, 'recent-responses')).length, 5)
		const { attributes } = widget(ru, 'recent-responses')!.$('a')!
		assert.is(attributes.href, `/ru/2025/02/konferenciya-egov-2-0/#comment-${blog.seeded.responses.englishPingback}`)
		for (const page of [ru, en]) assert.not.match(page.$('aside')!.text, /Новенький|Seller/)
		await blog.close()
	})

	test('a new post and a new response are beside the posts at once', async () => {
		const blog = await startBlog(database)
		assert.not.match((await blog.html('/ru/tag/knigi/')).$('aside')!.text, 'Запись 1')
		await writer(blog.db)({ terms: [blog.seeded.terms.books] }, { publishedAt: NOW - 1000 })
		const page = await blog.html('/ru/tag/knigi/')
		assert.is(links(widget(page, 'recent-posts'))[0], 'Запись 1')
		assert.is(items(widget(page, 'months'))[0], 'Март 2025 2')
		assert.is(widget(page, 'tags')!.$('a')!.attributes.title, '2 записи')
		const comment = { parent_id: null, kind: 'comment', status: 'approved', locale: 'ru', author_id: null } as const
		const text = { name: 'Зоя', format: 'text', source: 'Да', html: '<p>Да</p>', created_at: NOW } as const
		const post_id = blog.seeded.posts.conference
		await blog.db.transaction().execute((trx) => insertComment(trx, { ...comment, ...text, post_id }))
		assert.match(links(widget(await blog.html('/en/'), 'recent-responses'))[0]!, 'Зоя')
		assert.match((await blog.html('/ru/2025/02/')).$('article')!.text, '6 откликов')
		await blog.close()
	})

	test('a scheduled post appears everywhere at its time, and not a moment before', async () => {
		const time = at('2025-04-01T09:00Z')
		let now = time - 1
		const blog = await startBlog(database, { clock: () => now })
		const paths = [
			'/ru/',
			'/ru/feed/',
			'/sitemap.xml',
			'/ru/search/?q=%D0%BF%D0%B5%D1%80%D0%B2%D0%BE%D0%B0%D0%BF%D1%80%D0%B5%D0%BB%D1%8C%D1%81%D0%BA%D0%B0%D1%8F',
		]
		for (const path of paths) assert.not.match((await blog.get(path)).text, 'pervoe-aprelya', path)
		assert.is((await blog.get('/ru/2025/04/pervoe-aprelya/')).status, 404)
		now = time
		for (const path of paths) assert.match((await blog.get(path)).text, 'pervoe-aprelya', path)
		assert.is((await blog.get('/ru/2025/04/pervoe-aprelya/')).status, 200)
		const page = await blog.html('/ru/2025/04/')
		assert.is(items(widget(page, 'months'))[0], 'Апрель 2025 1')
		assert.is(page.$('table.calendar td a')!.attributes.href, '/ru/2025/04/01/')
		await blog.close()
	})

	test('a scheduled page enters the menu at its time', async () => {
		let now = NOW
		const blog = await startBlog(database, { clock: () => now })
		const draft = { locale: 'ru', title: 'Скоро', slug: 'skoro', source: 'Вот.', publishedAt: NOW + 1000 }
		await createPost({ db: blog.db, timezone: 'Europe/Moscow', now }, { kind: 'page' }, [draft])
		assert.not.ok((await blog.html('/ru/')).$('a[href="/ru/skoro/"]'))
		now = NOW + 1000
		assert.ok((await blog.html('/ru/')).$('a[href="/ru/skoro/"]'))
		await blog.close()
	})

	test('a listing without posts says so and is not indexed', async () => {
		const blog = await start(database, async () => undefined)
		const page = await blog.html('/ru/')
		assert.match(page.$('main')!.text, 'Записей пока нет')
		assert.is(page.$('meta[name=robots]')!.attributes.content, 'noindex')
		assert.equal(page.$$('link[hreflang]').length, 0)
		await blog.close()
	})

	test.run()
}
