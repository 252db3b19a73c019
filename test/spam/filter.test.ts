import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Db } from '../../src/db/schema.ts'
import { filterReason, type Judged, judge, learn, unlearn } from '../../src/spam/filter.ts'
import { databases, type TestDatabase } from '../support/databases.ts'
import { seedFixtures } from '../support/fixtures.ts'
import { respond, statement } from './responses.ts'

for (const database of databases) {
	const test = suite<TestDatabase & { postId: number }>(`the filter on ${database.name}`)

	test.before.each(async (context) => {
		Object.assign(context, await database.create())
		context.postId = (await seedFixtures(context.db)).posts.conference
	})
	test.after.each(({ drop }) => drop())

	test('it judges what is not stored yet, and keeps nothing', async ({ db, postId }) => {
		const response = judged(postId, { name: 'Oak Doors', url: 'http://oak-doors.example', text: 'Thanks for sharing!' })
		assert.is((await judge(db, response)).verdict, 'unsure')
		assert.equal(await words(db), [])
	})

	test('a text in a language its post is not written in counts as foreign', async ({ db, postId }) => {
		const fields = {
			name: 'Joe',
			text: 'This is a very useful site, thank you!',
			url: 'https://joe.example',
			locale: 'en',
		}
		const here = await judge(db, judged(postId, fields))
		await db.deleteFrom('translations').where('post_id', '=', postId).where('locale', '=', 'en').execute()
		const abroad = await judge(db, judged(postId, fields))
		assert.ok(abroad.score > here.score)
	})

	test('it learns from what the author says', async ({ db, postId }) => {
		const fields = { name: 'Зелёный сад', url: 'http://sad.example', text: 'Саженцы яблонь почтой' }
		const before = await judge(db, judged(postId, fields))
		for (let i = 0; i < 5; i++) await teach(db, await respond(db, postId, fields), 'spam')
		const spam = await judge(db, judged(postId, fields))
		assert.ok(spam.score > before.score)
		assert.is(spam.verdict, 'spam')
		assert.ok(filterReason(spam).detail!.match(/^(99|100) % · .*саженцы/), filterReason(spam).detail)
		for (let i = 0; i < 12; i++) await teach(db, await respond(db, postId, fields), 'ham')
		assert.is((await judge(db, judged(postId, fields))).verdict, 'ham')
	})

	test('a response is learnt once, however often it is said', async ({ db, postId }) => {
		const id = await respond(db, postId, { text: 'один два' })
		await teach(db, id, 'ham')
		const once = await words(db)
		await teach(db, id, 'ham')
		assert.equal(await words(db), once)
		assert.equal(
			once.find(({ word }) => word === ''),
			{ word: '', spam: 0, ham: 1 },
		)
		assert.is(await trained(db, id), 'ham')
	})

	test('a change of mind takes back what was learnt', async ({ db, postId }) => {
		const id = await respond(db, postId, { text: 'один два' })
		await teach(db, await respond(db, postId, { text: 'два три' }), 'ham')
		const before = await words(db)
		await teach(db, id, 'ham')
		await teach(db, id, 'spam')
		const spam = (await words(db)).find(({ word }) => word === 'word:один')
		assert.equal(spam, { word: 'word:один', spam: 1, ham: 0 })
		await db.transaction().execute((trx) => unlearn(trx, { id }))
		assert.equal(await words(db), before)
		assert.is(await trained(db, id), null)
	})

	test('what was never learnt is not forgotten, and nobody learns from authors', async ({ db, postId }) => {
		const id = await respond(db, postId, { text: 'один' })
		const own = await respond(db, postId, { text: 'два', author_id: 1 })
		await db.transaction().execute((trx) => unlearn(trx, { id }))
		await teach(db, own, 'ham')
		await teach(db, 987_654, 'spam')
		assert.is((await words(db)).filter(({ spam, ham }) => spam + ham !== 0).length, 0)
		assert.is(await trained(db, own), null)
	})

	test('long texts are learnt and forgotten whole', async ({ db, postId }) => {
		const text = Array.from({ length: 1000 }, (_, index) => `слово${index.toString(36)}ю`).join(' ')
		const id = await respond(db, postId, { text })
		await teach(db, id, 'spam')
		assert.is((await words(db)).length, 1501)
		await db.transaction().execute((trx) => unlearn(trx, { id }))
		assert.equal(await words(db), [{ word: '', spam: 0, ham: 0 }])
	})

	test('many may teach at once', async ({ db, postId }) => {
		const ids: number[] = []
		for (let i = 0; i < 8; i++) ids.push(await respond(db, postId, { text: `один два ${i} три` }))
		await Promise.all(ids.map((id, index) => teach(db, id, index % 2 ? 'spam' : 'ham')))
		await Promise.all(ids.map((id) => teach(db, id, 'ham')))
		const counts = (await words(db)).filter(({ word }) => word === '' || word === 'word:два')
		assert.equal(counts, [
			{ word: '', spam: 0, ham: 8 },
			{ word: 'word:два', spam: 0, ham: 8 },
		])
	})

	test.run()
}

function judged(postId: number, fields: Parameters<typeof statement>[0]): Judged {
	const { source: _, ...rest } = statement(fields)
	return { post_id: postId, parent_id: null, ...rest }
}

function teach(db: Db, id: number, as: 'spam' | 'ham'): Promise<void> {
	return db.transaction().execute((trx) => learn(trx, { id }, as))
}

async function trained(db: Db, id: number) {
	return (await db.selectFrom('comments').select('trained').where('id', '=', id).executeTakeFirstOrThrow()).trained
}

async function words(db: Db) {
	const rows = await db.selectFrom('filter_words').selectAll().execute()
	return rows.sort((a, b) => (a.word < b.word ? -1 : 1))
}
