import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Reason } from '../../src/comments/decide.ts'
import type { Db } from '../../src/db/schema.ts'
import { readVersions } from '../../src/db/versions.ts'
import { recheck } from '../../src/spam/recheck.ts'
import { databases, type TestDatabase } from '../support/databases.ts'
import { seedFixtures } from '../support/fixtures.ts'
import { respond } from './responses.ts'

const OFF = { akismetKey: '' }
const IMPORTED = JSON.stringify([{ rule: 'imported' }])
const PRAISE = {
	name: 'Electric Oven',
	url: 'http://electric-oven.example/',
	locale: 'en',
	text: 'I am really thankful to this topic because it really gives up to date information',
	reasons: IMPORTED,
}
const REAL = { name: 'Вера', text: 'Спасибо за рассказ! А запись будет?', reasons: IMPORTED }
const CASINO = {
	name: 'Казино онлайн',
	url: 'https://casino-play.example/bonus/registration',
	text: 'Лучшее онлайн казино, игровые автоматы на деньги, бонус за регистрацию, быстрый вывод выигрыша',
}

for (const database of databases) {
	const test = suite<TestDatabase & { postId: number }>(`rechecking on ${database.name}`)

	test.before.each(async (context) => {
		Object.assign(context, await database.create())
		context.postId = (await seedFixtures(context.db)).posts.conference
	})
	test.after.each(({ drop }) => drop())

	test('the suspected wait for the author, the surely spam goes, real ones stay', async ({ db, postId }) => {
		const praise = await respond(db, postId, PRAISE)
		const real = await respond(db, postId, REAL)
		const casino = await respond(db, postId, CASINO)
		const before = await readVersions(db)
		const { held, spam, asked } = await recheck({ db, config: OFF as never })
		assert.is(held + spam, 2)
		assert.is(asked, 0)
		assert.ok(['held', 'spam'].includes((await standing(db, praise))[0]))
		assert.equal(await standing(db, real), ['approved', JSON.parse(IMPORTED)])
		const [status, reasons] = await standing(db, casino)
		assert.is(status, 'spam')
		assert.is(reasons[0]!.rule, 'filter')
		assert.match(reasons[0]!.detail!, /^(99|100) % · .*(казино|автоматы)/)
		assert.is.not((await readVersions(db)).get('listing:ru'), before.get('listing:ru'))
	})

	test('those of the fixtures are all taken for real', async ({ db }) => {
		assert.equal(await recheck({ db, config: OFF as never }), { looked: 6, held: 0, spam: 0, asked: 0 })
	})

	test('what an author decided or wrote is left alone', async ({ db, postId }) => {
		const reasons = JSON.stringify([{ rule: 'author', detail: 'approved 1' }])
		const ids = [
			await respond(db, postId, { ...CASINO, reasons }),
			await respond(db, postId, { ...CASINO, trained: 'ham' }),
			await respond(db, postId, { ...CASINO, author_id: 1 }),
		]
		await recheck({ db, config: OFF as never })
		for (const id of ids) assert.is((await standing(db, id))[0], 'approved')
	})

	test('a second run changes nothing', async ({ db, postId }) => {
		const id = await respond(db, postId, { ...PRAISE, url: '' })
		await recheck({ db, config: OFF as never })
		const once = await standing(db, id)
		assert.is(once[0], 'held')
		await recheck({ db, config: OFF as never })
		assert.equal(await standing(db, id), once)
	})

	test('Akismet is asked about what it can be asked about, by jobs', async ({ db, postId }) => {
		const known = await respond(db, postId, { ...REAL, ip: '203.0.113.7' })
		const { asked } = await recheck({ db, config: { akismetKey: 'key' } as never })
		assert.is(asked, 1)
		const rows = await db.selectFrom('comments').select('id').where('checked', '=', 'waiting').execute()
		assert.equal(rows, [{ id: known }])
	})

	test('it tells how far it has come', async ({ db, postId }) => {
		await respond(db, postId, REAL)
		const told: unknown[] = []
		const progress = {
			start: (total: number) => void told.push(total),
			advance: (by: number) => void told.push(by),
			stop: () => void told.push('end'),
		}
		await recheck({ db, config: OFF as never }, progress)
		assert.equal(told, [7, 7, 'end'])
	})

	test.run()
}

async function standing(db: Db, id: number): Promise<[string, Reason[]]> {
	const row = await db.selectFrom('comments').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
	return [row.status, JSON.parse(row.reasons)]
}
