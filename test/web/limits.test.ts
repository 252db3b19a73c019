import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LIMITS } from '../../src/web/rate/limits.ts'
import { secondsToWait } from '../../src/web/rate/rate.ts'
import { type Desk, type DeskBlog, openDesk, PASSWORD, startDesks } from '../admin/desk.ts'
import { databases } from '../support/databases.ts'
import { type Answer, send } from '../support/http.ts'

const POST = '/ru/2025/02/konferenciya-egov-2-0/'
const HERE = '127.0.0.1'
const READER = '203.0.113.9'
const from = (address: string) => ({ headers: { 'X-Forwarded-For': address } })
const XML = { 'Content-Type': 'text/xml' }

for (const database of databases) {
	const test = suite(`limits over HTTP on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk

	test.before(async () => {
		blog = await startDesks(database, { env: { TRUST_PROXY: '1' } })
		anna = await openDesk(blog, 'anna@example.org')
	})
	test.after(() => blog.close())

	/** Does something as often as it may be done in the shortest time. */
	async function use(name: string, who = HERE): Promise<void> {
		const { points } = LIMITS.find((row) => row.name === name)!
		for (let n = 0; n < points; n++) await secondsToWait(blog.inside, name, who)
	}

	function refused(answer: Answer, words = /Слишком/): void {
		assert.is(answer.status, 429)
		assert.match(String(answer.headers['retry-after']), /^[1-9]\d*$/)
		assert.match(answer.text, words)
		assert.not.match(answer.text, /errors\.|admin\.tooOften/)
	}

	test('searching: in the language of the page, with the words in their field; others go on searching', async () => {
		await use('search', READER)
		refused(await blog.get('/ru/search/?q=%D0%BA%D0%BD%D0%B8%D0%B3%D0%B0', from(READER)))
		const page = await blog.html('/en/search/?q=book', { status: 429, ...from(READER) })
		assert.match(page.text, 'Too many attempts')
		assert.is(page.$('main input[name=q]')?.attributes.value, 'book')
		assert.is((await blog.get('/ru/search/')).status, 200)
		assert.is(await secondsToWait(blog.inside, 'search', '203.0.113.7'), 0)
	})

	test('feeds that have to be made; those that are kept cost nothing', async () => {
		assert.is((await blog.get('/ru/feed/')).status, 200)
		await use('feed', READER)
		assert.is((await blog.get('/ru/feed/', from(READER))).status, blog.inside.pages ? 200 : 429)
		refused(await blog.get('/ru/feed/?n=1', from(READER)))
		refused(await blog.get('/en/2025/feed/atom/?n=1', from(READER)), /Too often|often/)
	})

	test('searches and feeds aren’t counted from this machine: behind an unnamed proxy all readers would be one', async () => {
		await use('search')
		await use('feed')
		assert.is((await blog.get('/ru/search/?q=x')).status, 200)
		assert.is((await blog.get('/ru/feed/?n=2')).status, 200)
	})

	test('forms of comments, previews and refused ones too: all that was typed comes back, to be sent again', async () => {
		const typed = { name: 'Вера', email: 'vera@example.org', text: 'Первая строка\nвторая', preview: '1' }
		assert.is((await blog.post(`${POST}comments/`, typed)).status, 200)
		await use('comment form')
		const answer = await blog.post(`${POST}comments/`, typed)
		refused(answer)
		for (const value of ['Вера', 'vera@example.org', 'Первая строка\nвторая']) assert.match(answer.text, value)
	})

	test('passwords of posts: the form is still there', async () => {
		const path = '/ru/2025/01/dlya-svoih/'
		assert.is((await blog.post(path, { password: 'нет' })).status, 422)
		await use('unlock')
		const answer = await blog.post(path, { password: 'сезам' })
		refused(answer)
		assert.match(answer.text, 'name="password"')
		assert.not.match(answer.text, 'сезам')
	})

	test('links to drafts and to subscriptions', async () => {
		const token = 'x'.repeat(32)
		assert.is((await blog.get(`/preview/${token}/`)).status, 404)
		await use('draft link')
		refused(await blog.get(`/preview/${token}/`, { headers: { 'Accept-Language': 'ru' } }))
		assert.is((await blog.get(`/ru/subscriptions/${token}/`)).status, 404)
		await use('subscription')
		refused(await blog.get(`/ru/subscriptions/${token}/`))
		refused(await blog.post(`/ru/subscriptions/${token}/?leave`, {}))
	})

	test('uploads, by account wherever they come from, and by address whoever sends them', async () => {
		const upload = (desk: Desk) =>
			blog.get('/admin/media/?format=json', {
				method: 'POST',
				headers: { Cookie: desk.cookie, 'Content-Type': 'multipart/form-data; boundary=x' },
				body: '--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--x--\r\n',
			})
		const boris = await openDesk(blog, 'boris@example.org')
		assert.is.not((await upload(boris)).status, 429)
		await use('upload', String(blog.seeded.authors.anna))
		refused(await upload(anna), /Подождите/)
		assert.is.not((await upload(boris)).status, 429)
		await use('upload from')
		refused(await upload(boris), /Подождите/)
	})

	test('programs: XML-RPC is answered with fault 49, Micropub in JSON', async () => {
		const call = () =>
			blog.get('/xmlrpc', {
				method: 'POST',
				headers: XML,
				body: '<methodCall><methodName>system.listMethods</methodName></methodCall>',
			})
		assert.not.match((await call()).text, '<fault>')
		await use('call')
		const { status, text } = await call()
		assert.is(status, 200)
		assert.match(text, /<name>faultCode<\/name>\s*<value><int>49<\/int>/)
		await use('micropub')
		const answer = await blog.get('/micropub?q=config', { headers: { Authorization: 'Bearer x' } })
		refused(answer, /429/)
		assert.match(String(answer.headers['content-type']), 'application/json')
	})

	test('sign-in: by account from one address; who was signed in here before, and a passkey, still have a door', async () => {
		const known = (await blog.post('/admin/login', { email: 'anna@example.org', password: PASSWORD })).headers[
			'set-cookie'
		]!
		const device = known.find((cookie) => /^(__Host-)?device=/.test(cookie))!.split(';')[0]!
		await use('sign-in', `${HERE} anna@example.org`)
		const form = { email: 'anna@example.org', password: PASSWORD }
		const answer = await blog.post('/admin/login', form)
		refused(answer)
		assert.match(answer.text, 'value="anna@example.org"')
		assert.is((await blog.post('/admin/login', form, { Cookie: device })).status, 303)
		assert.is((await blog.post('/admin/login', { email: '', credential: '{}' })).status, 422)
		assert.is((await blog.post('/admin/login', { email: 'boris@example.org', password: PASSWORD })).status, 303)
	})

	test('a network of IPv6 is one reader, behind a proxy that is trusted', async () => {
		const proxied = await startDesks(database, { env: { TRUST_PROXY: '1' } })
		const from = (address: string) =>
			send(Number(new URL(proxied.url).port), '/ru/search/?q=x', { headers: { 'X-Forwarded-For': address } })
		const { points } = LIMITS.find(({ name }) => name === 'search')!
		for (let n = 0; n < points; n++) await secondsToWait(proxied.inside, 'search', `2001:db8:1:2::${n}`)
		assert.is((await from('2001:db8:1:2:ffff::1')).status, 429)
		assert.is((await from('2001:db8:1:3::1')).status, 200)
		await proxied.close()
	})

	test.run()
}
