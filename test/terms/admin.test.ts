import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Desk, type DeskBlog, openDesk, startDesks } from '../admin/desk.ts'
import { databases } from '../support/databases.ts'

const NAMES = { 'name-ru': '', 'slug-ru': '', 'description-ru': '', 'name-en': '', 'slug-en': '', 'description-en': '' }

for (const database of databases) {
	const test = suite(`categories and tags on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk

	test.before.each(async () => {
		blog = await startDesks(database)
		anna = await openDesk(blog, 'anna@example.org')
	})
	test.after.each(() => blog.close())

	const status = async (path: string) => (await blog.get(path)).status

	/** Where an address leads in the end. */
	async function end(path: string): Promise<string> {
		for (let step = 0, at = path; step < 5; step++) {
			const { status, headers } = await blog.get(at)
			if (status !== 301) return `${status} ${at}`
			at = headers.location!
		}
		throw new Error(`${path} leads in a circle`)
	}

	test('a term is made in two languages and found under its address', async () => {
		const form = { ...NAMES, kind: 'tag', 'name-ru': 'Железная дорога', 'name-en': 'Railways', 'slug-en': 'rail' }
		assert.is((await anna.post('/admin/terms/', form)).status, 303)
		assert.is(await status('/ru/tag/zheleznaya-doroga/'), 200)
		assert.is(await status('/en/tag/rail/'), 200)
	})

	test('a renamed term leads on from each of its old addresses, and its feeds do', async () => {
		const id = blog.seeded.terms.openData
		const path = `/admin/terms/${id}/`
		const rename = (slug: string) =>
			anna.post(path, {
				...NAMES,
				'name-ru': 'Данные',
				'slug-ru': slug,
				'name-en': 'Open data',
				'slug-en': 'open-data',
			})
		assert.is((await rename('dannye')).status, 303)
		assert.is((await rename('otkrytye')).status, 303)
		assert.is(await end('/ru/tag/otkrytye-dannye/'), '200 /ru/tag/otkrytye/')
		assert.is(await end('/ru/tag/dannye/'), '200 /ru/tag/otkrytye/')
		assert.is(await end('/ru/tag/dannye/feed/'), '200 /ru/tag/otkrytye/feed/')
		assert.is(await end('/en/tag/open-data/'), '200 /en/tag/open-data/')
		assert.is((await rename('dannye')).status, 303)
		assert.is(await end('/ru/tag/otkrytye/'), '200 /ru/tag/dannye/')
		assert.is(await end('/ru/tag/dannye/'), '200 /ru/tag/dannye/')
	})

	test('merged terms have their posts together, and names that one lacked', async () => {
		const { books, openData } = blog.seeded.terms
		const answer = await anna.post(`/admin/terms/${openData}/merge/`, { into: String(books) })
		assert.is(answer.headers.location, `/admin/terms/${books}/?done=merged`)
		assert.is(await end('/ru/tag/otkrytye-dannye/'), '200 /ru/tag/knigi/')
		assert.is((await blog.html('/ru/tag/knigi/')).$$('article').length, 2)
		assert.is((await blog.html('/en/tag/open-data/')).$$('article').length, 2)
		assert.is((await anna.get(`/admin/terms/${openData}/`)).status, 404)
	})

	test('a term merged into one below it does not hang in the air', async () => {
		const { events, conferences } = blog.seeded.terms
		await anna.post(`/admin/terms/${events}/merge/`, { into: String(conferences) })
		const row = await blog.db.selectFrom('terms').selectAll().where('id', '=', conferences).executeTakeFirstOrThrow()
		assert.is(row.parent_id, null)
		assert.is(await end('/ru/category/sobytiya/'), '200 /ru/category/konferencii/')
	})

	test('what is under a deleted category moves up, and its posts stay', async () => {
		const { events, conferences } = blog.seeded.terms
		assert.is((await anna.post(`/admin/terms/${events}/delete/`)).status, 303)
		assert.is(await status('/ru/category/sobytiya/'), 404)
		assert.is(await status('/ru/2024/07/pravila/'), 200)
		const row = await blog.db.selectFrom('terms').selectAll().where('id', '=', conferences).executeTakeFirstOrThrow()
		assert.is(row.parent_id, null)
	})

	test('what is wrong is told, and what was typed is kept', async () => {
		const { events, conferences } = blog.seeded.terms
		const refused = async (path: string, form: Record<string, string>) => {
			const { status, text } = await anna.post(path, { ...NAMES, ...form })
			assert.is(status, 422, JSON.stringify(form))
			return text
		}
		await refused('/admin/terms/', { kind: 'tag' })
		assert.match(
			await refused('/admin/terms/', { kind: 'tag', 'name-ru': 'Мои книги', 'slug-ru': 'knigi' }),
			'Мои книги',
		)
		await refused('/admin/terms/', { kind: 'tag', 'name-ru': '🚂' })
		await refused('/admin/terms/', { kind: 'tag', 'name-ru': 'x'.repeat(10_000) })
		const kept = { 'name-ru': 'События', 'slug-ru': 'sobytiya' }
		await refused(`/admin/terms/${events}/`, { ...kept, parent: String(conferences) })
		await refused(`/admin/terms/${events}/`, { ...kept, parent: '999999' })
		assert.is((await anna.post(`/admin/terms/${events}/merge/`, { into: String(events) })).status, 400)
	})

	test('authors have no say in it', async () => {
		const boris = await openDesk(blog, 'boris@example.org')
		assert.is((await boris.get('/admin/terms/')).status, 403)
		assert.is((await boris.post(`/admin/terms/${blog.seeded.terms.books}/delete/`)).status, 403)
		assert.is((await anna.get(`/admin/terms/${blog.seeded.terms.books}/delete/`)).status, 405)
		assert.is(await status('/ru/tag/knigi/'), 200)
	})

	test.run()
}
