import { sql } from 'kysely'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createAuthor } from '../../src/authors/queries.ts'
import type { Db } from '../../src/db/schema.ts'
import { countListed, listCards, listRelated, localesOf } from '../../src/posts/listing-queries.ts'
import { createPost } from '../../src/posts/save.ts'
import { createTerm } from '../../src/terms/queries.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'

const HOUR = 3_600_000

/** Three posts in both languages by an author, under two terms and under one; the last is to come. */
async function seed(db: Db) {
	const author = await createAuthor(db, { slug: 'anna', names: [{ locale: 'ru', name: 'Анна' }], now: NOW })
	const term = (slug: string) => createTerm(db, { kind: 'tag', names: [{ locale: 'ru', name: slug, slug }] })
	const terms = [await term('one'), await term('two')]
	const posts: number[] = []
	for (const hours of [-2, -1, 1]) {
		const drafts = ['ru', 'en'].map((locale) => ({
			locale,
			title: `${locale} ${hours}`,
			source: 'Text',
			publishedAt: NOW + hours * HOUR,
		}))
		const under = hours === -2 ? terms : terms.slice(0, 1)
		posts.push(
			await createPost({ db, timezone: 'Europe/Moscow', now: NOW }, { authorId: author, terms: under }, drafts),
		)
	}
	return { author, terms, posts }
}

/** What the lists hold, and what they should, told from the tables they are made of. */
async function compare(db: Db) {
	const { rows: held } = await sql`select * from listings order by 1, 2, 3, 4`.execute(db)
	const { rows: wanted } = await sql`
		select 'term ' || pt.term_id as list, t.locale, t.published_at, t.id as translation_id, t.post_id
		from translations t join post_terms pt on pt.post_id = t.post_id where t.status = 'published' and t.kind = 'post'
		union all
		select 'author ' || p.author_id, t.locale, t.published_at, t.id, t.post_id
		from translations t join posts p on p.id = t.post_id
		where t.status = 'published' and t.kind = 'post' and p.author_id is not null`.execute(db)
	const text = (rows: unknown[]) => rows.map((row) => JSON.stringify(row)).sort()
	assert.equal(text(held), text(wanted))
	return held.length
}

for (const database of databases) {
	const test = suite(`listings on ${database.name}`)

	test('the database keeps its lists whatever changes what stands in them', async () => {
		const { db, drop } = await database.create()
		const { author, terms, posts } = await seed(db)
		assert.is(await compare(db), 14)
		const changes: (() => Promise<unknown>)[] = [
			() => db.updateTable('translations').set({ status: 'trash' }).where('post_id', '=', posts[0]!).execute(),
			() => db.updateTable('translations').set({ status: 'published' }).where('locale', '=', 'ru').execute(),
			() =>
				db
					.updateTable('translations')
					.set({ published_at: NOW - 5 * HOUR })
					.where('locale', '=', 'en')
					.execute(),
			() => db.updateTable('translations').set({ locale: 'de' }).where('locale', '=', 'en').execute(),
			() =>
				db
					.updateTable('translations')
					.set({ post_id: posts[2]!, locale: 'fr' })
					.where('post_id', '=', posts[1]!)
					.where('locale', '=', 'ru')
					.execute(),
			() => db.updateTable('post_terms').set({ term_id: terms[1]! }).where('post_id', '=', posts[1]!).execute(),
			() => db.deleteFrom('post_terms').where('post_id', '=', posts[1]!).execute(),
			() => db.updateTable('posts').set({ author_id: null }).where('id', '=', posts[1]!).execute(),
			() => db.deleteFrom('terms').where('id', '=', terms[0]!).execute(),
			() => db.deleteFrom('authors').where('id', '=', author).execute(),
			() => db.deleteFrom('posts').where('id', '=', posts[0]!).execute(),
			() => db.deleteFrom('translations').execute(),
		]
		for (const change of changes) {
			await change()
			await compare(db)
		}
		assert.is(await compare(db), 0)
		await drop()
	})

	test('a list of several terms has each post once, on every page; what is to come is not there', async () => {
		const { db, drop } = await database.create()
		const { author, terms } = await seed(db)
		const at = { locale: 'ru', now: NOW }
		const titles = async (limit: number, offset = 0) =>
			(await listCards(db, { ...at, terms }, { limit, offset })).map(({ title }) => title)
		assert.equal([await titles(10), await titles(1), await titles(1, 1)], [['ru -1', 'ru -2'], ['ru -1'], ['ru -2']])
		assert.is(await countListed(db, { ...at, terms }), 2)
		assert.is(await countListed(db, { ...at, terms: [terms[1]!] }), 1)
		assert.is(await countListed(db, { ...at, terms: [] }), 0)
		assert.is(await countListed(db, { ...at, author, now: NOW + HOUR }), 3)
		assert.equal(await localesOf(db, { now: NOW, terms }, ['en', 'de', 'ru']), ['en', 'ru'])
		assert.equal(await localesOf(db, { now: NOW }, ['de']), [])
		await drop()
	})

	test('terms may be very many', async () => {
		const { db, drop } = await database.create()
		const { terms } = await seed(db)
		const at = { locale: 'ru', now: NOW }
		const many = [...terms, ...Array.from({ length: 600 }, (_, n) => 1_000 + n)]
		const titles = async (limit: number, offset = 0) =>
			(await listCards(db, { ...at, terms: many }, { limit, offset })).map(({ title }) => title)
		assert.equal([await titles(10), await titles(1, 1)], [['ru -1', 'ru -2'], ['ru -2']])
		assert.is(await countListed(db, { ...at, terms: many }), 2)
		assert.equal(
			(await listRelated(db, { ...at, id: 0, tags: many })).map(({ title }) => title),
			['ru -2', 'ru -1'],
		)
		await drop()
	})

	test('related are the posts that share most tags, then the newest, in one language', async () => {
		const { db, drop } = await database.create()
		const { terms } = await seed(db)
		const drafts = [{ locale: 'ru', title: 'own', source: 'Text', publishedAt: NOW - 9 * HOUR }]
		const saving = { db, timezone: 'Europe/Moscow', now: NOW }
		await createPost(saving, { terms }, drafts)
		const { id } = await db.selectFrom('translations').select('id').where('title', '=', 'own').executeTakeFirstOrThrow()
		const found = await listRelated(db, { id, tags: terms, locale: 'ru', now: NOW })
		assert.equal(
			found.map(({ title }) => title),
			['ru -2', 'ru -1'],
		)
		await drop()
	})

	test.run()
}
