import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { changeTranslation } from '../../src/posts/save.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { type Desk, type DeskBlog, openDesk, startDesks } from './desk.ts'

for (const database of databases) {
	const test = suite(`the overview on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk
	let boris: Desk

	test.before.each(async () => {
		blog = await startDesks(database)
		anna = await openDesk(blog, 'anna@example.org')
		boris = await openDesk(blog, 'boris@example.org')
	})
	test.after.each(() => blog.close())

	const rooms = async (desk: Desk) => (await desk.html('/admin/')).$$('.rooms li a').map((a) => a.attributes.href)

	test('each role sees the rooms that it may enter, and the one it is in', async () => {
		const all = await rooms(anna)
		for (const room of ['/admin/settings/', '/admin/import/', '/admin/terms/']) {
			assert.ok(all.includes(room), room)
			assert.not((await rooms(boris)).includes(room), room)
		}
		for (const href of [...all, ...(await rooms(boris))]) assert.is((await anna.get(href!)).status, 200, href)
		for (const href of await rooms(boris)) assert.is((await boris.get(href!)).status, 200, href)
		const page = await anna.html('/admin/settings/feeds/')
		assert.equal(
			page.$$('.rooms [aria-current]').map((a) => a.attributes.href),
			['/admin/settings/'],
		)
	})

	test('who has written nothing yet is told where to begin', async () => {
		const steps = async (desk: Desk) => (await desk.html('/admin/')).$$('.steps a').map((a) => a.attributes.href)
		assert.equal(await steps(boris), [])
		await blog.db.updateTable('posts').set({ author_id: blog.seeded.authors.anna }).execute()
		assert.equal(await steps(boris), ['/admin/account/', '/admin/posts/new/'])
		assert.equal(await steps(anna), [])
		// Such is the post that greets.
		await blog.db.updateTable('posts').set({ author_id: null }).execute()
		const all = ['/admin/settings/', '/admin/account/', '/admin/posts/new/', '/admin/import/']
		assert.equal(await steps(anna), all)
	})

	test('what is not there or not theirs is told to authors among their own rooms', async () => {
		for (const [path, status] of [
			['/admin/settings/', 403],
			[`/admin/posts/${blog.seeded.posts.conference}/ru/`, 403],
			['/admin/posts/99999/ru/', 404],
		] as const) {
			assert.is((await boris.html(path, status)).$('.gate a')!.attributes.href, '/admin/', path)
		}
	})

	test('the menu tells how much waits, to each author their own', async () => {
		const badge = async (desk: Desk) => (await desk.html('/admin/posts/')).$('.rooms .badge')?.text
		assert.match((await badge(anna))!, '1')
		assert.is(await badge(boris), undefined)
		await anna.post('/admin/responses/', { id: String(blog.seeded.responses.held), action: 'approve' })
		assert.is(await badge(anna), undefined)
	})

	test('it tells which translations are out of date and what comes out next', async () => {
		const { db } = blog
		const rows = await db
			.selectFrom('translations')
			.selectAll()
			.where('post_id', '=', blog.seeded.posts.rules)
			.execute()
		const [ru, en] = [rows.find((row) => row.locale === 'ru')!, rows.find((row) => row.locale === 'en')!]
		const source = { source_locale: 'ru', source_revision: ru.major_revision }
		await db.updateTable('translations').set(source).where('id', '=', en.id).execute()
		assert.is((await anna.html('/admin/')).$('[aria-labelledby=outdated]'), undefined)
		await changeTranslation({ db, timezone: 'Europe/Moscow', now: NOW }, ru.id, { source: 'Иначе.' })
		const page = await anna.html('/admin/')
		assert.match(page.$('[aria-labelledby=outdated]')?.text ?? '', 'House rules')
		assert.match(page.$('[aria-labelledby=scheduled]')?.text ?? '', 'April the first')
		assert.is((await boris.html('/admin/')).$('[aria-labelledby=outdated]'), undefined)
	})

	test('views are drawn, with a table for those who do not see, and shown to who looks after the blog', async () => {
		const day = (day: string, kind: string, name: string, count: number) => ({ day, kind, name, count }) as never
		await blog.db
			.insertInto('traffic')
			.values([
				day('2025-03-15', 'view', '', 4),
				day('2025-03-10', 'view', '', 40),
				day('2025-02-01', 'view', '', 999),
				day('2025-03-14', 'path', '/ru/2024/07/pravila/', 30),
				day('2025-03-14', 'path', '/ru/', 90),
				day('2025-03-14', 'path', '/ru/дело%/', 3),
				day('2025-03-14', 'referrer', 'news.example', 7),
				day('2025-03-14', 'service', '/ru/feed/ Feedly', 12),
			])
			.execute()
		const page = await anna.html('/admin/')
		assert.equal(
			page.$$('.readers .numbers strong').map(({ text }) => text),
			['4', '44', '44', '12'],
		)
		assert.match(page.$('.chart svg')?.attributes['aria-label'] ?? '', /14 февраля 2025.*15 марта 2025.*44/)
		assert.is(page.$$('.chart svg g').length, 30)
		assert.equal(
			page
				.$$('.readers tbody tr')
				.at(-1)
				?.$$('th, td')
				.map(({ text }) => text.replace('\u00a0', ' ')),
			['15 марта 2025 г.', '4'],
		)
		assert.match(page.$('[aria-labelledby=popular]')?.text ?? '', /Правила\sразговора\s*30/)
		assert.match(page.$('[aria-labelledby=referrers]')?.text ?? '', 'news.example')
		assert.not.match((await anna.get('/admin/')).text, / style=/)
		assert.is((await boris.html('/admin/')).$('.readers'), undefined)
	})

	test('a job that failed is told of, and run again by the owner alone', async () => {
		if (database.name !== 'SQLite') return
		const dead = { kind: 'mail.held', payload: '{}', due_at: 0, leased: 0, attempt: 20, attempts: 20 }
		await blog.db
			.insertInto('jobs' as never)
			.values({ ...dead, dead_at: NOW, error: 'Error: no\nsecond line' } as never)
			.execute()
		const page = await anna.html('/admin/')
		assert.match(page.$('.failed')?.text ?? '', 'Письмо')
		const id = page.$('.failed li button')!.attributes.value!
		assert.is((await boris.post('/admin/jobs/', { id })).status, 403)
		assert.is((await anna.post('/admin/jobs/', { id })).headers.location, '/admin/?done=rerun')
		assert.is((await anna.html('/admin/')).$('.panel.failed'), undefined)
		assert.is((await anna.post('/admin/jobs/', { id: 'nonsense' })).status, 303)
	})

	test.run()
}
