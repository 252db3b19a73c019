import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { insertComment } from '../../src/comments/queries.ts'
import type { Db } from '../../src/db/schema.ts'
import { addTranslation, changeTranslation, createPost } from '../../src/posts/save.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import { at, NOW, type seedFixtures } from '../support/fixtures.ts'
import { parseHtml } from '../support/html.ts'

const POST = '/ru/2025/02/konferenciya-egov-2-0/'
const LOCKED = '/ru/2025/01/dlya-svoih/'

/** Texts with their no-break spaces as plain ones: typography is tested elsewhere. */
const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ')

async function idOf(db: Db, locale: string, slug: string): Promise<number> {
	const rows = db.selectFrom('translations').select('id').where('locale', '=', locale).where('slug', '=', slug)
	return (await rows.executeTakeFirstOrThrow()).id
}

for (const database of databases) {
	const test = suite(`posts on ${database.name}`)
	let blog: TestBlog<Awaited<ReturnType<typeof seedFixtures>>>
	test.before(async () => {
		blog = await startBlog(database)
	})
	test.after(() => blog.close())

	test('a post is an h-entry that says what it is, of whom and of when', async () => {
		const entry = (await blog.html(POST)).$('.h-entry')!
		assert.is(plain(entry.$('h1.p-name')!.text), 'Конференция eGov 2.0')
		const time = entry.$('time.dt-published')!
		assert.equal([time.text, time.attributes.datetime], ['26 февраля 2025 г.', '2025-02-26T09:00:00.000Z'])
		assert.is(entry.$('.u-url')!.attributes.href, blog.url + POST)
		const author = entry.$('.p-author.h-card')!
		assert.equal([plain(author.text), author.attributes.href], ['Анна Ёлкина', '/ru/author/anna/'])
		assert.equal(
			entry.$$('.p-category').map(({ text, attributes }) => `${plain(text)} ${attributes.href}`),
			['Конференции /ru/category/konferencii/', 'Открытые данные /ru/tag/otkrytye-dannye/'],
		)
		assert.match(entry.$('.e-content')!.text, 'Открытие')
		assert.match(plain(entry.text)!, '1 минута чтения')
	})

	test('a listing is an h-feed of entries with summaries', async () => {
		const card = (await blog.html('/ru/2025/02/')).$('.h-feed .h-entry')!
		assert.is(card.$('.u-url')!.attributes.href, POST)
		assert.is(plain(card.$('.p-name')!.text), 'Конференция eGov 2.0')
		assert.match(
			plain(card.$('.p-summary')!.text)!,
			/^Вчера в Москве прошла конференция об электронном правительстве\.$/,
		)
		assert.ok(card.$('.dt-published'))
		assert.is(plain(card.$('.p-author')!.text), 'Анна Ёлкина')
		assert.is(card.$('a[href$="#comments"]')!.text, '5 откликов')
	})

	test('the text of a post goes on beyond its excerpt, and the card says so', async () => {
		const page = await blog.html('/ru/')
		const more = page.$$('a').filter(({ text }) => text === 'Читать дальше')
		assert.equal(
			more.map(({ attributes }) => attributes.href),
			[POST, '/ru/2024/10/nochnoy-poezd/'],
		)
		assert.match(plain(more[0]!.attributes['aria-label'])!, 'Конференция eGov 2.0')
	})

	test('the posts before and after are those of its language', async () => {
		const around = async (path: string) => {
			const page = await blog.html(path)
			return ['prev', 'next'].map((rel) => page.$(`article a[rel=${rel}]`)?.attributes.href)
		}
		assert.equal(await around(POST), [LOCKED, '/ru/2025/03/plany/'])
		assert.equal(await around('/en/2025/02/egov-2-0-conference/'), ['/en/2025/02/open-data-week/', undefined])
		assert.equal(await around('/ru/2024/07/pravila/'), [undefined, '/ru/2024/10/nochnoy-poezd/'])
	})

	test('posts that share a tag are named as related, in the same language only', async () => {
		const related = async (path: string) =>
			(await blog.html(path)).$$('.related a').map(({ attributes }) => attributes.href)
		assert.equal(await related('/en/2025/02/egov-2-0-conference/'), ['/en/2025/02/open-data-week/'])
		assert.equal(await related(POST), [])
	})

	test('a page shows its subpages, and each the way up', async () => {
		const about = await blog.html('/ru/o-bloge/')
		assert.equal(
			about.$$('.children a').map(({ attributes }) => attributes.href),
			['/ru/kontakty/'],
		)
		assert.is(about.$('nav a[aria-current=page]')!.attributes.href, '/ru/o-bloge/')
		assert.ok((await blog.html('/ru/kontakty/')).$('main a[href="/ru/o-bloge/"]'))
		assert.not.ok(about.$('a[rel=next]'))
	})

	test('one conversation stands under every translation, each response in its language, with one total', async () => {
		const [ru, en] = [await blog.html(POST), await blog.html('/en/2025/02/egov-2-0-conference/')]
		const shown = (page: typeof ru) =>
			page.$$('#comments .comment').map(({ attributes }) => `${attributes.id} ${attributes.lang}`)
		const { first, reply, answer, pingback, englishPingback, held, spam } = blog.seeded.responses
		const expected = [
			`comment-${first} ru`,
			`comment-${reply} en`,
			`comment-${answer} ru`,
			`comment-${pingback} ru`,
			`comment-${englishPingback} en`,
		]
		assert.equal(shown(ru), expected)
		assert.equal(shown(en), expected)
		assert.match(plain(ru.$('#comments h2')!.text)!, /^5 откликов на/)
		assert.match(plain(en.$('#comments h2')!.text)!, /^5 responses to/)
		for (const id of [held, spam]) assert.not.ok(ru.$(`#comment-${id}`))
		assert.ok(ru.$(`#comment-${first}.p-comment.h-cite .p-author`))
		assert.ok(ru.$(`li:has(> #comment-${first}) #comment-${reply}`))
	})

	test('a post whose conversation is closed says so', async () => {
		assert.match((await blog.html('/ru/2025/03/plany/')).$('#comments')!.text, 'Отклики к этой записи закрыты')
	})

	test('a protected post shows nothing but its form until the password is given', async () => {
		const respond = (trx: Parameters<typeof insertComment>[0]) =>
			insertComment(trx, {
				post_id: blog.seeded.posts.locked,
				parent_id: null,
				kind: 'comment',
				status: 'approved',
				locale: 'ru',
				name: 'Подруга',
				format: 'text',
				source: 'Шёпотом',
				html: '<p>Шёпотом</p>',
				author_id: null,
				created_at: NOW,
			})
		await blog.db.transaction().execute(respond)
		const paths = [
			'',
			'search/?q=%D1%82%D0%B0%D0%B9%D0%BD%D1%8B%D0%B9',
			'feed/',
			'feed/json/',
			'comments/feed/',
			'2025/01/',
		]
		for (const path of [LOCKED, `${LOCKED}feed/`, '/feed/', ...paths.map((path) => `/ru/${path}`)]) {
			assert.not.match((await blog.get(path)).text, /Тайный текст|Шёпотом|Подруга/i, path)
		}
		const form = (await blog.html(LOCKED)).$('form[method=post]')!
		assert.is(form.attributes.action, LOCKED)
		assert.ok(form.$('input[type=password][name=password]'))
		assert.match((await blog.get(LOCKED)).headers['cache-control']!, 'no-store')
	})

	test('a wrong password is told in the form, which stays', async () => {
		const answer = await blog.post(LOCKED, { password: 'тыква' })
		assert.is(answer.status, 422)
		assert.is(answer.headers['content-language'], 'ru')
		assert.match(answer.headers['cache-control']!, 'no-store')
		assert.is(answer.headers['set-cookie'], undefined)
		const page = parseHtml(answer.text)
		assert.is(page.$('[role=alert]')!.text, 'Пароль не подошёл. Попробуйте ещё раз.')
		assert.ok(page.$('input[type=password][aria-invalid=true]'))
		for (const form of [{}, { password: '' }, { password: 'x'.repeat(10_000) }]) {
			assert.is((await blog.post(LOCKED, form as Record<string, string>)).status, 422)
		}
	})

	test('the right password opens that post in that language, until it is changed', async () => {
		const answer = await blog.post(LOCKED, { password: 'сезам' })
		assert.equal([answer.status, answer.headers.location], [303, LOCKED])
		const [set] = answer.headers['set-cookie']!
		assert.match(set!, /httponly/i)
		assert.match(set!, /samesite=lax/i)
		const headers = { Cookie: set!.split(';')[0]! }
		const open = await blog.get(LOCKED, { headers })
		assert.match(plain(parseHtml(open.text).$('.e-content')!.text)!, 'Тайный текст')
		assert.match(parseHtml(open.text).$('#comments')!.text, 'Шёпотом')
		assert.match(open.headers['cache-control']!, 'no-store')
		assert.not.match((await blog.get('/en/2025/01/for-friends/', { headers })).text, 'A secret text')
		const id = await idOf(blog.db, 'ru', 'dlya-svoih')
		assert.not.match((await blog.get(LOCKED, { headers: { Cookie: `unlock-${id}=1` } })).text, 'Тайный текст')
		const saving = { db: blog.db, timezone: 'Europe/Moscow', now: NOW }
		await changeTranslation(saving, id, { password: 'другой' })
		assert.not.match((await blog.get(LOCKED, { headers })).text, 'Тайный текст')
		await changeTranslation(saving, id, { password: 'сезам' })
	})

	test('a form that is no form, is too large or is not UTF-8 is refused with a page', async () => {
		const send = (type: string, body: string | Buffer) =>
			blog.get(LOCKED, { method: 'POST', headers: { 'Content-Type': type }, body })
		assert.is((await send('application/json', '{}')).status, 415)
		assert.is((await send('application/x-www-form-urlencoded', Buffer.from([0x70, 0x3d, 0xff]))).status, 400)
		const large = await send('application/x-www-form-urlencoded', `password=${'x'.repeat(100_000)}`)
		assert.is(large.status, 413)
		assert.is(parseHtml(large.text).$('h1')!.text, 'Слишком много данных')
	})

	test('a translation tells that its source has moved on, unless by a small change', async () => {
		const saving = { db: blog.db, timezone: 'Europe/Moscow', now: NOW }
		const time = at('2025-03-02T09:00Z')
		const id = await createPost(saving, {}, [
			{ locale: 'ru', title: 'Оригинал', slug: 'original', source: 'Первый текст.', publishedAt: time },
		])
		const translation = { title: 'Translated', slug: 'translated', source: 'The first text.', publishedAt: time }
		await addTranslation(saving, id, 'post', { locale: 'en', sourceLocale: 'ru', ...translation })
		const source = await idOf(blog.db, 'ru', 'original')
		const notice = async () =>
			(await blog.html('/en/2025/03/translated/')).$('main')!.text.includes('The original has changed')
		assert.not(await notice())
		await changeTranslation(saving, source, { source: 'Первый текст!', small: true })
		assert.not(await notice())
		await changeTranslation(saving, source, { source: 'Второй текст.' })
		assert.ok(await notice())
		assert.ok((await blog.html('/en/2025/03/translated/')).$('main a[href="/ru/2025/03/original/"][hreflang=ru]'))
		assert.not((await blog.html('/ru/2025/03/original/')).$('main')!.text.includes('изменился'))
		assert.match((await blog.html('/ru/2025/03/original/')).$('.e-content')!.text, /Второй\sтекст/)
		assert.not.match((await blog.get('/en/2025/03/translated/')).text, 'Второй')
	})

	test('deleting one translation leaves the others untouched', async () => {
		const id = await idOf(blog.db, 'en', 'rules')
		const before = (await blog.html('/ru/2024/07/pravila/')).$('.e-content')!.text
		await changeTranslation({ db: blog.db, timezone: 'Europe/Moscow', now: NOW }, id, { status: 'trash' })
		assert.is((await blog.get('/en/2024/07/rules/')).status, 404)
		assert.is((await blog.html('/ru/2024/07/pravila/')).$('.e-content')!.text, before)
	})

	test('a post without a title is called by its date', async () => {
		const time = at('2025-03-03T09:00Z')
		await createPost({ db: blog.db, timezone: 'Europe/Moscow', now: NOW }, {}, [
			{ locale: 'ru', title: ' ', slug: 'bez-nazvaniya', source: 'Просто слова.', publishedAt: time },
		])
		assert.is((await blog.html('/ru/2025/03/bez-nazvaniya/')).$('h1')!.text, '3 марта 2025 г.')
		assert.not.match((await blog.get('/ru/2025/03/bez-nazvaniya/')).text, /г\.\.|г\.» —/)
	})

	test.run()
}
