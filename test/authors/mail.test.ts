import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startJobs } from '../../src/work.ts'
import { cookieOf, type Desk, type DeskBlog, desk, openDesk, PASSWORD, parseHtml, startDesks } from '../admin/desk.ts'
import { databases } from '../support/databases.ts'
import { type Letter, type MailServer, startMailServer } from '../support/mail-server.ts'

const HOUR = 60 * 60 * 1000
const ANNA = 'anna@example.org'
const NEW_PASSWORD = 'совсем другая лошадь'

for (const database of databases) {
	const test = suite(`letters to authors on ${database.name}`)
	let server: MailServer
	let blog: DeskBlog
	let worker: { stop(): Promise<void> }
	let anna: Desk
	let late = 0

	test.before.each(async () => {
		late = 0
		server = await startMailServer()
		blog = await startDesks(database, { clock: () => Date.now() + late, env: { SMTP_URL: server.url } })
		worker = await startJobs(blog.inside)
		anna = await openDesk(blog, ANNA)
	})
	test.after.each(async () => {
		await worker.stop()
		await blog.close()
		await server.close()
	})

	const linkIn = ({ text }: Letter) => {
		const { pathname, search } = new URL(/http\S+token=\S+/.exec(text)![0])
		return { path: `${pathname.replace(/\/?$/, '/')}${search}`, token: new URLSearchParams(search).get('token')! }
	}
	const ask = (email: string) => blog.post('/admin/reset/', { email }, { 'Accept-Language': 'ru' })

	test('who has forgotten the password gets a link for an hour, good once; sessions end', async () => {
		assert.is((await ask(' Anna@example.org')).status, 200)
		const [letter] = await server.received(1)
		assert.equal(letter!.to, [ANNA])
		const { path, token } = linkIn(letter!)
		assert.is((await blog.get(path)).status, 200)
		assert.is((await blog.post('/admin/setup/', { token, password: 'password123' })).status, 422)
		const answer = await blog.post('/admin/setup/', { token, password: NEW_PASSWORD })
		assert.is(answer.headers.location, '/admin/')
		assert.is((await desk(blog, cookieOf(answer)).get('/admin/')).status, 200)
		assert.is((await anna.get('/admin/')).status, 303)
		assert.is((await blog.post('/admin/setup/', { token, password: PASSWORD })).status, 404)
		await ask(ANNA)
		const other = linkIn((await server.received(3)).filter(({ text }) => text.includes('token='))[1]!)
		late = HOUR + 60_000
		assert.is((await blog.get(other.path)).status, 404)
	})

	test('the answer is the same whether or not there is such an account, and only those who are get a letter', async () => {
		await blog.db.updateTable('authors').set({ disabled_at: 1 }).where('slug', '=', 'boris').execute()
		const texts = new Set<string>()
		for (const email of ['', 'nonsense', `${'x'.repeat(5000)}@example.org`]) assert.is((await ask(email)).status, 422)
		for (const email of ['nobody@example.org', 'boris@example.org', ANNA]) {
			const { status, text } = await ask(email)
			assert.is(status, 200)
			texts.add(parseHtml(text).$('main')!.text.replace(email, ''))
		}
		assert.is(texts.size, 1)
		const letters = await server.received(1)
		assert.equal(
			letters.map(({ to }) => to),
			[[ANNA]],
		)
	})

	test('a mailbox alone doesn’t stand in for the second step', async () => {
		await blog.db
			.updateTable('authors')
			.set({ totp_secret: 'A'.repeat(32) })
			.where('slug', '=', 'anna')
			.execute()
		await ask(ANNA)
		const { token } = linkIn((await server.received(1))[0]!)
		const answer = await blog.post('/admin/setup/', { token, password: NEW_PASSWORD })
		assert.is(answer.headers.location, '/admin/login/?reset')
		assert.not.ok(answer.headers['set-cookie'])
	})

	test('one address can ask ten times an hour, and one account be written to three times', async () => {
		for (let number = 0; number < 10; number++) assert.is((await ask(ANNA)).status, 200)
		const answer = await ask(ANNA)
		assert.is(answer.status, 429)
		assert.ok(Number(answer.headers['retry-after']) > 0)
		const { count } = await blog.db
			.selectFrom('links')
			.select((eb) => eb.fn.countAll<number>().as('count'))
			.where('purpose', '=', 'reset')
			.executeTakeFirstOrThrow()
		assert.ok(Number(count) <= 1)
		assert.ok(server.letters.length <= 3)
	})

	test('an invitation comes by mail with the link that the owner sees', async () => {
		await anna.post('/admin/people/', { name: 'Вера', address: 'vera@example.org', role: 'author' })
		const [letter] = await server.received(1)
		assert.equal(letter!.to, ['vera@example.org'])
		assert.match(letter!.text, 'Вера')
		const shown = (await anna.html('/admin/people/')).$('.things input.code')!.attributes.value!
		assert.match(letter!.text, shown)
		assert.is((await blog.get(linkIn(letter!).path)).status, 200)
	})

	test('a new e-mail counts when its mailbox has answered, in the author’s own browser', async () => {
		const asked = await anna.post('/admin/account/email/', { address: 'new@example.org', current: PASSWORD })
		assert.is(asked.headers.location, '/admin/account/?done=asked')
		const { path, token } = linkIn((await server.received(1))[0]!)
		const boris = await openDesk(blog, 'boris@example.org')
		assert.is((await boris.get(path)).status, 404)
		assert.is((await boris.post('/admin/account/email/confirm/', { token })).status, 404)
		assert.is((await anna.get(path)).status, 200)
		await openDesk(blog, ANNA)
		assert.is((await anna.post('/admin/account/email/confirm/', { token })).status, 303)
		await openDesk(blog, 'new@example.org')
		assert.is((await anna.post('/admin/account/email/confirm/', { token })).status, 404)
		const told = (await server.received(2))[1]!
		assert.equal(told.to, [ANNA], 'the old mailbox is told')
		assert.match(told.text, 'сменили адрес почты')
	})

	test('a changed password is told to its author by mail', async () => {
		await anna.post('/admin/account/security/password/', { chosen: NEW_PASSWORD, current: PASSWORD })
		const [letter] = await server.received(1)
		assert.equal(letter!.to, [ANNA])
		assert.match(letter!.text, 'сменили пароль')
		assert.not.match(letter!.text, NEW_PASSWORD)
	})

	test.run()
}

const silent = suite('where the blog sends no mail')

silent('the page says whom to ask', async () => {
	const blog = await startDesks(databases[0]!)
	const page = await blog.html('/admin/reset/', { headers: { 'Accept-Language': 'ru' } })
	assert.match(page.text, 'npm run otklik -- author password')
	assert.not.ok(page.$('input[name=email]'))
	await blog.close()
})

silent.run()
