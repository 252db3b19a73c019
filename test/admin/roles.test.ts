import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Role } from '../../src/db/schema.ts'
import { databases } from '../support/databases.ts'
import { type Desk, type DeskBlog, desk, filled, openDesk, startDesks } from './desk.ts'

const BORIS = 'boris@example.org'

for (const database of databases) {
	const test = suite(`roles on ${database.name}`)
	let blog: DeskBlog
	let boris: Desk

	test.before.each(async () => {
		blog = await startDesks(database)
		boris = await openDesk(blog, BORIS)
	})
	test.after.each(() => blog.close())

	const become = (role: Role) => blog.db.updateTable('authors').set({ role }).where('email', '=', BORIS).execute()
	const everyPath = () => {
		const { conference } = blog.seeded.posts
		return {
			rooms: [
				'/admin/',
				'/admin/posts/',
				'/admin/posts/new/ru/',
				'/admin/responses/',
				`/admin/posts/${conference}/ru/`,
			],
			deeds: [
				'/admin/language/',
				'/admin/posts/new/ru/',
				`/admin/posts/${conference}/ru/`,
				...['trash', 'restore', 'delete'].map((deed) => `/admin/posts/${conference}/ru/${deed}/`),
				'/admin/responses/',
				`/admin/responses/${blog.seeded.responses.held}/reply/`,
			],
		}
	}

	test('who isn’t signed in gets nowhere, and changes nothing', async () => {
		const stranger = desk(blog, 'session=x')
		const count = async () =>
			JSON.stringify([
				await blog.db.selectFrom('translations').select(['id', 'status', 'revision']).orderBy('id').execute(),
				await blog.db.selectFrom('comments').select(['id', 'status']).orderBy('id').execute(),
			])
		const before = await count()
		for (const path of everyPath().rooms) assert.is((await stranger.get(path)).status, 303, path)
		for (const path of everyPath().deeds)
			assert.is((await stranger.post(path, { title: 'т', action: 'spam' })).status, 401, path)
		assert.is(await count(), before)
	})

	test('no deed is done by a GET, and none for another site', async () => {
		for (const path of everyPath().deeds) {
			const { status } = await boris.get(path)
			assert.ok([200, 403, 404, 405].includes(status), `${path} ${status}`)
			assert.is((await boris.post(path, {}, { Origin: 'https://evil.example' })).status, 403, path)
		}
	})

	test('an author sees and touches own posts alone', async () => {
		const { conference, night } = blog.seeded.posts
		const list = await boris.html('/admin/posts/')
		assert.equal(
			list
				.$$('.rows h2')
				.map(({ text }) => text)
				.sort(),
			['Open data week', 'Ёлки, книги и ночной поезд'],
		)
		assert.is((await boris.get(`/admin/posts/${night}/ru/`)).status, 200)
		for (const path of [`/admin/posts/${conference}/`, `/admin/posts/${conference}/ru/`]) {
			assert.is((await boris.get(path)).status, 403, path)
		}
		for (const deed of ['', 'trash/', 'restore/', 'delete/']) {
			assert.is((await boris.post(`/admin/posts/${conference}/ru/${deed}`, { title: 'т' })).status, 403, deed)
		}
	})

	test('an author sees and decides on what is said under own posts alone', async () => {
		const { held } = blog.seeded.responses
		const link = `/admin/responses/?id=${held}&action=approve`
		assert.is((await boris.html('/admin/responses/')).$$('.response').length, 0)
		assert.is((await boris.get(link)).status, 403)
		assert.is((await boris.post('/admin/responses/', { action: 'approve', id: String(held) })).status, 403)
		assert.is((await boris.post(`/admin/responses/${held}/reply/`, { text: 'Я отвечу' })).status, 403)
		await blog.db.updateTable('comments').set({ post_id: blog.seeded.posts.night }).where('id', '=', held).execute()
		assert.is((await boris.html('/admin/responses/')).$$('.response').length, 1)
		assert.is((await boris.get(link)).status, 200)
		assert.is((await boris.post('/admin/responses/', { action: 'approve', id: String(held) })).status, 303)
	})

	test('an author neither pins posts nor makes pages', async () => {
		const { night } = blog.seeded.posts
		const page = await boris.html(`/admin/posts/${night}/ru/`)
		assert.not.ok(page.$('input[name=kind]'))
		await boris.post(`/admin/posts/${night}/ru/`, { ...filled(page, '#editor'), kind: 'page', sticky: '1' })
		const post = await blog.db.selectFrom('posts').selectAll().where('id', '=', night).executeTakeFirstOrThrow()
		assert.equal([post.kind, post.sticky], ['post', 0])
		const { headers } = await boris.post('/admin/posts/new/ru/', {
			title: 'Моё',
			text: 'т',
			kind: 'page',
			terms: 'shown',
			sticky: '1',
		})
		const own = Number(/\d+/.exec(headers.location!)![0])
		const made = await blog.db.selectFrom('posts').selectAll().where('id', '=', own).executeTakeFirstOrThrow()
		assert.equal([made.kind, made.sticky, made.author_id], ['post', 0, blog.seeded.authors.boris])
	})

	for (const role of ['editor', 'owner'] as const) {
		test(`an ${role} touches everything`, async () => {
			await become(role)
			const { conference } = blog.seeded.posts
			const { held } = blog.seeded.responses
			const page = await boris.html(`/admin/posts/${conference}/ru/`)
			assert.ok(page.$('input[name=sticky]'))
			assert.is((await boris.post(`/admin/posts/${conference}/ru/`, filled(page, '#editor'))).status, 303)
			assert.is((await boris.post('/admin/responses/', { action: 'approve', id: String(held) })).status, 303)
			assert.is((await boris.post(`/admin/posts/${conference}/ru/trash/`)).status, 303)
			const post = await blog.db.selectFrom('posts').selectAll().where('id', '=', conference).executeTakeFirstOrThrow()
			assert.is(post.author_id, blog.seeded.authors.anna)
		})
	}

	test.run()
}
