import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { PASSWORD, startDesks } from '../admin/desk.ts'
import { axe, openPage } from '../support/browser.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'

const test = suite('signing in by passkeys in a browser')
const blog = await startDesks(databases[0]!)
const ANNA = 'anna@example.org'

/** A device of the reader's that keeps passkeys and says yes at once. */
async function addAuthenticator(page: Page) {
	const client = await page.context().newCDPSession(page)
	await client.send('WebAuthn.enable')
	const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
		},
	})
	return {
		verify: (isUserVerified: boolean) => client.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
		forget: () => client.send('WebAuthn.clearCredentials', { authenticatorId }),
	}
}

async function signIn(page: Page) {
	await page.goto(`${blog.url}/admin/login/`)
	await page.fill('#email', ANNA)
	await page.fill('#password', PASSWORD)
	await page.click('main button[type=submit]')
	await page.waitForURL(`${blog.url}/admin/`)
}

async function addPasskey(page: Page, name: string) {
	await page.goto(`${blog.url}/admin/account/security/`)
	await page.fill('#passkey-name', name)
	await page.fill('#passkey-current', PASSWORD)
	await page.click('[data-passkey-button]')
	await page.waitForSelector('[role=status].notice')
}

test('a passkey is made, named, used in place of password and code, and removed', async () => {
	const { page, problems, close } = await openPage(`${blog.url}/admin/login/`)
	const device = await addAuthenticator(page)
	await signIn(page)
	await addPasskey(page, 'Ноутбук')
	assert.is(await page.inputValue('.rename input'), 'Ноутбук')
	await page.fill('.rename input', 'Старый ноутбук')
	await page.click('.rename button')
	await page.waitForURL(/done=renamed/)
	// A second step is asked for after passwords only.
	await blog.db
		.updateTable('authors')
		.set({ totp_secret: 'A'.repeat(32) })
		.where('email', '=', ANNA)
		.execute()
	const before = (await page.context().cookies()).find(({ name }) => name === 'session')!.value
	await page.context().clearCookies()
	await page.goto(`${blog.url}/admin/login/?next=/admin/account/security/`)
	await page.click('[data-passkey-button]')
	await page.waitForURL(`${blog.url}/admin/account/security/`)
	const after = (await page.context().cookies()).find(({ name }) => name === 'session')!.value
	assert.is.not(after, before)
	assert.is(await page.inputValue('.rename input'), 'Старый ноутбук')
	assert.match((await page.textContent('#passkeys ~ .things'))!, 'последний вход')
	await page.getByRole('button', { name: 'Удалить «Старый ноутбук»' }).click()
	await page.waitForURL(/done=removed/)
	await page.context().clearCookies()
	await page.goto(`${blog.url}/admin/login/`)
	await page.click('[data-passkey-button]')
	await page.waitForSelector('[role=alert]')
	assert.match((await page.textContent('[role=alert]'))!, 'не действует')
	await device.forget()
	await blog.db.updateTable('authors').set({ totp_secret: null }).where('email', '=', ANNA).execute()
	// The page that refused answered 422, which the browser notes.
	assert.equal(
		problems.filter((problem) => !problem.includes('422')),
		[],
	)
	await close()
})

test('what was written when the session had ended survives sign-in with a passkey', async () => {
	const { page, close } = await openPage(`${blog.url}/admin/login/`)
	await addAuthenticator(page)
	await signIn(page)
	await addPasskey(page, 'Телефон')
	await page.goto(`${blog.url}/admin/posts/new/ru/`)
	await page.context().clearCookies()
	await page.evaluate(() => {
		const form = document.createElement('form')
		Object.assign(form, { method: 'post', action: '/admin/posts/new/ru/' })
		form.innerHTML = '<input name="title" value="Не пропало"><input name="text" value="Ни слова">'
		document.body.append(form)
		form.submit()
	})
	await page.waitForSelector('[role=alert]')
	await page.click('[data-passkey-button]')
	await page.waitForURL(/\/admin\/posts\/\d+\/ru\//)
	const rows = await blog.db.selectFrom('translations').select('source').where('title', '=', 'Не пропало').execute()
	assert.equal(rows, [{ source: 'Ни слова' }])
	await close()
})

test('an answer is good once, for this site, and from a verified person', async () => {
	const { page, close } = await openPage(`${blog.url}/admin/login/`)
	const device = await addAuthenticator(page)
	await signIn(page)
	await addPasskey(page, 'Ключ')
	await page.context().clearCookies()
	await page.goto(`${blog.url}/admin/login/`)
	const sent = page.waitForRequest((request) => request.method() === 'POST')
	await page.click('[data-passkey-button]')
	const credential = new URLSearchParams((await sent).postData()!).get('credential')!
	await page.waitForURL(`${blog.url}/admin/`)
	assert.is((await blog.post('/admin/login/', { credential })).status, 422)
	for (const nonsense of ['{}', '[]', 'null', '{"id":1}', '{"id":"x","response":{}}', 'x'.repeat(30_000)]) {
		assert.is((await blog.post('/admin/login/', { credential: nonsense })).status, 422)
	}
	await page.context().clearCookies()
	await device.verify(false)
	await page.goto(`${blog.url}/admin/login/`)
	await page.click('[data-passkey-button]')
	await page.waitForFunction(() => document.querySelector('[data-passkey-note]')?.textContent !== '')
	assert.is(new URL(page.url()).pathname, '/admin/login/')
	await close()
})

for (const [width, dark] of [
	[1280, false],
	[320, true],
] as const) {
	test(`what is shown on the way is accessible and fits: ${width} px`, async () => {
		const { page, problems, close } = await openPage(`${blog.url}/admin/login/`, { width, dark })
		const check = async (name: string) => {
			assert.equal(await axe(page), [], name)
			assert.is(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, `${name} is too wide`)
		}
		await page.goto(`${blog.url}/admin/reset/`)
		await check('reset')
		await signIn(page)
		await page.goto(`${blog.url}/admin/people/`)
		await page.fill('#name', 'Вера')
		await page.fill('#address', `vera-${width}@example.org`)
		await page.locator('form.card button').click()
		await page.waitForURL(/done=invited/)
		await check('people with an invitation')
		const link = await page.inputValue('.things input.code')
		await page.goto(`${blog.url}/admin/account/programs/`)
		await page.fill('#name', 'Редактор')
		await page.fill('#current', PASSWORD)
		await page.click('button[value=password]')
		await page.waitForSelector('#secret')
		await check('secret')
		await page.goto(`${blog.url}/admin/account/security/totp/`)
		const secret = await page.inputValue('input[name=secret]')
		await page.fill('#code', new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: NOW }))
		await page.fill('#current', PASSWORD)
		await page.locator('form.card button').click()
		await page.waitForSelector('.codes')
		await check('recovery codes')
		await page.goto(`${blog.url}/admin/account/security/totp/`)
		await check('second step that is on')
		await page.context().clearCookies()
		await page.goto(`${blog.url}/admin/login/`)
		await page.fill('#email', ANNA)
		await page.fill('#password', PASSWORD)
		await page.click('main button[type=submit]')
		await page.waitForSelector('#code')
		await check('second step')
		await page.goto(link)
		await check('invitation')
		assert.equal(problems, [])
		await blog.db.updateTable('authors').set({ totp_secret: null }).where('email', '=', ANNA).execute()
		await close()
	})
}

test.after(() => blog.close())

test.run()
