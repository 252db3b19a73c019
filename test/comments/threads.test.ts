import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { insertComment } from '../../src/comments/queries.ts'
import type { Comment } from '../../src/db/schema.ts'
import { databases } from '../support/databases.ts'
import { at } from '../support/fixtures.ts'
import type { Node } from '../support/html.ts'
import {
	ENGLISH_POST,
	newReader,
	type OpenBlog,
	POST,
	plain,
	setPolicy,
	standing,
	startOpenBlog,
	VERA,
} from './reader.ts'

const RULES = '/ru/2024/07/pravila/'

for (const database of databases) {
	const test = suite(`threads on ${database.name}`)
	let blog: OpenBlog
	test.before.each(async () => {
		blog = await startOpenBlog(database)
	})
	test.after.each(() => blog.close())

	let minute = 0
	function insert(fields: Partial<Comment> = {}): Promise<number> {
		const comment = {
			post_id: blog.seeded.posts.rules,
			parent_id: null,
			kind: 'comment',
			status: 'approved',
			locale: 'ru',
			name: 'Вера',
			format: 'markdown',
			source: 'Да',
			html: '<p>Да</p>',
			author_id: null,
			created_at: at('2025-03-01T09:00Z') + ++minute * 60_000,
			...fields,
		}
		return blog.db.transaction().execute((trx) => insertComment(trx, comment as never))
	}

	const shown = (page: Node) => page.$$('#comments .comment').map(({ attributes }) => Number(attributes.id!.slice(8)))
	const open = async (path: string) => shown(await blog.html(path))

	test('a page of a conversation that begins inside a thread repeats the ancestors at its head', async () => {
		await setPolicy(blog.db, { perPage: 3 })
		const a = await insert()
		const b = await insert({ parent_id: a })
		const c = await insert({ parent_id: b })
		const d = await insert({ parent_id: c })
		const e = await insert({ parent_id: b })
		const f = await insert()
		assert.equal(await open(RULES), [a, b, c])
		const second = await blog.html(`${RULES}?comments=2`)
		assert.equal(shown(second), [a, b, c, d, e, f])
		assert.ok(second.$(`li:has(> #comment-${c}) #comment-${d}`))
		assert.ok(second.$(`li:has(> #comment-${b}) > details > ol > li > #comment-${e}`))
		assert.match(plain(second.$('#comments h2')!.text)!, /^6 откликов/)
		assert.ok(second.$('#comments nav.pages a[rel=prev]'))
		for (const [wish, page] of [
			['0', [a, b, c]],
			['-1', [a, b, c]],
			['x', [a, b, c]],
			['', [a, b, c]],
			['1', [a, b, c]],
			['3', shown(second)],
			['999999999999999999999', shown(second)],
		] as const) {
			assert.equal(await open(`${RULES}?comments=${wish}`), page, `page ${wish}`)
		}
	})

	test('a writer sees what waits also where a page is full, and the 303 leads there', async () => {
		await setPolicy(blog.db, { perPage: 3 })
		for (let n = 0; n < 3; n++) await insert()
		const vera = newReader(blog)
		const { status, headers } = await vera.send(VERA, RULES)
		assert.is(status, 303)
		const target = headers.location!
		const id = Number(target.split('-').at(-1))
		assert.is(target, `${RULES}?comments=2#comment-${id}`)
		assert.ok((await vera.html(target)).$(`#comment-${id}.held`))
		const first = await vera.html(RULES)
		assert.match(first.$('#comments nav.pages')!.attributes['aria-label']!, 'Страницы откликов')
		assert.match(plain(first.$('#comments h2')!.text)!, /^3 отклика на/)
		assert.not.ok((await blog.html(RULES)).$('#comments nav.pages'))
	})

	test('newest threads first, replies still in their order', async () => {
		const a = await insert()
		const b = await insert()
		const reply = await insert({ parent_id: a })
		const second = await insert({ parent_id: a })
		await setPolicy(blog.db, { order: 'newest' })
		assert.equal(await open(RULES), [b, a, reply, second])
		await setPolicy(blog.db, { order: 'newest', perPage: 2 })
		assert.equal(await open(`${RULES}?comments=2`), [a, reply, second])
		await setPolicy(blog.db, { perPage: 2 })
		assert.equal(await open(RULES), [a, reply])
	})

	test('the 303, feeds, widgets and permalinks lead to the page where the comment is', async () => {
		for (const order of ['oldest', 'newest'] as const) {
			await blog.db.deleteFrom('comments').execute()
			await insert({ name: VERA.name, email: VERA.email })
			const root = await insert()
			await insert({ parent_id: root })
			await insert()
			await insert({ post_id: blog.seeded.posts.conference })
			await setPolicy(blog.db, { perPage: 2, order })
			const own = await newReader(blog).send({ ...VERA, parent: String(root) }, RULES)
			const targets = [own.headers.location!]
			for (const path of ['/ru/comments/feed/', `${RULES}feed/`, `${RULES}feed/atom/`, `${RULES}feed/json/`]) {
				const { text } = await blog.get(path)
				const links = [...text.matchAll(/http:\/\/localhost:\d+(\/ru\/[^"<\s]*#comment-\d+)/g)].map(([, link]) => link!)
				assert.ok(links.length >= 5, path)
				targets.push(...links.map((link) => link.replaceAll('&amp;', '&')))
			}
			const widget = (await blog.html('/ru/')).$$('a[href*="#comment-"]')
			targets.push(...widget.map(({ attributes }) => attributes.href!))
			for (const page of [1, 2, 3]) {
				const links = (await blog.html(`${RULES}?comments=${page}`)).$$('#comments a.permalink')
				targets.push(...links.map(({ attributes }) => attributes.href!))
			}
			for (const target of new Set(targets)) {
				const [path, id] = target.split('#')
				assert.ok((await blog.html(path!)).$(`#${id}`), `${order}: ${target}`)
			}
			assert.ok(
				targets.includes(`${POST}#comment-${await lastOf(blog.seeded.posts.conference)}`),
				'short threads are as ever',
			)
		}
	})

	async function lastOf(postId: number): Promise<number> {
		const rows = await blog.db.selectFrom('comments').select('id').where('post_id', '=', postId).execute()
		return Math.max(...rows.map(({ id }) => id))
	}

	test('a reply to what is on another page, or in another language, leads there', async () => {
		await setPolicy(blog.db, { perPage: 3, depth: 2 })
		const chain = [await insert()]
		for (let n = 1; n < 7; n++) {
			chain.push(await insert({ parent_id: chain.at(-1)!, locale: n % 2 ? 'en' : 'ru' }))
		}
		for (const path of [
			`${RULES}?comments=2`,
			`${RULES}?comments=3`,
			`${RULES}?only=en`,
			`${RULES}?only=ru&comments=2`,
		]) {
			const page = await blog.html(path)
			const links = page.$$('a.replying-to').map(({ attributes }) => attributes.href!)
			assert.ok(links.length > 0, path)
			for (const link of links) {
				const [target, id] = link.split('#')
				const there = target === '' ? page : await blog.html(target!)
				assert.ok(there.$(`#${id}`), `${path}: ${link}`)
			}
		}
	})

	test('a filter by language keeps the total to be seen, and the way back', async () => {
		for (const only of ['en', 'ru']) {
			const page = await blog.html(`${POST}?only=${only}`)
			const comments = page.$$('#comments .comment')
			assert.ok(comments.length > 0 && comments.every(({ attributes }) => attributes.lang === only))
			assert.match(plain(page.$('#comments h2')!.text)!, /^5 откликов/)
			const links = page.$$('#comments nav.filter a').map(({ text, attributes }) => `${text} ${attributes.href}`)
			assert.equal(links.toSorted(), [
				`English (2) ${POST}?only=en#comments`,
				`Все (5) ${POST}#comments`,
				`Русский (3) ${POST}?only=ru#comments`,
			])
			assert.is(page.$('#comments nav.filter [aria-current]')!.attributes.lang, only)
		}
		assert.is((await blog.html(`${POST}?only=en`)).$('link[rel=canonical]')!.attributes.href, blog.url + POST)
		for (const only of ['xx', '', 'ru&only=en', '%00', "'"]) {
			assert.is((await open(`${POST}?only=${only}`)).length, 5, only)
		}
		await setPolicy(blog.db, { perPage: 2 })
		assert.equal((await open(`${POST}?only=ru&comments=2`)).length, 1)
		assert.ok((await blog.html(`${POST}?only=ru`)).$(`nav.pages a[href="${POST}?comments=2&only=ru#comments"]`))
		assert.not.ok((await blog.html(RULES)).$('nav.filter'))
		assert.equal(await open(`${ENGLISH_POST}?only=ru`), await open(`${POST}?only=ru`))
	})

	test('replies deeper than the cap stand flat and name whom they answer; each collapses', async () => {
		await setPolicy(blog.db, { depth: 3 })
		const chain = [await insert({ name: 'Имя 0' })]
		for (let n = 1; n < 6; n++) chain.push(await insert({ parent_id: chain.at(-1)!, name: `Имя ${n}` }))
		const page = await blog.html(RULES)
		assert.equal(shown(page), chain)
		assert.is(page.$$('#comments details[open] > summary').length, 2)
		assert.is(page.$$('#comments ol ol ol').length, 1)
		assert.is(page.$$('#comments ol ol ol ol').length, 0)
		const names = page.$$('a.replying-to').map(({ text, attributes }) => `${plain(text)} ${attributes.href}`)
		assert.equal(names, [
			`в ответ на отклик: Имя 2 #comment-${chain[2]}`,
			`в ответ на отклик: Имя 3 #comment-${chain[3]}`,
			`в ответ на отклик: Имя 4 #comment-${chain[4]}`,
		])
	})

	test('replies to what was taken down stay, and nothing tells what it was', async () => {
		const { first, reply, answer } = blog.seeded.responses
		await blog.db.updateTable('comments').set({ status: 'trash', html: 'тайна' }).where('id', '=', reply).execute()
		const page = await blog.html(POST)
		assert.ok(page.$(`#comment-${answer}`))
		assert.ok(page.$(`#comment-${first}`))
		assert.not.match(page.text, /тайна|John/)
		await setPolicy(blog.db, { perPage: 2 })
		assert.not.match((await blog.html(`${POST}?comments=2`)).text, /тайна|John/)
	})

	test('what an author of the blog says is marked', async () => {
		const id = await insert({ author_id: blog.seeded.authors.anna, name: 'Анна Ёлкина' })
		const impostor = await insert({ name: 'Анна Ёлкина' })
		const page = await blog.html(RULES)
		assert.is(page.$(`#comment-${id}.by-author .badge`)!.text, 'автор')
		assert.not.ok(page.$(`#comment-${impostor} .badge`))
	})

	test('whoever replies stands after those who replied before, under the same comment', async () => {
		await insert({ name: VERA.name, email: VERA.email })
		const root = await insert()
		const after = await insert()
		const ids: number[] = []
		for (let n = 0; n < 3; n++) {
			ids.push(await newReader(blog).say({ text: `Ответ ${n}`, parent: String(root) }, RULES))
		}
		const below = await newReader(blog).say({ text: 'Глубже', parent: String(ids[0]) }, RULES)
		assert.equal((await open(RULES)).slice(1), [root, ids[0]!, below, ids[1]!, ids[2]!, after])
		assert.is((await standing(blog.db, below)).depth, 2)
	})

	test.run()
}
