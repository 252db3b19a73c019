import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cookieOf, type DeskBlog, desk, openDesk, PASSWORD, parseHtml, startDesks } from '../admin/desk.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'

const DAY = 24 * 60 * 60 * 1000
const ANNA = 'anna@example.org'

for (const database of databases) {
	const test = suite(`sign-in on ${database.name}`)
	let blog: DeskBlog
	let now = NOW

	test.before(async () => {
		blog = await startDesks(database, { clock: () => now })
	})
	test.after(() => blog.close())
	test.before.each(() => {
		now = NOW
	})

	test('the right password opens the rooms; the cookie is out of reach of scripts and other sites', async () => {
		const answer = await blog.post('/admin/login', { email: ' Anna@Example.ORG ', password: PASSWORD })
		assert.is(answer.status, 303)
		assert.is(answer.headers.location, '/admin/')
		const cookie = answer.headers['set-cookie']![0]!
		assert.match(cookie, /^session=[\w-]{43}; path=\/; expires=.*; samesite=lax; httponly$/)
		const page = await desk(blog, cookieOf(answer)).html('/admin/')
		assert.match(page.$('.account')!.text, 'Анна Ёлкина')
	})

	test('only the hash of a token is stored', async () => {
		const { cookie } = await openDesk(blog, ANNA)
		const rows = await blog.db.selectFrom('sessions').selectAll().execute()
		assert.not.match(JSON.stringify(rows), cookie.split('=')[1]!)
		assert.is((await desk(blog, `session=${rows[0]!.token_hash}`).get('/admin/')).status, 303)
	})

	test('every sign-in has a new token, and ends the session that the browser had', async () => {
		const first = await openDesk(blog, ANNA)
		const answer = await first.post('/admin/login/', { email: ANNA, password: PASSWORD })
		assert.is.not(cookieOf(answer), first.cookie)
		assert.is((await first.get('/admin/')).status, 303)
		assert.is((await desk(blog, cookieOf(answer)).get('/admin/')).status, 200)
	})

	test('a wrong password and an unknown account get the same answer, in the visitor’s language', async () => {
		const alerts = new Set<string>()
		for (const [email, password] of [
			[ANNA, 'wrong horse battery'],
			['nobody@example.org', PASSWORD],
			['', ''],
			[`${'a'.repeat(5000)}@example.org`, 'x'.repeat(50_000)],
		] as const) {
			const answer = await blog.post('/admin/login', { email, password }, { 'Accept-Language': 'en' })
			assert.is(answer.status, 422)
			const page = parseHtml(answer.text)
			assert.is(page.attributes.lang, 'en')
			assert.is(page.$('input[name=email]')!.attributes.value, email)
			assert.is(page.$('input[name=password]')!.attributes.value, undefined)
			assert.not.ok(answer.headers['set-cookie'])
			alerts.add(page.$('[role=alert]')!.text)
		}
		assert.is(alerts.size, 1)
	})

	test('after twenty attempts an account rests, for this address alone, and other accounts don’t', async () => {
		const attempt = (email: string) => blog.post('/admin/login', { email, password: 'wrong horse battery' })
		for (let number = 0; number < 20; number++) assert.is((await attempt('guessed@example.org')).status, 422)
		const answer = await attempt('Guessed@example.org')
		assert.is(answer.status, 429)
		assert.ok(Number(answer.headers['retry-after']) > 0)
		assert.is(parseHtml(answer.text).$('input[name=email]')!.attributes.value, 'Guessed@example.org')
		assert.is((await attempt('other@example.org')).status, 422)
	})

	test('pages of authors are kept by no one, framed by no one, found by no one', async () => {
		for (const { headers, text } of [
			await blog.get('/admin/login/'),
			await (await openDesk(blog, ANNA)).get('/admin/'),
		]) {
			assert.is(headers['cache-control'], 'private, no-store')
			assert.match(headers['content-security-policy'] as string, "frame-ancestors 'none'")
			assert.is(headers['x-robots-tag'], 'noindex')
			assert.is(parseHtml(text).$('meta[name=robots]')!.attributes.content, 'noindex')
		}
	})

	test('who isn’t signed in is led to sign in, and then to the page that was asked for', async () => {
		const { status, headers } = await blog.get('/admin/responses/?state=spam')
		assert.is(status, 303)
		assert.is(headers.location, '/admin/login/?next=%2Fadmin%2Fresponses%2F%3Fstate%3Dspam')
		const action = (await blog.html(headers.location!)).$('main form')!.attributes.action!
		const answer = await blog.post(action, { email: ANNA, password: PASSWORD })
		assert.is(answer.headers.location, '/admin/responses/?state=spam')
	})

	test('after sign-out the token is worth nothing', async () => {
		const anna = await openDesk(blog, ANNA)
		assert.is((await anna.post('/admin/logout/')).status, 303)
		assert.is((await anna.get('/admin/')).status, 303)
	})

	test('a session lasts while it is used, and ends after 30 days without use', async () => {
		const anna = await openDesk(blog, ANNA)
		now += 29 * DAY
		const used = await anna.get('/admin/')
		assert.is(used.status, 200)
		assert.is(cookieOf(used), anna.cookie)
		now += 29 * DAY
		assert.is((await anna.get('/admin/')).status, 200)
		now += 31 * DAY
		assert.is((await anna.get('/admin/')).status, 303)
	})

	test('however much it is used, a session ends after 180 days', async () => {
		const anna = await openDesk(blog, ANNA)
		for (let days = 0; days < 174; days += 29) {
			assert.is((await anna.get('/admin/')).status, 200, String(days))
			now += 29 * DAY
		}
		assert.is((await anna.get('/admin/')).status, 200)
		now += 7 * DAY
		assert.is((await anna.get('/admin/')).status, 303)
	})

	test('what was written when the session had ended is saved after sign-in', async () => {
		const written = {
			title: 'Долгий текст',
			text: 'Первая строка\r\n\r\n«Вторая» <b>',
			status: 'draft',
			protection: 'тайна',
		}
		const asked = await blog.post('/admin/posts/new/ru/', written)
		assert.is(asked.status, 401)
		const page = parseHtml(asked.text)
		assert.match(page.$('[role=alert]')!.text, 'сохранится')
		const kept = (from: typeof page) =>
			Object.fromEntries(
				from.$$('main form input[type=hidden]').map(({ attributes }) => [attributes.name!, attributes.value ?? '']),
			)
		const action = page.$('main form')!.attributes.action!
		const wrong = await blog.post(action, { ...kept(page), email: ANNA, password: 'wrong horse battery' })
		assert.is(wrong.status, 422)
		const fields = { ...kept(parseHtml(wrong.text)), email: ANNA, password: PASSWORD }
		const answer = await blog.post(action, fields)
		assert.is(answer.status, 307)
		assert.is(answer.headers.location, '/admin/posts/new/ru/')
		const saved = await desk(blog, cookieOf(answer)).post('/admin/posts/new/ru/', fields)
		assert.is(saved.status, 303)
		const stored = await blog.db.selectFrom('translations').selectAll().where('title', '=', 'Долгий текст').execute()
		assert.equal(
			stored.map(({ source, password }) => [source, password]),
			[['Первая строка\n\n«Вторая» <b>', 'тайна']],
		)
	})

	test('the language of the rooms is chosen once for the account', async () => {
		const boris = await openDesk(blog, 'boris@example.org')
		assert.is((await boris.html('/admin/')).attributes.lang, 'ru')
		await boris.post('/admin/language/', { language: 'en' })
		await boris.post('/admin/language/', { language: 'xx' })
		assert.is((await boris.html('/admin/')).attributes.lang, 'en')
	})

	test('posts that another site makes a browser send are refused', async () => {
		const anna = await openDesk(blog, ANNA)
		const foreign: Record<string, string>[] = [
			{ 'Sec-Fetch-Site': 'cross-site' },
			{ 'Sec-Fetch-Site': 'same-site' },
			{ Origin: 'https://evil.example' },
			{ Origin: 'null' },
			{ Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' },
			{ Origin: `${blog.url}.evil.example` },
		]
		for (const headers of foreign) {
			const answer = await anna.post('/admin/language/', { language: 'en' }, headers)
			assert.is(answer.status, 403, JSON.stringify(headers))
			assert.is((await blog.post('/admin/login/', { email: ANNA, password: PASSWORD }, headers)).status, 403)
			assert.is((await blog.post('/ru/2025/01/dlya-svoih/', { password: 'сезам' }, headers)).status, 403)
		}
		assert.is((await anna.html('/admin/')).attributes.lang, 'ru')
		const own = new URL(blog.url).host.replace('localhost', '127.0.0.1')
		const ours: Record<string, string>[] = [
			{},
			{ 'Sec-Fetch-Site': 'same-origin', Origin: blog.url },
			{ 'Sec-Fetch-Site': 'none' },
			{ Origin: blog.url },
			{ 'Sec-Fetch-Site': 'same-origin', Origin: `http://${own}`, Host: own },
		]
		for (const headers of ours) {
			const answer = await anna.post('/admin/language/', { language: 'ru' }, headers)
			assert.is(answer.status, 303, JSON.stringify(headers))
		}
	})

	test('machines are not asked where they come from', async () => {
		for (const path of ['/xmlrpc', '/xmlrpc.php', '/webmention', '/trackback/1/', '/micropub']) {
			const { status } = await blog.post(path, {}, { Origin: 'https://other.example' })
			assert.is.not(status, 403, path)
		}
		assert.is((await blog.post('/webmentions', {}, { Origin: 'https://other.example' })).status, 403)
	})

	test.run()
}

const https = suite('sign-in where the blog is reached by https')

https('the cookie is bound to the host and to https, though TLS ends before us', async () => {
	const blog = await startDesks(databases[0]!, { env: { SITE_URL: 'https://blog.example' } })
	const answer = await blog.post('/admin/login', { email: ANNA, password: PASSWORD })
	assert.match(answer.headers['set-cookie']![0]!, /^__Host-session=[\w-]{43}; path=\/; .*; secure; httponly$/)
	assert.is((await desk(blog, cookieOf(answer)).get('/admin/')).status, 200)
	await blog.close()
})

https.run()
