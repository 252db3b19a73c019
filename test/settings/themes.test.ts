import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Desk, type DeskBlog, openDesk, startDesks } from '../admin/desk.ts'
import { databases } from '../support/databases.ts'

for (const database of databases) {
	const test = suite(`themes and languages on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk

	test.before.each(async () => {
		blog = await startDesks(database)
		anna = await openDesk(blog, 'anna@example.org')
	})
	test.after.each(() => blog.close())

	const stylesOf = (html: string) => [...html.matchAll(/\/assets\/(\w+)\/[\w.]+\.css/g)].map((match) => match[1])
	const worn = async () => stylesOf((await blog.get('/ru/')).text).at(-1)

	test('a theme is tried by the owner while readers see their own', async () => {
		const { status, text, headers } = await anna.get('/admin/themes/classic/preview/?lang=en')
		assert.is(status, 200)
		assert.match(text, '<html lang="en"')
		assert.ok(stylesOf(text).includes('classic'))
		assert.match(headers['cache-control']!, 'no-store')
		const style = text.match(/\/assets\/classic\/classic\.[\w.]+\.css/)![0]
		assert.is((await blog.get(style)).status, 200)
		assert.match((await anna.get('/admin/themes/classic/preview/?page=post')).text, 'class="post')
		assert.is(await worn(), 'default')
	})

	test('nobody else tries, and what is no theme is not there', async () => {
		const boris = await openDesk(blog, 'boris@example.org')
		assert.is((await boris.get('/admin/themes/classic/preview/')).status, 403)
		assert.is((await blog.get('/admin/themes/classic/preview/')).status, 303)
		for (const name of ['admin', 'nothing', '..', '%2e%2e%2fsrc', 'constructor']) {
			assert.is((await anna.get(`/admin/themes/${name}/preview/`)).status, 404, name)
		}
		assert.is((await anna.post('/admin/settings/themes/', { theme: 'nothing' })).status, 422)
		assert.is((await boris.post('/admin/settings/themes/', { theme: 'classic' })).status, 403)
	})

	test('a chosen theme is worn at once, and taken off again', async () => {
		assert.is((await anna.post('/admin/settings/themes/', { theme: 'classic' })).status, 303)
		assert.is(await worn(), 'classic')
		assert.match((await anna.html('/admin/settings/themes/')).$('.looks .approved')?.text ?? '', 'читатели')
		await anna.post('/admin/settings/themes/', { theme: '' })
		assert.is(await worn(), 'default')
	})

	test('a chosen theme that is gone leaves the blog as it was', async () => {
		await blog.db.insertInto('settings').values({ key: 'theme', locale: '', value: '"vanished"' }).execute()
		await anna.post('/admin/settings/feeds/', { text: 'full', hubs: '' })
		assert.is(await worn(), 'default')
	})

	test('languages tell how much they speak and how much is written in them', async () => {
		const page = await anna.html('/admin/settings/languages/')
		const [ru, en] = page.$$('.panel')
		assert.match(ru!.text, 'Русский')
		assert.match(ru!.text, /100\s%/)
		assert.match(en!.text, 'English')
		assert.is(ru!.$('details'), undefined)
	})

	test.run()
}
