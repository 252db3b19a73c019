import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { addAccount, EmailTaken, type NewAccount } from '../../src/authors/accounts.ts'
import { passwordLink, setupLink } from '../../src/authors/links.ts'
import { cookieOf, desk, openDesk, PASSWORD, parseHtml } from '../admin/desk.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import { NOW, type seedFixtures } from '../support/fixtures.ts'

const WEEK = 7 * 24 * 60 * 60 * 1000
const MARIA = { name: 'Мария Чехова', email: 'maria@example.org', password: PASSWORD }

for (const database of databases) {
	const test = suite(`the set-up link on ${database.name}`)
	let blog: TestBlog<Awaited<ReturnType<typeof seedFixtures>>>
	let now = NOW
	const link = async () => (await setupLink({ db: blog.db, siteUrl: blog.url }))!.slice(blog.url.length)

	test.before.each(async () => {
		now = NOW
		blog = await startBlog(database, { clock: () => now })
	})
	test.after.each(() => blog.close())

	test('makes the owner, signs in, and works once', async () => {
		const path = await link()
		assert.match(path, /^\/admin\/setup\?token=[\w-]{43}$/)
		assert.is((await blog.get(path)).status, 301)
		const page = await blog.html(path.replace('?', '/?'))
		assert.equal(
			page.$$('main input:not([type=hidden])').map(({ attributes }) => attributes.name),
			['name', 'email', 'password'],
		)
		const answer = await blog.post(path, MARIA, { 'Accept-Language': 'en' })
		assert.is(answer.status, 303)
		const rooms = await desk(blog, cookieOf(answer)).html('/admin/')
		assert.is(rooms.attributes.lang, 'en')
		assert.match(rooms.$('.account')!.text, 'owner')
		assert.is((await blog.get(path.replace('?', '/?'))).status, 404)
		assert.is((await blog.post(path, { ...MARIA, email: 'other@example.org' })).status, 404)
		await openDesk(blog, MARIA.email)
		const names = await blog.db
			.selectFrom('authors as a')
			.innerJoin('author_names as n', 'n.author_id', 'a.id')
			.select(['a.slug', 'n.locale', 'n.name'])
			.where('a.email', '=', MARIA.email)
			.orderBy('n.locale')
			.execute()
		assert.equal(names, [
			{ slug: 'mariya-chekhova', locale: 'en', name: MARIA.name },
			{ slug: 'mariya-chekhova', locale: 'ru', name: MARIA.name },
		])
		assert.is(await setupLink({ db: blog.db, siteUrl: blog.url }), undefined)
	})

	test('gives one owner to many who use it at once', async () => {
		const path = await link()
		const people = ['one', 'two', 'three', 'four'].map((name) => ({ ...MARIA, email: `${name}@example.org` }))
		const answers = await Promise.all(people.map((person) => blog.post(path, person)))
		assert.equal(answers.map(({ status }) => status).sort(), [303, 404, 404, 404])
	})

	test('ends when a new start gives a new one', async () => {
		const older = await link()
		const newer = await link()
		assert.is((await blog.post(older, MARIA)).status, 404)
		assert.is((await blog.post(newer, MARIA)).status, 303)
	})

	test('takes over an imported author with the same e-mail, posts and names included', async () => {
		const answer = await blog.post(await link(), { ...MARIA, email: 'Anna@example.org' })
		assert.is(answer.status, 303)
		const rooms = await desk(blog, cookieOf(answer)).html('/admin/')
		assert.match(rooms.$('.account')!.text, 'Анна Ёлкина')
		const { length } = await blog.db.selectFrom('authors').select('id').execute()
		assert.is(length, 2)
	})

	test('tells what is wrong beside each field, keeps the rest, and stays good', async () => {
		const path = await link()
		const answer = await blog.post(path, { name: 'Мария', email: 'not an address', password: 'короткий' })
		assert.is(answer.status, 422)
		const page = parseHtml(answer.text)
		assert.ok(page.$('[role=alert]'))
		assert.is(page.$('#name')!.attributes.value, 'Мария')
		assert.match(page.$('#email-error')!.text, 'адрес')
		assert.match(page.$('#password-error')!.text, '10')
		assert.is(page.$('#password')!.attributes.value, '')
		const personal = await blog.post(path, { ...MARIA, password: 'maria@example.org' })
		assert.match(parseHtml(personal.text).$('#password-error')!.text, 'угадать')
		assert.is((await blog.post(path, { name: '', email: '', password: '' })).status, 422)
		assert.is((await blog.post(path, { ...MARIA, name: 'я\u0000'.repeat(60) })).status, 422)
		assert.is((await blog.post(path, MARIA)).status, 303)
	})

	test('is nothing anyone can guess', async () => {
		await link()
		for (const query of ['', '?token=', '?token=x', `?token=${'a'.repeat(1500)}`]) {
			assert.is((await blog.get(`/admin/setup/${query}`)).status, 404)
			assert.is((await blog.post(`/admin/setup/${query}`, MARIA)).status, 404)
		}
	})

	test('of an author who was added asks for a password alone, within a week', async () => {
		const account: NewAccount = {
			name: 'Вера',
			email: 'vera@example.org',
			role: 'editor',
			languages: ['ru', 'en'],
			now,
		}
		const id = await addAccount(blog.db, account)
		const linking = () => ({ db: blog.db, siteUrl: blog.url, now })
		const old = (await passwordLink(linking(), id)).slice(blog.url.length)
		now += WEEK + 1
		assert.is((await blog.post(old, { password: PASSWORD })).status, 404)
		const path = (await passwordLink(linking(), id)).slice(blog.url.length)
		const page = await blog.html(path.replace('?', '/?'))
		assert.is(page.$('#email')!.attributes.value, 'vera@example.org')
		assert.not.ok(page.$('#name'))
		const answer = await blog.post(path, { password: PASSWORD, email: 'evil@example.org', role: 'owner' })
		assert.is(answer.status, 303)
		assert.match((await desk(blog, cookieOf(answer)).html('/admin/')).$('.account')!.text, 'Вера редактор')
		await addAccount(blog.db, account).then(
			() => assert.unreachable(),
			(error) => assert.instance(error, EmailTaken),
		)
	})

	test.run()
}
