import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { setPassword } from '../../src/authors/accounts.ts'
import { codeHash } from '../../src/authors/codes.ts'
import { createAuthor } from '../../src/authors/queries.ts'
import type { Struct, Value } from '../../src/xmlrpc/value.ts'
import { writeRequest } from '../../src/xmlrpc/write.ts'
import { type DeskBlog, faultsOf, openDesk, PASSWORD, parseHtml, seedDesks, startDesks } from '../admin/desk.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { ask, call, sendXml } from '../xmlrpc/calls.ts'

const CODE = 'abcd efgh ijkl mnop'

for (const database of databases) {
	const test = suite(`Who may write from an editor, on ${database.name}`)
	let blog: TestBlog<Awaited<ReturnType<typeof seedDesks>> & { vera: number }>

	test.before(async () => {
		blog = await startBlog(database, {
			seed: async (db) => {
				const seeded = await seedDesks(db)
				const names = [
					{ locale: 'ru', name: 'Вера' },
					{ locale: 'en', name: 'Vera' },
				]
				const vera = await createAuthor(db, {
					slug: 'vera',
					email: 'vera@example.org',
					role: 'editor',
					names,
					now: NOW,
				})
				await setPassword(db, vera, PASSWORD)
				return { ...seeded, vera }
			},
		})
	})
	test.after(async () => {
		const faults = faultsOf(blog)
		await blog.close()
		assert.is(faults, '[]')
	})
	const idOf = async (postId: number, locale: string) =>
		String(
			(
				await blog.db
					.selectFrom('translations')
					.select('id')
					.where('post_id', '=', postId)
					.where('locale', '=', locale)
					.executeTakeFirstOrThrow()
			).id,
		)

	test('an author touches own posts, an editor and the owner all: every method tried by each', async () => {
		const { posts } = blog.seeded
		const [annas, boriss] = [await idOf(posts.plans, 'ru'), await idOf(posts.night, 'ru')]
		const calls = (id: string): [string, ...Value[]][] => [
			['metaWeblog.getPost', id, 'ME', PASSWORD],
			['metaWeblog.editPost', id, 'ME', PASSWORD, {}, true],
			['blogger.getPost', '', id, 'ME', PASSWORD],
			['mt.getPostCategories', id, 'ME', PASSWORD],
			['mt.setPostCategories', id, 'ME', PASSWORD, []],
			['mt.publishPost', id, 'ME', PASSWORD],
			['wp.getPost', 'ru', 'ME', PASSWORD, id],
			['wp.editPost', 'ru', 'ME', PASSWORD, id, {}],
			['wp.deletePost', 'ru', 'ME', PASSWORD, id],
		]
		const codeOf = async (who: string, [method, ...params]: [string, ...Value[]]) =>
			(await call(blog, method, ...params.map((param) => (param === 'ME' ? `${who}@example.org` : param)))).code
		for (const one of calls(annas)) assert.is(await codeOf('boris', one), 401, `boris ${one[0]}`)
		for (const one of calls(boriss).slice(0, -1)) {
			for (const who of ['boris', 'vera', 'anna']) assert.is(await codeOf(who, one), undefined, `${who} ${one[0]}`)
		}
		for (const one of calls(annas).slice(0, -1)) assert.is(await codeOf('vera', one), undefined, `vera ${one[0]}`)
		assert.is(await codeOf('vera', calls(boriss).at(-1)!), undefined)
	})

	test('lists show an author own posts alone', async () => {
		const titles = async (who: string) => {
			const posts = (await ask(blog, 'metaWeblog.getRecentPosts', 'en', `${who}@example.org`, PASSWORD, 100)) as any[]
			return posts.map(({ title }) => title)
		}
		assert.equal(await titles('boris'), ['Open data week'])
		assert.ok((await titles('vera')).includes('The eGov 2.0 conference'))
	})

	test('pages, what is pinned and new categories are for those who look after the whole blog', async () => {
		const codeOf = async (who: string, post: Struct) =>
			(await call(blog, 'metaWeblog.newPost', 'ru', `${who}@example.org`, PASSWORD, post, true)).code
		const settling: Struct[] = [
			{ title: 'a', post_type: 'page' },
			{ title: 'a', sticky: true },
		]
		for (const post of settling) {
			assert.is(await codeOf('boris', post), 401)
			assert.is(await codeOf('vera', post), undefined)
		}
		const usual = { title: 'a', sticky: false, post_type: 'post', categories: ['заметки'] }
		assert.is(await codeOf('boris', usual), undefined)
		assert.is(await codeOf('boris', { title: 'a', categories: ['Новая'] }), 400)
		assert.is(await codeOf('vera', { title: 'a', categories: ['Новая'] }), undefined)
		const category = { name: 'Ещё одна' }
		assert.is((await call(blog, 'wp.newCategory', 'ru', 'boris@example.org', PASSWORD, category)).code, 401)
	})

	test('the account’s password works until there is a second factor, an application’s always', async () => {
		const { anna } = blog.seeded.authors
		const codeOf = async (secret: string, email = 'anna@example.org') =>
			(await call(blog, 'wp.getUsersBlogs', email, secret)).code
		await blog.db
			.insertInto('applications')
			.values({
				author_id: anna,
				kind: 'password',
				name: 'an editor',
				secret_hash: codeHash(CODE),
				scopes: '',
				created_at: NOW,
			})
			.execute()
		assert.equal(
			[await codeOf(PASSWORD), await codeOf(CODE), await codeOf(CODE, 'Anna@Example.org')],
			[undefined, undefined, undefined],
		)
		assert.is(await codeOf(CODE, 'boris@example.org'), 403)
		await blog.db.updateTable('authors').set({ totp_secret: 'JBSWY3DPEHPK3PXP' }).where('id', '=', anna).execute()
		assert.equal([await codeOf(PASSWORD), await codeOf(CODE)], [403, undefined])
		await blog.db.updateTable('authors').set({ totp_secret: null, disabled_at: NOW }).where('id', '=', anna).execute()
		assert.equal([await codeOf(PASSWORD), await codeOf(CODE)], [403, 403])
		await blog.db.updateTable('authors').set({ disabled_at: null }).where('id', '=', anna).execute()
		assert.is(await codeOf(PASSWORD), undefined)
		await setPassword(blog.db, anna, 'совсем другой пароль')
		assert.is(await codeOf(PASSWORD), 403)
		await setPassword(blog.db, anna, PASSWORD)
	})

	test('what the admin page gives a program works in it, until it is taken back', async () => {
		const desk = await openDesk(blog, 'anna@example.org')
		const give = async (kind: string) => {
			const form = { name: `a ${kind}`, kind, scope: ['create'], current: PASSWORD }
			const answer = await desk.post('/admin/account/programs/', form)
			return parseHtml(answer.text).$('input#secret')!.attributes.value!
		}
		const [password, token] = [await give('password'), await give('token')]
		assert.is((await call(blog, 'wp.getUsersBlogs', 'anna@example.org', password)).code, undefined)
		const headers = { Authorization: `Bearer ${token}` }
		assert.is((await blog.post('/micropub', { h: 'entry', content: 'Hello' }, headers)).status, 201)
		for (const { attributes } of (await desk.html('/admin/account/programs/')).$$('form[action$="/delete/"]')) {
			await desk.post(attributes.action!)
		}
		assert.is((await call(blog, 'wp.getUsersBlogs', 'anna@example.org', password)).code, 403)
		assert.is((await blog.post('/micropub', { h: 'entry', content: 'Hello' }, headers)).status, 401)
	})

	test('the refusal is in the language that was asked for, and says what to do', async () => {
		const body = writeRequest('wp.getUsersBlogs', ['anna@example.org', 'wrong'])
		const inLanguage = async (language: string) =>
			(await sendXml(blog, body, { 'Content-Type': 'text/xml', 'Accept-Language': language })).text
		assert.match(await inLanguage('ru'), 'Почта или пароль не подходят')
		assert.match(await inLanguage('en'), 'That e-mail or password')
	})

	test.run()

	const limits = suite(`Guessing by XML-RPC on ${database.name}`)
	let desks: DeskBlog
	limits.before(async () => {
		desks = await startDesks(database)
	})
	limits.after(() => desks.close())

	limits(
		'right passwords are not counted at each call, wrong ones soon are: fault 49, in a multicall too',
		async () => {
			for (let times = 0; times < 30; times++) await ask(desks, 'wp.getUsersBlogs', 'boris@example.org', PASSWORD)
			const guess = (secret: string) => ({ methodName: 'wp.getUsersBlogs', params: ['anna@example.org', secret] })
			const started = performance.now()
			const answers = (await ask(
				desks,
				'system.multicall',
				Array.from({ length: 50 }, (_, n) => guess(`guess ${n}`)),
			)) as any[]
			assert.equal([answers[0].faultCode, answers[19].faultCode, answers[20].faultCode], [403, 403, 49])
			assert.is((await call(desks, 'wp.getUsersBlogs', 'anna@example.org', PASSWORD)).code, 49)
			assert.is((await call(desks, 'wp.getUsersBlogs', 'boris@example.org', PASSWORD)).code, undefined)
			assert.ok(performance.now() - started < 10_000)
		},
	)

	limits.run()
}
