import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { editTranslation, writePost } from '../../src/posts/edit.ts'
import { createPost } from '../../src/posts/save.ts'
import { readTranslations } from '../../src/posts/writing-queries.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'

const MANY = 20
const NUMBERS = Array.from({ length: MANY }, (_, number) => number + 1)

for (const database of databases) {
	const test = suite(`posts saved at once on ${database.name}`)

	test('of one title have slugs of their own, and share a tag that was new to all of them', async () => {
		const { db, drop } = await database.create()
		const { id: author } = await db
			.insertInto('authors')
			.values({ slug: 'anna', email: 'anna@example.org', created_at: NOW })
			.returning('id')
			.executeTakeFirstOrThrow()
		const saving = { db, timezone: 'UTC', now: NOW }
		const write = (locale: string) =>
			writePost(
				saving,
				{ id: author },
				{ newTerms: [{ kind: 'tag', names: [{ locale, name: 'весна' }] }] },
				{ locale, title: 'Привет', source: 'Текст' },
			)
		await Promise.all(NUMBERS.flatMap(() => [write('ru'), write('en')]))
		const stored = await db.selectFrom('translations').select(['locale', 'slug']).execute()
		for (const locale of ['ru', 'en']) {
			const slugs = stored.filter((row) => row.locale === locale).map(({ slug }) => slug)
			assert.equal(new Set(slugs), new Set(['privet', ...NUMBERS.slice(1).map((number) => `privet-${number}`)]))
		}
		assert.is((await db.selectFrom('term_names').selectAll().execute()).length, 2)
		await drop()
	})

	test('and changed to one slug, or made pages, never wait for each other in a circle', async () => {
		const { db, drop } = await database.create()
		const saving = { db, timezone: 'UTC', now: NOW }
		const drafts = ['ru', 'en'].map((locale) => ({ locale, title: locale, source: 'Text' }))
		const posts = await Promise.all(NUMBERS.map(() => createPost(saving, {}, drafts)))
		const changes = posts.map(async (post, at) => {
			const [first, second] = await readTranslations(db as never, post)
			const { id, revision } = at % 2 ? first! : second!
			return editTranslation(
				saving,
				{ id, revision },
				{ kind: at % 3 ? 'post' : 'page', newTerms: [] },
				{ slug: 'one' },
			)
		})
		await Promise.all(changes)
		const stored = await db.selectFrom('translations').select('slug').where('slug', 'like', 'one%').execute()
		assert.is(stored.length, MANY)
		await drop()
	})

	test.run()
}
