import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { insertComment, listByState, updateStatus } from '../../src/comments/queries.ts'
import { bumpListings } from '../../src/comments/thread-queries.ts'
import { NAMESPACES } from '../../src/feeds/xml.ts'
import { createPost } from '../../src/posts/save.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { type Database, databases } from '../support/databases.ts'
import { NOW, type seedFixtures } from '../support/fixtures.ts'
import { all, atomProblems, jsonProblems, type Node, parseXml, rssProblems } from './rules.ts'

const HOUR = 60 * 60 * 1000

type Blog = TestBlog<Awaited<ReturnType<typeof seedFixtures>>>

/** Without the unbreakable spaces of typography. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const titleOf = (item: Parameters<typeof textOf>[0]) => plain(textOf(item, 'title')!)

for (const database of databases) feeds(database)

function feeds(database: Database): void {
	const test = suite(database.name)
	let blog: Blog
	let now = NOW
	test.before(async () => {
		blog = await startBlog(database, { clock: () => now })
	})
	test.after(() => blog.close())

	const listings = [
		'/ru/',
		'/en/',
		'/ru/category/sobytiya/',
		'/en/tag/open-data/',
		'/ru/author/anna/',
		'/ru/2025/',
		'/ru/2025/02/',
		'/ru/2025/02/26/',
		'/ru/comments/',
		'/en/comments/',
		'/ru/2025/02/konferenciya-egov-2-0/',
		'/en/about/',
		'/',
	]

	test('every listing has a valid feed in each format', async () => {
		for (const path of listings) {
			assert.equal(rssProblems((await feed(blog, path, 'feed/', 'application/rss+xml')).text), [], path)
			assert.equal(atomProblems((await feed(blog, path, 'feed/atom/', 'application/atom+xml')).text), [], path)
			assert.equal(jsonProblems((await feed(blog, path, 'feed/json/', 'application/feed+json')).text), [], path)
		}
	})

	test("a feed's own address and its page are those asked for", async () => {
		for (const path of ['/ru/tag/knigi/', '/ru/comments/', '/']) {
			const { text } = await blog.get(`${path}feed/json/`)
			assert.is(JSON.parse(text).feed_url, `${blog.url}${path}feed/json/`)
		}
	})

	test('a feed has the posts of its listing in its language, newest first', async () => {
		const titles = async (path: string) => items(await blog.get(`${path}feed/`)).map(titleOf)
		assert.equal(await titles('/ru/'), [
			'Планы на весну',
			'Конференция eGov 2.0',
			'Защищено: Только для своих',
			'Ёлки, книги и ночной поезд',
			'Правила разговора',
		])
		assert.equal(await titles('/en/2025/02/'), ['The eGov 2.0 conference', 'Open data week'])
		assert.equal(await titles('/ru/category/sobytiya/'), ['Конференция eGov 2.0', 'Правила разговора'])
	})

	test('an entry carries the whole text, its author, terms, conversation and translations', async () => {
		const item = items(await blog.get('/ru/2025/02/26/feed/'))[0]!
		const link = `${blog.url}/ru/2025/02/konferenciya-egov-2-0/`
		assert.is(textOf(item, 'link'), link)
		assert.match(textOf(item, `{${NAMESPACES.content}}encoded`), /Говорили об.открытых данных/)
		assert.match(textOf(item, 'description'), /^Вчера в.Москве/)
		assert.is(textOf(item, `{${NAMESPACES.dc}}creator`), 'Анна Ёлкина')
		assert.equal(
			all(item, 'category')
				.map(({ text }) => text)
				.sort(),
			['Конференции', 'Открытые данные'],
		)
		assert.is(textOf(item, `{${NAMESPACES.slash}}comments`), '5')
		assert.is(textOf(item, `{${NAMESPACES.wfw}}commentRss`), `${link}feed/`)
		const alternates = all(item, `{${NAMESPACES.atom}}link`).map(({ attributes }) => attributes.href)
		assert.equal(alternates, [`${blog.url}/en/2025/02/egov-2-0-conference/`])
	})

	test('a search has a feed of its words', async () => {
		const query = `?${new URLSearchParams({ q: 'ёлки & книгами' })}`
		const { text } = await blog.get(`/ru/search/feed/${query}`)
		assert.equal(rssProblems(text), [])
		assert.equal(items({ text }).map(titleOf), ['Ёлки, книги и ночной поезд'])
		assert.equal(atomProblems((await blog.get(`/ru/search/feed/atom/${query}`)).text), [])
		assert.equal(jsonProblems((await blog.get('/ru/search/feed/json/')).text), [])
	})

	test('what a password protects is in no feed', async () => {
		for (const path of ['/ru/feed/', '/ru/feed/atom/', '/ru/feed/json/', '/feed/', '/ru/2025/01/dlya-svoih/feed/']) {
			const { status, text } = await blog.get(path)
			assert.is(status, 200)
			assert.not.match(text, 'Тайный')
		}
		assert.match((await blog.get('/ru/feed/')).text, 'Запись защищена паролем.')
	})

	test('drafts, scheduled posts and responses that wait are in no feed', async () => {
		for (const path of ['/en/feed/', '/ru/feed/atom/', '/feed/json/', '/ru/comments/feed/', '/en/comments/feed/']) {
			const { text } = await blog.get(path)
			assert.not.match(text, /nobody should see|Её ещё|Not to be seen|Ещё не одобрено|Buy now/)
		}
	})

	test('the feed of all languages has each post once, in the default language or else the first', async () => {
		const { text } = await blog.get('/feed/json/', { headers: { 'Accept-Language': 'en', Cookie: 'lang=en' } })
		const shown = JSON.parse(text).items.map((item: { language: string; title: string }) => [
			item.language,
			plain(item.title),
		])
		assert.equal(shown, [
			['ru', 'Планы на весну'],
			['ru', 'Конференция eGov 2.0'],
			['en', 'Open data week'],
			['ru', 'Защищено: Только для своих'],
			['ru', 'Ёлки, книги и ночной поезд'],
			['ru', 'Правила разговора'],
		])
		assert.is((await blog.get('/feed/json/')).text, text)
		const languages = items(await blog.get('/feed/')).map((item) => textOf(item, `{${NAMESPACES.dc}}language`))
		assert.equal(languages, ['', '', 'en', '', '', ''])
	})

	test('the responses to a post are one feed under every translation, each in its language', async () => {
		const ru = items(await blog.get('/ru/2025/02/konferenciya-egov-2-0/feed/'))
		const en = items(await blog.get('/en/2025/02/egov-2-0-conference/feed/'))
		assert.is(ru.length, 5)
		assert.equal(
			ru.map((item) => textOf(item, 'guid')),
			en.map((item) => textOf(item, 'guid')),
		)
		assert.is(textOf(ru.at(-1)!, 'title'), 'Вера: отклик на «Конференция eGov 2.0»')
		assert.match(textOf(ru.at(-1)!, 'link'), /konferenciya-egov-2-0\/#comment-\d+$/)
		assert.is(textOf(ru.at(-2)!, `{${NAMESPACES.dc}}language`), 'en')
	})

	test('a feed of a page that moved leads on, and one of what is not there is not there', async () => {
		const moved = await blog.get('/ru/2024/02/konferenciya-egov-2-0/feed/')
		assert.is(moved.status, 301)
		assert.is(moved.headers.location, '/ru/2025/02/konferenciya-egov-2-0/feed/')
		for (const path of [
			'/ru/tag/net/feed/',
			'/ru/2025/13/feed/',
			'/ru/2023/feed/',
			'/ru/2025/02/net/feed/',
			'/en/2025/03/plans/feed/',
			'/ru/2025/04/pervoe-aprelya/feed/atom/',
			'/de/feed/',
			'/ru/feed/xml/',
		]) {
			assert.is((await blog.get(path)).status, 404, path)
		}
	})

	test('a reader who has a feed is told so by either validator, by HEAD too', async () => {
		for (const path of ['/ru/feed/', '/feed/atom/', '/ru/comments/feed/', '/en/tag/open-data/feed/json/']) {
			const { headers } = await blog.get(path)
			const either: Record<string, string>[] = [
				{ 'If-None-Match': `"other", ${headers.etag}` },
				{ 'If-None-Match': headers.etag!.replace('W/', '') },
				{ 'If-Modified-Since': headers['last-modified']! },
			]
			for (const known of either) {
				for (const method of ['GET', 'HEAD']) {
					const again = await blog.get(path, { method, headers: known })
					assert.is(again.status, 304, path)
					assert.is(again.text, '')
					assert.is(again.headers.etag, headers.etag)
				}
			}
			const changed = { 'If-None-Match': '"other"', 'If-Modified-Since': headers['last-modified']! }
			assert.is((await blog.get(path, { headers: changed })).status, 200)
		}
	})

	test('a new response makes the feeds that count it new', async () => {
		const before = await blog.get('/ru/feed/')
		await blog.db.transaction().execute((trx) =>
			insertComment(trx, {
				post_id: blog.seeded.posts.rules,
				parent_id: null,
				kind: 'comment',
				status: 'approved',
				locale: 'ru',
				name: '',
				format: 'text',
				source: '',
				html: '<p><a href="/ru/">Домой</a></p>',
				author_id: null,
				created_at: now + HOUR,
			}),
		)
		now += 2 * HOUR
		const known = { 'If-Modified-Since': before.headers['last-modified']! }
		assert.is((await blog.get('/ru/feed/', { headers: known })).status, 200)
		assert.is.not((await blog.get('/ru/feed/')).headers.etag, before.headers.etag)
		const newest = items(await blog.get('/ru/comments/feed/'))[0]!
		assert.is(textOf(newest, 'title'), 'Без имени: отклик на «Правила разговора»')
		assert.match(textOf(newest, `{${NAMESPACES.content}}encoded`), `<a href="${blog.url}/ru/">Домой</a>`)
	})

	test('a response that is taken away makes them new too, for those who know only a date', async () => {
		const before = await blog.get('/ru/comments/feed/')
		const known = { 'If-Modified-Since': before.headers['last-modified']! }
		assert.is((await blog.get('/ru/comments/feed/', { headers: known })).status, 304)
		const [newest] = await listByState(blog.db, 'approved', 1)
		now += HOUR
		await blog.db.transaction().execute(async (trx) => {
			await updateStatus(trx, newest!.id, 'trash', '[]')
			await bumpListings(trx, [newest!.post_id])
		})
		assert.is((await blog.get('/ru/comments/feed/', { headers: known })).status, 200)
	})

	test('the feed of all languages goes back beyond 1970', async () => {
		const old = { locale: 'en', title: 'Before the epoch', source: 'Text', publishedAt: Date.UTC(1965, 0) }
		await createPost({ db: blog.db, timezone: 'Europe/Moscow', now }, {}, [old])
		assert.is(JSON.parse((await blog.get('/feed/json/')).text).items.at(-1).title, 'Before the epoch')
	})

	test.run()
}

async function feed(blog: Blog, path: string, name: string, type: string) {
	const answer = await blog.get(path + name)
	assert.is(answer.status, 200, path + name)
	assert.is(answer.headers['content-type'], `${type}; charset=utf-8`)
	return answer
}

function items({ text }: { text: string }): Node[] {
	return all(all(parseXml(text), 'channel')[0]!, 'item')
}

function textOf(node: Node, name: string): string {
	return all(node, name)[0]?.text ?? ''
}
