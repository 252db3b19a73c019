import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Db } from '../../src/db/schema.ts'
import { seed } from '../../src/seed/seed.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'

const OPTIONS = { posts: 40, comments: 80, languages: ['ru', 'en'], timezone: 'Europe/Moscow', now: NOW }
const TEN_YEARS = 10 * 365.25 * 24 * 3_600_000

/** All that two blogs could be told apart by, but for the guids, which no two posts of the world share. */
async function contentOf(db: Db) {
	const translations = await db
		.selectFrom('translations')
		.select(['post_id', 'locale', 'slug', 'title', 'html', 'status', 'published_at'])
		.orderBy('id')
		.execute()
	const comments = await db
		.selectFrom('comments')
		.select(['post_id', 'parent_id', 'locale', 'name', 'html', 'created_at'])
		.orderBy('id')
		.execute()
	const terms = await db.selectFrom('term_names').selectAll().orderBy('term_id').orderBy('locale').execute()
	const posts = await db.selectFrom('posts').select(['id', 'author_id', 'sticky', 'created_at']).orderBy('id').execute()
	const placed = await db.selectFrom('post_terms').selectAll().orderBy('post_id').orderBy('term_id').execute()
	return { translations, comments, terms, posts, placed }
}

for (const database of databases) {
	const test = suite(`the seed on ${database.name}`)

	test('the same numbers and time give the same blog', async () => {
		const [one, two] = [await database.create(), await database.create()]
		for (const { db } of [one, two]) await seed(db, OPTIONS)
		assert.equal(await contentOf(two.db), await contentOf(one.db))
		await one.drop()
		await two.drop()
	})

	test('it makes as many posts and comments as asked, over ten years, in both languages', async () => {
		const { db, drop } = await database.create()
		const heard: number[] = []
		await seed(db, { ...OPTIONS, onProgress: (done) => heard.push(done) })
		const { posts, comments, translations, terms } = await contentOf(db)
		assert.equal([posts.length, comments.length, heard.at(-1)], [40, 80, 40])
		const times = translations.map(({ published_at }) => published_at!)
		assert.ok(Math.min(...times) >= NOW - TEN_YEARS && Math.max(...times) <= NOW)
		assert.ok(Math.max(...times) - Math.min(...times) > 0.9 * TEN_YEARS)
		for (const locale of ['ru', 'en']) {
			assert.ok(translations.filter((translation) => translation.locale === locale).length > 20)
			assert.is(terms.filter((term) => term.kind === 'tag' && term.locale === locale).length, 40)
		}
		assert.ok(comments.some(({ parent_id }) => parent_id !== null))
		assert.ok(comments.every(({ created_at }) => created_at <= NOW))
		await drop()
	})

	test('a blog with one language alone is seeded in it', async () => {
		const { db, drop } = await database.create()
		await seed(db, { ...OPTIONS, languages: ['en'] })
		const { translations, comments } = await contentOf(db)
		assert.equal([...new Set([...translations, ...comments].map(({ locale }) => locale))], ['en'])
		await drop()
	})

	test('a second seed adds to the first', async () => {
		const { db, drop } = await database.create()
		await seed(db, OPTIONS)
		await seed(db, { ...OPTIONS, posts: 5, comments: 0 })
		assert.is((await contentOf(db)).posts.length, 45)
		await drop()
	})

	test.run()
}
