import { Secret, TOTP } from 'otpauth'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cookieOf, type Desk, type DeskBlog, desk, openDesk, PASSWORD, parseHtml, startDesks } from '../admin/desk.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import type { Answer } from '../support/http.ts'

const ANNA = 'anna@example.org'
const NEW_PASSWORD = 'совсем другая лошадь'

/** Every cookie that an answer sets. */
function cookiesOf({ headers }: Answer): string {
	return (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ')
}

for (const database of databases) {
	const test = suite(`safe sign-in on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk
	let now = NOW

	test.before.each(async () => {
		now = NOW
		blog = await startDesks(database, { clock: () => now })
		anna = await openDesk(blog, ANNA)
	})
	test.after.each(() => blog.close())

	const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now })
	const turnOn = async () => {
		const secret = (await anna.html('/admin/account/security/totp/')).$('input[name=secret]')!.attributes.value!
		const answer = await anna.post('/admin/account/security/totp/', { secret, code: codeOf(secret), current: PASSWORD })
		assert.is(answer.status, 200)
		anna = desk(blog, cookiesOf(answer))
		now += 60_000
		return {
			secret,
			codes: parseHtml(answer.text)
				.$$('.codes code')
				.map(({ text }) => text),
		}
	}
	const firstStep = async (headers: Record<string, string> = {}) => {
		const answer = await blog.post('/admin/login/', { email: ANNA, password: PASSWORD }, headers)
		assert.is(answer.status, 200)
		assert.not.ok(answer.headers['set-cookie'])
		return parseHtml(answer.text).$('input[name=ticket]')!.attributes.value!
	}
	const secondStep = (ticket: string, code: string, headers: Record<string, string> = {}) =>
		blog.post('/admin/login/code/', { ticket, code }, headers)

	test('the second step is on once a code was shown; then the password alone opens nothing', async () => {
		const page = await anna.html('/admin/account/security/totp/')
		assert.match(page.$('.scan img')!.attributes.src!, /^data:image\/svg\+xml;base64,/)
		const secret = page.$('input[name=secret]')!.attributes.value!
		const refused = await anna.post('/admin/account/security/totp/', { secret, code: '000000', current: PASSWORD })
		assert.is(refused.status, 422)
		assert.is(parseHtml(refused.text).$('input[name=secret]')!.attributes.value, secret)
		assert.is(
			(await anna.post('/admin/account/security/totp/', { secret, code: codeOf(secret), current: 'no' })).status,
			422,
		)
		const on = await turnOn()
		assert.is(on.codes.length, 10)
		const ticket = await firstStep()
		assert.is((await secondStep(ticket, '123')).status, 422)
		const answer = await secondStep(ticket, codeOf(on.secret))
		assert.is(answer.status, 303)
		assert.is((await desk(blog, cookieOf(answer)).get('/admin/')).status, 200)
	})

	test('a code is good once, and so is a recovery code; spaces and case don’t count', async () => {
		const { secret, codes } = await turnOn()
		const code = codeOf(secret)
		assert.is((await secondStep(await firstStep(), code)).status, 303)
		assert.is((await secondStep(await firstStep(), code)).status, 422)
		assert.is((await secondStep(await firstStep(), ` ${codes[0]!.toUpperCase().replaceAll('-', ' ')} `)).status, 303)
		assert.is((await secondStep(await firstStep(), codes[0]!)).status, 422)
		const stored = JSON.stringify(await blog.db.selectFrom('recovery_codes').selectAll().execute())
		assert.not.match(stored, codes[1]!)
		const renewed = await anna.post('/admin/account/security/codes/', { current: PASSWORD })
		assert.is(parseHtml(renewed.text).$$('.codes code').length, 10)
		assert.is((await secondStep(await firstStep(), codes[1]!)).status, 422)
	})

	test('the ticket between the steps ends after ten minutes, and with the password', async () => {
		const { secret } = await turnOn()
		const ticket = await firstStep()
		now += 11 * 60_000
		assert.is(parseHtml((await secondStep(ticket, codeOf(secret))).text).$('input[name=ticket]'), undefined)
		const other = await firstStep()
		await anna.post('/admin/account/security/password/', { current: PASSWORD, chosen: NEW_PASSWORD })
		assert.is((await secondStep(other, codeOf(secret))).status, 422)
		for (const nonsense of ['', '1', '1.x.y.z', `${other}x`, other.replace(/^\d+/, '2')]) {
			assert.is((await secondStep(nonsense, codeOf(secret))).status, 422, nonsense)
		}
	})

	test('codes can’t be guessed: after ten the second step rests, but not in a browser that is known', async () => {
		const { secret } = await turnOn()
		const ticket = await firstStep()
		for (let number = 0; number < 10; number++) assert.is((await secondStep(ticket, '000000')).status, 422)
		assert.is((await secondStep(ticket, codeOf(secret))).status, 429)
		assert.is((await secondStep(ticket, codeOf(secret), { Cookie: anna.cookie })).status, 303)
	})

	test('a form kept at the end of a session goes through the second step too', async () => {
		const { secret } = await turnOn()
		const written = { title: 'Долго писала', text: 'Текст', replay: '1' }
		const login = '/admin/login/?next=%2Fadmin%2Fposts%2Fnew%2Fru%2F'
		const page = parseHtml((await blog.post(login, { ...written, email: ANNA, password: PASSWORD })).text)
		const form = page.$('main form')!
		const kept = Object.fromEntries(
			form.$$('input[type=hidden]').map(({ attributes }) => [attributes.name!, attributes.value ?? '']),
		)
		assert.is(kept.title, 'Долго писала')
		assert.is(kept.password, undefined)
		const answer = await blog.post(form.attributes.action!, { ...kept, code: codeOf(secret) })
		assert.equal([answer.status, answer.headers.location], [307, '/admin/posts/new/ru/'])
	})

	test('turned off with the password, it is asked for no more', async () => {
		await turnOn()
		assert.is((await anna.post('/admin/account/security/totp/off/', { current: 'wrong' })).status, 422)
		assert.is((await anna.post('/admin/account/security/totp/off/', { current: PASSWORD })).status, 303)
		await openDesk(blog, ANNA)
	})

	test('guesses from the owner’s own address don’t keep the owner out of a browser that is known', async () => {
		const known = cookiesOf(await blog.post('/admin/login/', { email: ANNA, password: PASSWORD }))
		const device = known.split('; ').find((cookie) => cookie.startsWith('device='))!
		const attempt = (password: string, headers: Record<string, string> = {}) =>
			blog.post('/admin/login/', { email: ANNA, password }, headers)
		while ((await attempt('wrong horse battery')).status !== 429);
		assert.is((await attempt(PASSWORD)).status, 429)
		assert.is((await attempt(PASSWORD, { Cookie: device.replace(/.$/, 'x') })).status, 429)
		assert.is((await attempt(PASSWORD, { Cookie: device })).status, 303)
		const boris = await blog.post('/admin/login/', { email: 'boris@example.org', password: 'x' }, { Cookie: device })
		assert.is(boris.status, 422)
	})

	test('sessions are listed, and end one by one or all but this one', async () => {
		const agent = 'Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0'
		const signIn = async () => {
			const answer = await blog.post('/admin/login/', { email: ANNA, password: PASSWORD }, { 'User-Agent': agent })
			return desk(blog, cookieOf(answer))
		}
		const [second, third, fourth] = [await signIn(), await signIn(), await signIn()]
		const page = await anna.html('/admin/account/security/')
		const rows = page.$$('section .things li').filter(({ text }) => text.includes('вход'))
		assert.is(rows.length, 4)
		assert.is(rows.filter(({ text }) => text.includes('Firefox, Windows')).length, 3)
		assert.is(rows.filter(({ text }) => text.includes('этот браузер')).length, 1)
		const [session] = page.$$('input[name=session]').map(({ attributes }) => attributes.value!)
		await anna.post('/admin/account/security/sessions/', { session: session! })
		const statuses = async () =>
			(await Promise.all([anna, second, third, fourth].map((one) => one.get('/admin/')))).map(({ status }) => status)
		assert.is((await statuses()).filter((status) => status === 200).length, 3)
		const boris = await openDesk(blog, 'boris@example.org')
		await boris.post('/admin/account/security/sessions/', { others: '1' })
		assert.is((await statuses()).filter((status) => status === 200).length, 3)
		await anna.post('/admin/account/security/sessions/', { others: '1' })
		assert.equal(await statuses(), [200, 303, 303, 303])
	})

	test('a new password ends all sessions and begins another; weak and wrong ones change nothing', async () => {
		const other = await openDesk(blog, ANNA)
		const change = (current: string, chosen: string) =>
			anna.post('/admin/account/security/password/', { current, chosen })
		assert.is((await change('wrong', NEW_PASSWORD)).status, 422)
		assert.is((await change(PASSWORD, 'password123')).status, 422)
		assert.is((await change(PASSWORD, 'anna@example.org')).status, 422)
		assert.is((await change(PASSWORD, 'Блог Анны 1')).status, 422)
		const answer = await change(PASSWORD, NEW_PASSWORD)
		assert.is(answer.status, 303)
		assert.is((await other.get('/admin/')).status, 303)
		assert.is((await anna.get('/admin/')).status, 303)
		assert.is((await desk(blog, cookieOf(answer)).get('/admin/')).status, 200)
		await openDesk(blog, ANNA, NEW_PASSWORD)
	})

	test.run()
}
