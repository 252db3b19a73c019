import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { changeTranslation } from '../../src/posts/save.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import { NOW, type seedFixtures } from '../support/fixtures.ts'
import type { Node } from '../support/html.ts'

type Fixtures = Awaited<ReturnType<typeof seedFixtures>>

const CONFERENCE = { ru: '/ru/2025/02/konferenciya-egov-2-0/', en: '/en/2025/02/egov-2-0-conference/' }

function alternatesOf(page: Node): Record<string, string> {
	return Object.fromEntries(
		page.$$('link[rel=alternate][hreflang]').map(({ attributes }) => [attributes.hreflang, attributes.href]),
	)
}

function switcherOf(page: Node): Record<string, string> {
	return Object.fromEntries(page.$$('nav.languages a').map(({ attributes }) => [attributes.hreflang, attributes.href]))
}

async function translationId({ db }: TestBlog<Fixtures>, locale: string, slug: string): Promise<number> {
	const row = db.selectFrom('translations').select('id').where('locale', '=', locale).where('slug', '=', slug)
	return (await row.executeTakeFirstOrThrow()).id
}

for (const database of databases) {
	const test = suite(`languages on ${database.name}`)
	let blog: TestBlog<Fixtures>
	test.before(async () => {
		blog = await startBlog(database)
	})
	test.after(() => blog.close())

	test("/ leads to the reader's language, and says what that depends on", async () => {
		const wish = async (headers: Record<string, string>) => (await blog.get('/', { headers })).headers.location
		assert.is(await wish({}), '/ru/')
		assert.is(await wish({ 'Accept-Language': 'en-GB,en;q=0.9' }), '/en/')
		assert.is(await wish({ 'Accept-Language': 'en;q=0.5, ru' }), '/ru/')
		assert.is(await wish({ 'Accept-Language': 'ru;q=0, en;q=0.1' }), '/en/')
		assert.is(await wish({ 'Accept-Language': 'be' }), '/ru/')
		assert.is(await wish({ 'Accept-Language': 'ru', Cookie: 'lang=en' }), '/en/')
		assert.is(await wish({ 'Accept-Language': 'en', Cookie: 'lang=fr' }), '/en/')
		const { status, headers } = await blog.get('/')
		assert.is(status, 302)
		assert.equal(headers.vary?.split(', ').sort(), ['Accept-Language', 'Cookie'])
		assert.is(headers['set-cookie'], undefined)
	})

	test('a page is the same bytes whatever the reader asks for, and sets no cookie', async () => {
		for (const path of ['/ru/', '/en/', CONFERENCE.ru, CONFERENCE.en, '/ru/search/?q=книга', '/en/2025/02/']) {
			const plain = await blog.get(encodeURI(path))
			assert.is(plain.status, 200, path)
			for (const [accept, lang] of [
				['en', 'ru'],
				['ru', 'en'],
				['de', 'xx'],
			]) {
				const other = await blog.get(encodeURI(path), {
					headers: { 'Accept-Language': accept!, Cookie: `lang=${lang}` },
				})
				assert.ok(other.bytes.equals(plain.bytes), path)
				assert.is(other.headers['set-cookie'], undefined)
			}
		}
	})

	test('every page says which language it is in', async () => {
		for (const locale of ['ru', 'en'] as const) {
			for (const path of [`/${locale}/`, CONFERENCE[locale], `/${locale}/search/`, `/${locale}/2025/02/`]) {
				const { headers } = await blog.get(path)
				assert.is(headers['content-language'], locale, path)
				assert.is((await blog.html(path)).attributes.lang, locale, path)
			}
			const missing = await blog.get(`/${locale}/nowhere/`)
			assert.is(missing.status, 404)
			assert.is(missing.headers['content-language'], locale)
		}
	})

	test('a page names its siblings, each of which names it, all of them there', async () => {
		for (const path of [
			'/ru/',
			CONFERENCE.ru,
			'/ru/o-bloge/',
			'/ru/category/sobytiya/',
			'/ru/2025/02/',
			'/ru/author/anna/',
		]) {
			const own = alternatesOf(await blog.html(path))
			assert.equal(Object.keys(own).sort(), ['en', 'ru', 'x-default'], path)
			assert.is(own.ru, blog.url + path)
			assert.is(own['x-default'], own.ru)
			assert.equal(alternatesOf(await blog.html(own.en!.slice(blog.url.length))), own, path)
		}
	})

	test('what exists in one language has no alternates, and the switcher leads to the other home', async () => {
		for (const path of ['/ru/2024/10/nochnoy-poezd/', '/ru/tag/knigi/', '/ru/2025/03/plany/', '/ru/2024/10/']) {
			const page = await blog.html(path)
			assert.equal(alternatesOf(page), {}, path)
			assert.is(switcherOf(page).en, '/en/', path)
		}
	})

	test('the switcher is plain links to the siblings', async () => {
		assert.equal(switcherOf(await blog.html(CONFERENCE.ru)), CONFERENCE)
		const links = (await blog.html(CONFERENCE.en)).$$('nav.languages a')
		assert.equal(
			links.map(({ text, attributes }) => [text, attributes.lang]),
			[
				['Русский', 'ru'],
				['English', 'en'],
			],
		)
	})

	test('a page that is missing in a language is 404 in that language, and offers the others', async () => {
		const page = await blog.html('/en/2024/10/nochnoy-poezd/', { status: 404 })
		assert.is(page.attributes.lang, 'en')
		assert.match(page.$('main')!.text, 'not available in English')
		const offer = page.$('main a[lang=ru]')!
		assert.is(offer.attributes.href, '/ru/2024/10/nochnoy-poezd/')
		assert.is(offer.text.replaceAll('\u00a0', ' '), 'Ёлки, книги и ночной поезд')
		const russian = await blog.html('/ru/2025/02/open-data-week/', { status: 404 })
		assert.is(russian.$('main a[lang=en]')!.attributes.href, '/en/2025/02/open-data-week/')
	})

	test("a sibling's slug under the other language leads to the post there", async () => {
		const { status, headers } = await blog.get('/en/2025/02/konferenciya-egov-2-0/')
		assert.equal([status, headers.location], [301, CONFERENCE.en])
	})

	test('an old slug leads to the new one in its own language only', async () => {
		const id = await translationId(blog, 'ru', 'pravila')
		const saving = { db: blog.db, timezone: 'Europe/Moscow', now: NOW }
		await changeTranslation(saving, id, { slug: 'kak-govorit' })
		const moved = await blog.get('/ru/2024/07/pravila/')
		assert.equal([moved.status, moved.headers.location], [301, '/ru/2024/07/kak-govorit/'])
		assert.is((await blog.get('/en/2024/07/pravila/')).status, 404)
		assert.equal(alternatesOf(await blog.html('/en/2024/07/rules/')).ru, `${blog.url}/ru/2024/07/kak-govorit/`)
		await changeTranslation(saving, id, { slug: 'pravila' })
		assert.is((await blog.get('/ru/2024/07/pravila/')).status, 200)
		assert.is((await blog.get('/ru/2024/07/kak-govorit/')).headers.location, '/ru/2024/07/pravila/')
	})

	test('what is not published is shown nowhere', async () => {
		const hidden = ['/en/2025/03/plans/', '/ru/2025/04/pervoe-aprelya/', '/en/2025/04/april-first/']
		for (const path of hidden) assert.is((await blog.get(path)).status, 404, path)
		const listings = ['', '2025/', '2025/03/', '2025/04/', 'author/anna/', 'search/?q=spring', 'search/?q=april']
		const feeds = ['feed/', 'feed/atom/', 'feed/json/']
		const paths = ['ru', 'en'].flatMap((locale) => [...listings, ...feeds].map((path) => `/${locale}/${path}`))
		for (const path of [...paths, '/sitemap.xml', '/feed/', '/ru/search/?q=%D0%B0%D0%BF%D1%80%D0%B5%D0%BB%D1%8C']) {
			const { text } = await blog.get(path)
			for (const word of [
				'Plans for spring',
				'/plans/',
				'nobody should',
				'pervoe-aprelya',
				'april-first',
				'Первоапрел',
			]) {
				assert.not.match(text, word, path)
			}
		}
		assert.equal(alternatesOf(await blog.html('/ru/2025/03/plany/')), {})
	})

	test('a private post, and one in the trash, is gone from every language', async () => {
		const id = await translationId(blog, 'en', 'open-data-week')
		const set = (status: 'private' | 'trash' | 'published') =>
			changeTranslation({ db: blog.db, timezone: 'Europe/Moscow', now: NOW }, id, { status })
		for (const status of ['private', 'trash'] as const) {
			await set(status)
			assert.is((await blog.get('/en/2025/02/open-data-week/')).status, 404, status)
			for (const path of ['/en/', '/en/feed/', '/en/search/?q=week', '/en/tag/open-data/', '/sitemap.xml']) {
				assert.not.match((await blog.get(path)).text, 'open-data-week', `${status} ${path}`)
			}
		}
		await set('published')
		assert.match((await blog.get('/en/')).text, 'open-data-week')
	})

	test('a term without a name in a language is not shown in it', async () => {
		const russian = await blog.html('/ru/2024/10/nochnoy-poezd/')
		assert.match(
			russian
				.$$('.p-category')
				.map(({ text }) => text)
				.join(),
			/Заметки.*Книги/,
		)
		assert.is((await blog.get('/en/tag/knigi/')).status, 404)
		assert.is((await blog.get('/en/category/zametki/')).status, 404)
		assert.not.match((await blog.html('/en/')).$('aside')!.text, /knigi|Книги|Заметки/)
	})

	test.run()
}
