import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BEAT, LEASE } from '../../src/jobs/job.ts'
import { deleteDead, enqueue, hurry, listDead, openLeases, rerun } from '../../src/jobs/queries.ts'
import { type Database, databases } from '../support/databases.ts'
import { passTime } from './time.ts'

const HOUR = 3_600_000

for (const database of databases) {
	const test = suite(`jobs on ${database.name}`)

	test('a job is there once its transaction is committed, and taken once', async () => {
		const { add, leases, close } = await openQueue(database)
		await add('greet', { name: 'Вера' })
		const [job, ...others] = await leases.take(10)
		assert.equal([job!.kind, job!.payload, job!.attempt], ['greet', { name: 'Вера' }, 1])
		assert.equal(others, [])
		assert.equal(await leases.take(10), [])
		await close()
	})

	test('a transaction that is rolled back leaves no job', async () => {
		const { db, leases, close } = await openQueue(database)
		const change = db.transaction().execute(async (trx) => {
			await enqueue(trx, 'greet', {})
			await enqueue(trx, 'greet', {}, { key: 'once' })
			throw new Error('changed its mind')
		})
		assert.match(await change.catch(String), 'changed its mind')
		assert.equal(await leases.take(10), [])
		await close()
	})

	test('any payload of JSON comes back as it was', async () => {
		const { add, leases, close } = await openQueue(database)
		for (const payload of [null, 0, 'a', [], { a: { b: ['ё', 1.5, null] } }, '\ud83d\ude00', "it's $1 ?"]) {
			await add('echo', payload)
			const [job] = await leases.take(1)
			assert.equal(job!.payload, payload)
			assert.ok(await leases.complete(job!))
		}
		await close()
	})

	test('jobs are taken in the order they were written, no more than asked for', async () => {
		const { add, leases, close } = await openQueue(database)
		for (const n of [1, 2, 3]) await add('count', n)
		assert.equal((await leases.take(2)).map((job) => job.payload).sort(), [1, 2])
		assert.equal(
			(await leases.take(2)).map((job) => job.payload),
			[3],
		)
		await close()
	})

	test('a job waits for its moment', async () => {
		const { db, add, leases, close } = await openQueue(database)
		await add('publish', {}, { runAt: Date.now() + HOUR })
		assert.equal(await leases.take(1), [])
		await passTime(db, 2 * HOUR)
		assert.is((await leases.take(1)).length, 1)
		await close()
	})

	test('a waiting job of the same kind and key takes the new payload and moment', async () => {
		const { add, leases, close } = await openQueue(database)
		await add('ping', 1, { key: 'a', runAt: Date.now() + HOUR })
		await add('ping', 2, { key: 'a' })
		await add('ping', 3, { key: 'b' })
		await add('other', 4, { key: 'a' })
		assert.equal((await leases.take(10)).map((job) => job.payload).sort(), [2, 3, 4])
		await close()
	})

	test('a job that runs is not merged with', async () => {
		const { add, leases, close } = await openQueue(database)
		await add('ping', 1, { key: 'a' })
		const [first] = await leases.take(1)
		await add('ping', 2, { key: 'a' })
		const [second] = await leases.take(1)
		assert.equal([first!.payload, second!.payload], [1, 2])
		await close()
	})

	test('of many that write the same key at once one job remains', async () => {
		const { add, leases, close } = await openQueue(database)
		await Promise.all(Array.from({ length: 20 }, (_, n) => add('ping', n, { key: 'a' })))
		assert.is((await leases.take(50)).length, 1)
		await close()
	})

	test('a failed job waits out its pause and is taken again', async () => {
		const { db, add, leases, close } = await openQueue(database)
		await add('greet', {})
		const [job] = await leases.take(1)
		assert.ok(await leases.retry(job!, HOUR, 'nobody home'))
		assert.equal(await leases.take(1), [])
		await passTime(db, HOUR / 2)
		assert.equal(await leases.take(1), [])
		await passTime(db, HOUR)
		assert.is((await leases.take(1))[0]!.attempt, 2)
		await close()
	})

	test('the pauses of a kind can be ended, put off jobs are left alone', async () => {
		const { db, add, leases, close } = await openQueue(database)
		for (const kind of ['check', 'check', 'other']) await add(kind, kind)
		for (const job of await leases.take(3)) await leases.retry(job, HOUR, 'down')
		await add('check', 'later', { runAt: Date.now() + HOUR })
		await hurry(db, 'check')
		assert.equal(
			(await leases.take(9)).map((job) => job.payload),
			['check', 'check'],
		)
		await close()
	})

	test('what was lost with its worker is taken again, and the late worker is refused', async () => {
		const { db, add, leases, close } = await openQueue(database)
		await add('greet', {})
		const [late] = await leases.take(1)
		await passTime(db, LEASE + BEAT)
		await leases.reclaim()
		const [job] = await leases.take(1)
		assert.equal([job!.id, job!.attempt], [late!.id, 2])
		assert.equal([await leases.complete(late!), await leases.extend(late!)], [false, false])
		assert.not(await leases.retry(late!, 0, 'late'))
		assert.ok(await leases.extend(job!))
		assert.ok(await leases.complete(job!))
		assert.not(await leases.complete(job!))
		await close()
	})

	test('a job whose worker gives signs of life stays its own', async () => {
		const { db, add, leases, close } = await openQueue(database)
		await add('long', {})
		const [job] = await leases.take(1)
		for (let turn = 0; turn < 3; turn++) {
			await passTime(db, LEASE - BEAT)
			assert.ok(await leases.extend(job!))
			await leases.reclaim()
			assert.equal(await leases.take(1), [])
		}
		await close()
	})

	test('after its last attempt a job is dead, with its reason, and can be run again', async () => {
		const { db, add, leases, close } = await openQueue(database)
		await add('greet', { name: 'Вера' })
		await exhaust(leases)
		assert.equal(await leases.take(1), [])
		const [dead, ...others] = await listDead(db)
		assert.equal([dead!.kind, dead!.payload, dead!.attempt], ['greet', { name: 'Вера' }, 20])
		assert.equal([dead!.error, others], ['failure 20', []])
		assert.ok(Math.abs(dead!.diedAt - Date.now()) < HOUR)
		assert.ok(await rerun(db, dead!.id))
		assert.not(await rerun(db, dead!.id))
		assert.equal(await listDead(db), [])
		const [again] = await leases.take(1)
		assert.equal([again!.payload, again!.attempt], [{ name: 'Вера' }, 1])
		await close()
	})

	test('a job that every worker died of is dead too', async () => {
		const { db, add, leases, close } = await openQueue(database)
		await add('poison', {})
		for (let attempt = 1; attempt <= 20; attempt++) {
			assert.is((await leases.take(1))[0]?.attempt, attempt)
			await passTime(db, LEASE + BEAT)
			await leases.reclaim()
		}
		assert.equal(await leases.take(1), [])
		assert.is((await listDead(db)).length, 1)
		await close()
	})

	test('the dead are forgotten by their age, those that wait stay', async () => {
		const { db, add, leases, close } = await openQueue(database)
		await add('greet', {})
		await exhaust(leases)
		await add('waits', {})
		await deleteDead(db, Date.now() - HOUR)
		assert.is((await listDead(db)).length, 1)
		await deleteDead(db, Date.now() + HOUR)
		assert.equal(await listDead(db), [])
		assert.is((await leases.take(1))[0]!.kind, 'waits')
		await close()
	})

	test('what is no dead job is not run again', async () => {
		const { db, add, close } = await openQueue(database)
		await add('greet', {})
		for (const id of ['', '1', 'x', "'", '00000000-0000-0000-0000-000000000000']) assert.not(await rerun(db, id))
		await close()
	})

	test.run()
}

async function openQueue(database: Database) {
	const { db, url, drop } = await database.create()
	const clock = () => Date.now() + passTime.of(db)
	const leases = await openLeases({ db, url, clock, onError: assert.unreachable as never })
	return {
		db,
		leases,
		add: (kind: string, payload: unknown, options = {}) =>
			db.transaction().execute((trx) => enqueue(trx, kind, payload, options)),
		close: async () => {
			await leases.close()
			await drop()
		},
	}
}

async function exhaust(leases: Awaited<ReturnType<typeof openLeases>>) {
	for (let attempt = 1; attempt <= 20; attempt++) {
		const [job] = await leases.take(1)
		await leases.retry(job!, 0, `failure ${attempt}`)
	}
}
