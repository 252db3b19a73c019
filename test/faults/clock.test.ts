import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LEASE } from '../../src/jobs/job.ts'
import { enqueue, openLeases } from '../../src/jobs/queries.ts'
import { fireSchedules, keepSchedules } from '../../src/jobs/schedule.ts'
import { createPost } from '../../src/posts/save.ts'
import { openDesk, startDesks } from '../admin/desk.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const YEAR = 365 * DAY

for (const database of databases) {
	const test = suite(`a clock that jumps on ${database.name}`)

	test('pages made while it was ahead are not shown when it is right again', async () => {
		let now = NOW
		const blog = await startDesks(database, { clock: () => now })
		const publishedAt = NOW + 30 * DAY
		const draft = { locale: 'ru', title: 'Будущее', source: 'Ещё рано', status: 'published', publishedAt } as const
		await createPost({ db: blog.db, timezone: 'Europe/Moscow', now }, { kind: 'post' }, [draft as never])
		now = NOW + YEAR
		assert.match((await blog.get('/ru/')).text, 'Будущее')
		assert.is((await blog.get('/ru/2025/04/')).status, 200)
		now = NOW
		assert.not.match((await blog.get('/ru/')).text, 'Будущее')
		assert.is((await blog.get('/ru/2025/04/')).status, 404)
		now = NOW - DAY
		assert.is((await blog.get('/ru/')).status, 200)
		await blog.close()
	})

	test('who has signed in stays so through a day in either direction', async () => {
		let now = NOW
		const blog = await startDesks(database, { clock: () => now })
		const anna = await openDesk(blog, 'anna@example.org')
		for (const jump of [-DAY, 0, DAY, 0]) {
			now = NOW + jump
			assert.is((await anna.get('/admin/')).status, 200)
		}
		await blog.close()
	})

	test('a schedule that a wrong year has fired is due at its next hour, once', async () => {
		const { db, drop } = await database.create()
		let now = NOW
		const schedule = { db, timezone: 'UTC', clock: () => now, schedules: { nightly: '0 4 * * *' } }
		await keepSchedules(schedule)
		now = NOW + YEAR
		await fireSchedules(schedule)
		now = NOW
		await fireSchedules(schedule)
		const row = await db
			.withTables<{ schedules: { kind: string; next_at: number } }>()
			.selectFrom('schedules')
			.select('next_at')
			.executeTakeFirstOrThrow()
		assert.is(new Date(row.next_at).toISOString(), '2025-03-16T04:00:00.000Z')
		await drop()
	})

	test.run()
}

const leases = suite('a clock that jumps under leases')

leases('set on, a job is taken by another, and the first one’s outcome does not count', async () => {
	const { db, url, drop } = await databases[0]!.create()
	let now = NOW
	const source = { db, url, clock: () => now, onError: assert.unreachable as never }
	const [one, other] = [await openLeases(source), await openLeases(source)]
	await db.transaction().execute((trx) => enqueue(trx, 'count', 1))
	const [first] = await one.take(1)
	now += YEAR
	const [second] = await other.take(1)
	assert.is(second!.id, first!.id)
	assert.is(await one.complete(first!), false)
	assert.is(await other.complete(second!), true)
	assert.equal(await one.take(1), [])
	await drop()
})

leases('set back, a job whose worker is gone is free after a lease, not after the year', async () => {
	const { db, url, drop } = await databases[0]!.create()
	let now = NOW + YEAR
	const source = { db, url, clock: () => now, onError: assert.unreachable as never }
	const queue = await openLeases(source)
	await db.transaction().execute((trx) => enqueue(trx, 'count', 1))
	assert.is((await queue.take(1)).length, 1)
	now = NOW
	await queue.reclaim()
	assert.equal(await queue.take(1), [])
	now += LEASE
	assert.is((await queue.take(1))[0]!.attempt, 2)
	await drop()
})

leases.run()
