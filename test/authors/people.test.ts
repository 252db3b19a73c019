import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findApplication, findToken } from '../../src/authors/application-queries.ts'
import { cookieOf, type Desk, type DeskBlog, desk, openDesk, PASSWORD, parseHtml, startDesks } from '../admin/desk.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'

const DAY = 24 * 60 * 60 * 1000
const ANNA = 'anna@example.org'
const BORIS = 'boris@example.org'

for (const database of databases) {
	const test = suite(`people on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk
	let now = NOW

	test.before.each(async () => {
		now = NOW
		blog = await startDesks(database, { clock: () => now })
		anna = await openDesk(blog, ANNA)
	})
	test.after.each(() => blog.close())

	const idOf = async (email: string) =>
		(await blog.db.selectFrom('authors').select('id').where('email', '=', email).executeTakeFirst())?.id
	const alertOf = (text: string) => parseHtml(text).$('[role=alert]')?.text ?? ''

	test('an invitation is a link that makes one author, with the role that the owner chose', async () => {
		const form = { name: 'Вера', address: 'Vera@example.org', role: 'editor' }
		assert.is((await anna.post('/admin/people/', form)).headers.location, '/admin/people/?done=invited')
		const link = (await anna.html('/admin/people/')).$('.things input.code')!.attributes.value!
		assert.match(link, `${blog.url}/admin/setup?token=`)
		const path = `/admin/setup/${new URL(link).search}`
		const page = await blog.html(path)
		assert.is(page.$('#email')!.attributes.value, 'vera@example.org')
		assert.is(page.$('#name')!.attributes.value, 'Вера')
		const token = new URL(link).searchParams.get('token')!
		const weak = await blog.post('/admin/setup/', { token, name: 'Вера', password: 'vera@example.org' })
		assert.is(weak.status, 422)
		const fields = { token, name: 'Вера Лис', email: 'evil@example.org', password: PASSWORD }
		const answer = await blog.post('/admin/setup/', fields)
		assert.is(answer.status, 303)
		assert.match((await desk(blog, cookieOf(answer)).html('/admin/')).$('.account')!.text, 'Вера Лис')
		const row = await blog.db
			.selectFrom('authors')
			.selectAll()
			.where('email', '=', 'vera@example.org')
			.executeTakeFirstOrThrow()
		assert.is(row.role, 'editor')
		assert.is(await idOf('evil@example.org'), undefined)
		assert.is((await blog.post('/admin/setup/', fields)).status, 404)
		assert.not.ok((await anna.html('/admin/people/')).$('.things'))
	})

	test('an invitation can be withdrawn, and ends by itself after a week', async () => {
		const inviteOne = async (address: string) => {
			await anna.post('/admin/people/', { name: 'Кто-то', address, role: 'author' })
			const row = (await anna.html('/admin/people/')).$('.things')!
			return [row.$('input.code')!.attributes.value!, row.$('input[name=invitation]')!.attributes.value!] as const
		}
		const [link, invitation] = await inviteOne('one@example.org')
		await anna.post('/admin/people/invitations/', { invitation })
		assert.is((await blog.get(`/admin/setup/${new URL(link).search}`)).status, 404)
		const [other] = await inviteOne('two@example.org')
		now += 8 * DAY
		assert.is((await blog.get(`/admin/setup/${new URL(other).search}`)).status, 404)
		assert.is((await anna.post('/admin/people/', { name: 'Б', address: BORIS, role: 'author' })).status, 422)
		assert.is((await anna.post('/admin/people/', { name: '', address: 'x', role: 'author' })).status, 422)
	})

	test('a changed role counts at once; the person signs in anew', async () => {
		const boris = await openDesk(blog, BORIS)
		const id = await idOf(BORIS)
		await anna.post(`/admin/people/${id}/role/`, { role: 'editor' })
		assert.is((await boris.get('/admin/')).status, 303)
		assert.is((await (await openDesk(blog, BORIS)).get('/admin/terms/')).status, 200)
	})

	test('a disabled person is out at once, with all programs, and in again when enabled', async () => {
		const boris = await openDesk(blog, BORIS)
		const id = await idOf(BORIS)
		const made = await boris.post('/admin/account/programs/', { name: 'Редактор', current: PASSWORD, kind: 'password' })
		const secret = parseHtml(made.text).$('#secret')!.attributes.value!
		assert.is((await findApplication(blog.db, BORIS, secret, now))?.id, id)
		assert.is((await anna.post(`/admin/people/${id}/disable/`)).status, 303)
		assert.is((await boris.get('/admin/')).status, 303)
		assert.is((await blog.post('/admin/login/', { email: BORIS, password: PASSWORD })).status, 422)
		assert.is(await findApplication(blog.db, BORIS, secret, now), undefined)
		await anna.post(`/admin/people/${id}/enable/`)
		await openDesk(blog, BORIS)
	})

	test('who is deleted leaves the posts to another, and the name to the log', async () => {
		const id = (await idOf(BORIS))!
		assert.is((await anna.post(`/admin/people/${id}/delete/`, { heir: String(id) })).status, 422)
		await anna.post(`/admin/people/${id}/delete/`, { heir: String(blog.seeded.authors.anna) })
		assert.is(await idOf(BORIS), undefined)
		const post = await blog.db
			.selectFrom('posts')
			.selectAll()
			.where('id', '=', blog.seeded.posts.night)
			.executeTakeFirst()
		assert.is(post!.author_id, blog.seeded.authors.anna)
		assert.match((await blog.html('/ru/')).text, 'Ёлки')
		assert.match((await anna.html('/admin/audit/')).text, 'Борис')
	})

	test('the last owner is neither demoted nor disabled nor deleted, not even by two at once', async () => {
		const { anna: owner, boris } = blog.seeded.authors
		for (const [deed, form] of [
			['role', { role: 'author' }],
			['disable', {}],
			['delete', { heir: String(boris) }],
		] as const) {
			const answer = await anna.post(`/admin/people/${owner}/${deed}/`, form)
			assert.is(answer.status, 409, deed)
			assert.match(alertOf(answer.text), 'последний владелец')
		}
		await anna.post(`/admin/people/${boris}/role/`, { role: 'owner' })
		const other = await openDesk(blog, BORIS)
		const both = await Promise.all([
			anna.post(`/admin/people/${boris}/role/`, { role: 'author' }),
			other.post(`/admin/people/${owner}/role/`, { role: 'author' }),
		])
		assert.ok(both.some(({ status }) => status !== 500))
		const owners = await blog.db.selectFrom('authors').select('id').where('role', '=', 'owner').execute()
		assert.is(owners.length, 1)
	})

	test('a program’s password and token are shown once, stored as hashes, and revocable', async () => {
		const add = (form: Record<string, string | string[]>) =>
			anna.post('/admin/account/programs/', { name: 'Редактор', current: PASSWORD, ...form })
		assert.is((await add({ kind: 'password', current: 'wrong' })).status, 422)
		assert.is((await add({ kind: 'password', name: '' })).status, 422)
		assert.is((await add({ kind: 'token' })).status, 422)
		const secretOf = ({ text }: { text: string }) => parseHtml(text).$('#secret')!.attributes.value!
		const password = secretOf(await add({ kind: 'password' }))
		const token = secretOf(await add({ kind: 'token', scope: ['create', 'media', 'nonsense'] }))
		const stored = JSON.stringify(await blog.db.selectFrom('applications').selectAll().execute())
		assert.not.match(stored, password)
		assert.not.match(stored, token)
		assert.is(
			(await findApplication(blog.db, 'Anna@example.org', password.replaceAll('-', ' ').toUpperCase(), now))?.email,
			ANNA,
		)
		assert.is(await findApplication(blog.db, BORIS, password, now), undefined)
		assert.is(await findToken(blog.db, password, now), undefined)
		assert.equal((await findToken(blog.db, token, now))?.scopes, ['create', 'media'])
		const drafts = secretOf(await add({ kind: 'token', scope: ['draft'] }))
		assert.equal((await findToken(blog.db, drafts, now))?.scopes, ['draft'], 'it publishes nothing')
		const page = await anna.html('/admin/account/programs/')
		assert.not.match(page.text, token)
		for (const { attributes } of page.$$('.things form')) await anna.post(attributes.action!)
		assert.is(await findApplication(blog.db, ANNA, password, now), undefined)
		assert.is(await findToken(blog.db, token, now), undefined)
	})

	test('names and what is told of an author are changed per language, and readers see them', async () => {
		const fields = { 'name-ru': 'Анна Е.', 'bio-ru': 'Пишу о <городе>.', 'name-en': '', 'bio-en': '' }
		assert.is((await anna.post('/admin/account/', fields)).status, 303)
		assert.match((await blog.html('/ru/author/anna/')).text, 'Пишу о <городе>.')
		assert.is((await blog.get('/en/author/anna/')).status, 404)
		assert.is((await anna.post('/admin/account/', { ...fields, 'name-ru': '' })).status, 422)
		assert.is((await anna.post('/admin/account/', { ...fields, 'name-ru': 'х'.repeat(100) })).status, 422)
		assert.is((await anna.post('/admin/account/', { ...fields, 'bio-en': 'Nameless' })).status, 422)
	})

	test('the e-mail changes with the password alone, where the blog sends no mail, and to nobody else’s', async () => {
		const change = (address: string, current = PASSWORD) => anna.post('/admin/account/email/', { address, current })
		assert.is((await change('new@example.org', 'wrong')).status, 422)
		assert.is((await change(BORIS)).status, 422)
		assert.is((await change('nonsense')).status, 422)
		assert.is((await change('New@example.org')).status, 303)
		await openDesk(blog, 'new@example.org')
	})

	test('the log tells who changed what, a page at a time, and is kept bounded', async () => {
		const log = await anna.html('/admin/audit/')
		assert.match(log.$('.log li')!.text, 'вход по паролю')
		assert.is((await anna.get('/admin/audit/?page=9999999')).status, 200)
		assert.is((await anna.get('/admin/audit/?page=nonsense')).status, 200)
	})

	test.run()
}
