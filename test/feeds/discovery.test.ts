import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bumpPosts } from '../../src/db/versions.ts'
import { createPost, type Draft } from '../../src/posts/save.ts'
import { startBlog } from '../support/app.ts'
import { type Database, databases } from '../support/databases.ts'
import { at, NOW } from '../support/fixtures.ts'
import { all, type Node, parseXml } from './rules.ts'

const SITEMAP = 'http://www.sitemaps.org/schemas/sitemap/0.9'
const OPENSEARCH = 'http://a9.com/-/spec/opensearch/1.1/'

for (const database of databases) discovery(database)

function discovery(database: Database): void {
	const test = suite(database.name)
	let blog: Awaited<ReturnType<typeof startBlog>>
	let now = NOW
	test.before(async () => {
		blog = await startBlog(database, { clock: () => now })
	})
	test.after(() => blog.close())

	const sitemap = async () => all(parseXml((await blog.get('/sitemap.xml')).text), `{${SITEMAP}}url`)

	test('the sitemap has every page that anybody may read, and no other', async () => {
		const paths = (await sitemap()).map((url) => textOf(url, 'loc').replace(blog.url, ''))
		assert.equal(paths.toSorted(), [
			'/en/',
			'/en/2024/07/rules/',
			'/en/2025/02/egov-2-0-conference/',
			'/en/2025/02/open-data-week/',
			'/en/about/',
			'/en/author/anna/',
			'/en/author/boris/',
			'/en/category/conferences/',
			'/en/category/events/',
			'/en/contacts/',
			'/en/tag/open-data/',
			'/ru/',
			'/ru/2024/07/pravila/',
			'/ru/2024/10/nochnoy-poezd/',
			'/ru/2025/02/konferenciya-egov-2-0/',
			'/ru/2025/03/plany/',
			'/ru/author/anna/',
			'/ru/author/boris/',
			'/ru/category/konferencii/',
			'/ru/category/sobytiya/',
			'/ru/category/zametki/',
			'/ru/kontakty/',
			'/ru/o-bloge/',
			'/ru/tag/knigi/',
			'/ru/tag/otkrytye-dannye/',
		])
		for (const path of paths) assert.is((await blog.get(path)).status, 200, path)
	})

	test('the alternates of the sitemap are those of the pages', async () => {
		for (const url of await sitemap()) {
			const path = textOf(url, 'loc').replace(blog.url, '')
			const listed = all(url, '{http://www.w3.org/1999/xhtml}link').map(({ attributes }) => attributes)
			const shown = (await blog.html(path)).$$('link[rel=alternate][hreflang]').map(({ attributes }) => attributes)
			assert.equal(listed.map(asLine).sort(), shown.map(asLine).sort(), path)
		}
	})

	test('the sitemap tells when a post was changed', async () => {
		const dates = (await sitemap()).map((url) => textOf(url, 'lastmod')).filter((date) => date)
		assert.is(dates.length, 11)
		for (const date of dates) assert.match(date, /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/)
	})

	test('a sitemap in one file has no parts', async () => {
		assert.is((await blog.get('/sitemap-1.xml')).status, 404)
	})

	test('robots are told where the sitemap is and what is not for them', async () => {
		const { text, headers } = await blog.get('/robots.txt', { headers: { Host: 'evil.example' } })
		assert.is(headers['content-type'], 'text/plain; charset=utf-8')
		assert.match(text, `Sitemap: ${blog.url}/sitemap.xml\n`)
		for (const path of ['/admin/', '/ru/search/', '/en/search/', '/*?reply=']) assert.match(text, `Disallow: ${path}\n`)
		assert.not.match(text, 'Disallow: /\n')
	})

	test('the search is described in the default language and in others', async () => {
		const { text, headers } = await blog.get('/opensearch.xml')
		assert.is(headers['content-type'], 'application/opensearchdescription+xml; charset=utf-8')
		const ru = parseXml(text)
		assert.is(ru.name, `{${OPENSEARCH}}OpenSearchDescription`)
		assert.is(openSearch(ru, 'ShortName'), 'Блог Анны')
		assert.is(openSearch(ru, 'Language'), 'ru')
		const [url] = all(ru, `{${OPENSEARCH}}Url`)
		assert.is(url!.attributes.template, `${blog.url}/ru/search/?q={searchTerms}`)
		const en = parseXml((await blog.get('/opensearch.xml?lang=en')).text)
		assert.is(openSearch(en, 'ShortName'), "Anna's blog")
		assert.is((await blog.get('/opensearch.xml?lang=xx')).text, text)
	})

	test('what a robot has is not sent again', async () => {
		for (const path of ['/sitemap.xml', '/robots.txt', '/opensearch.xml']) {
			const { headers } = await blog.get(path)
			assert.is((await blog.get(path, { headers: { 'If-None-Match': headers.etag! } })).status, 304)
		}
	})

	test('the sitemap grows when a post is written and when the time of a scheduled one comes', async () => {
		const paths = async () => (await sitemap()).map((url) => textOf(url, 'loc').replace(blog.url, ''))
		const draft = { locale: 'en', title: 'News', slug: 'news', source: 'New.', publishedAt: now, status: 'published' }
		assert.not.ok((await paths()).includes('/en/2025/03/news/'))
		await createPost({ db: blog.db, timezone: 'Europe/Moscow', now }, {}, [draft as Draft])
		assert.ok((await paths()).includes('/en/2025/03/news/'))
		assert.not.ok((await paths()).includes('/ru/2025/04/pervoe-aprelya/'))
		now = at('2025-04-02T09:00Z')
		assert.ok((await paths()).includes('/ru/2025/04/pervoe-aprelya/'))
	})

	test('an empty blog has a sitemap too', async () => {
		const empty = await startBlog(database, { seed: async () => undefined })
		const { status, text } = await empty.get('/sitemap.xml')
		await empty.close()
		assert.is(status, 200)
		assert.match(text, `<loc>${empty.url}/ru/</loc>`)
	})

	test('a large sitemap is an index, and its parts together have every page once', async () => {
		const large = await startBlog(database)
		const locations = async (path: string) => {
			const { status, text } = await large.get(path)
			assert.is(status, 200, path)
			const root = parseXml(text)
			const items = ['url', 'sitemap'].flatMap((name) => all(root, `{${SITEMAP}}${name}`))
			return items.map((item) => textOf(item, 'loc').replace(large.url, ''))
		}
		const before = await locations('/sitemap.xml')
		await large.db.transaction().execute(async (trx) => {
			await trx.insertInto('posts').values({ id: 2_345, kind: 'post', created_at: NOW }).execute()
			await bumpPosts(trx, ['ru'])
		})
		const parts = await locations('/sitemap.xml')
		assert.equal(parts, ['/sitemap-0.xml', '/sitemap-1.xml', '/sitemap-2.xml', '/sitemap-3.xml'])
		const pages = (await Promise.all(parts.map(locations))).flat()
		assert.equal(pages.toSorted(), before.toSorted())
		assert.is((await large.get('/sitemap-4.xml')).status, 404)
		await large.close()
	})

	test.run()
}

function asLine({ hreflang, href }: Record<string, string | undefined>): string {
	return `${hreflang} ${href}`
}

function textOf(url: Node, name: string): string {
	return all(url, `{${SITEMAP}}${name}`)[0]?.text ?? ''
}

function openSearch(description: Node, name: string): string | undefined {
	return all(description, `{${OPENSEARCH}}${name}`)[0]?.text
}
