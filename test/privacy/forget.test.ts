import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loadCatalog } from '../../src/i18n/catalog.ts'
import { insertSubscription } from '../../src/notices/subscription-queries.ts'
import { addressHash, forgetAddresses } from '../../src/privacy/forget.ts'
import { writeSetting } from '../../src/settings/queries.ts'
import { databases } from '../support/databases.ts'
import { NOW, seedFixtures } from '../support/fixtures.ts'

const DAY = 86_400_000
const catalog = loadCatalog(['ru', 'en'])

for (const database of databases) {
	const test = suite(`forgetting addresses, ${database.name}`)

	async function open() {
		const { db, drop } = await database.create()
		const { responses } = await seedFixtures(db)
		await db.updateTable('comments').set({ ip: '192.0.2.7', user_agent: 'Firefox' }).execute()
		const age = (id: number, days: number) =>
			db
				.updateTable('comments')
				.set({ created_at: NOW - days * DAY })
				.where('id', '=', id)
				.execute()
		await db.updateTable('comments').set({ created_at: NOW }).execute()
		const kept = async (id: number) => {
			const query = db.selectFrom('comments').select(['ip', 'user_agent', 'ip_hash']).where('id', '=', id)
			const { ip, user_agent, ip_hash } = await query.executeTakeFirstOrThrow()
			return [ip, user_agent, ip_hash]
		}
		const forget = () => forgetAddresses({ db, catalog, clock: () => NOW, secret: 'secret' })
		return { db, drop, responses, age, kept, forget }
	}

	test('addresses and browsers are kept thirty days, then a hash that tells equal ones apart from others', async () => {
		const { drop, responses, age, kept, forget } = await open()
		await age(responses.first, 31)
		await age(responses.spam, 3000)
		await age(responses.reply, 29)
		await forget()
		await forget()
		const hash = addressHash('secret', '192.0.2.7')
		assert.equal(await kept(responses.first), ['', '', hash])
		assert.equal(await kept(responses.spam), ['', '', hash])
		assert.equal(await kept(responses.reply), ['192.0.2.7', 'Firefox', ''])
		assert.is.not(hash, addressHash('another', '192.0.2.7'))
		assert.is.not(hash, addressHash('secret', '192.0.2.8'))
		assert.is(addressHash('secret', ''), '')
		await drop()
	})

	test("the blog's policy says how many days, and more than a batch is forgotten at once", async () => {
		const { db, drop, responses, age, forget } = await open()
		await db.transaction().execute((trx) => writeSetting(trx, 'comments', '', { keepAddressDays: 3 }))
		const { id: _, ...row } = await db
			.selectFrom('comments')
			.selectAll()
			.where('id', '=', responses.first)
			.executeTakeFirstOrThrow()
		const many = Array.from({ length: 200 }, () => ({ ...row, created_at: NOW - 4 * DAY }))
		for (let more = 0; more < 6; more++) await db.insertInto('comments').values(many).execute()
		await age(responses.first, 4)
		await forget()
		const left = await db.selectFrom('comments').select('created_at').where('ip', '!=', '').execute()
		assert.is(left.length, 6)
		assert.ok(left.every(({ created_at }) => created_at === NOW))
		await drop()
	})

	test('wishes that nobody confirmed in a week are forgotten', async () => {
		const { db, drop, responses, forget } = await open()
		const wish = (comment_id: number, days: number) => ({
			token: `${comment_id}`,
			comment_id,
			email: `${comment_id}@example.org`,
			locale: 'ru',
			created_at: NOW - days * DAY,
		})
		await db.transaction().execute(async (trx) => {
			await insertSubscription(trx, wish(responses.first, 8))
			await insertSubscription(trx, wish(responses.reply, 6))
			await insertSubscription(trx, wish(responses.answer, 8))
			await trx
				.updateTable('subscriptions')
				.set({ confirmed_at: NOW })
				.where('comment_id', '=', responses.answer)
				.execute()
		})
		await forget()
		const left = await db.selectFrom('subscriptions').select('comment_id').orderBy('comment_id').execute()
		assert.equal(
			left.map((row) => row.comment_id),
			[responses.reply, responses.answer],
		)
		await drop()
	})

	test.run()
}
