import { sql } from 'kysely'
import { pino } from 'pino'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openDatabase } from '../../src/db/open.ts'
import type { Handler } from '../../src/jobs/attempt.ts'
import { Discard, Retry } from '../../src/jobs/job.ts'
import { enqueue, listDead, openLeases, rerun } from '../../src/jobs/queries.ts'
import { wake } from '../../src/jobs/wake.ts'
import { startWorker, type WorkerOptions } from '../../src/jobs/worker.ts'
import { type Database, databases } from '../support/databases.ts'
import { passTime } from './time.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

for (const database of databases) {
	const test = suite(`a worker on ${database.name}`)

	test('does what is enqueued, at once when it is woken', async () => {
		const { add, work, close } = await openJobs(database)
		const done = Promise.withResolvers<unknown>()
		await work({ greet: async (payload, job) => done.resolve([payload, job.attempt]) })
		await add('greet', { name: 'Вера' })
		wake()
		assert.equal(await done.promise, [{ name: 'Вера' }, 1])
		await close()
	})

	test('does no more at once than it may', async () => {
		const { add, work, close } = await openJobs(database)
		const done = Promise.withResolvers<void>()
		let now = 0
		let most = 0
		let all = 0
		const count = async () => {
			most = Math.max(most, ++now)
			await new Promise(setImmediate)
			now--
			if (++all === 20) done.resolve()
		}
		for (let n = 0; n < 20; n++) await add('count', n)
		await work({ count }, { concurrency: 3 })
		await done.promise
		assert.is(most, 3)
		await close()
	})

	test('an attempt that fails is followed by another after a pause of seconds', async () => {
		const { db, add, work, logs, close } = await openJobs(database)
		const attempts: number[] = []
		const second = Promise.withResolvers<void>()
		const flaky: Handler = async (_, { attempt }) => {
			attempts.push(attempt)
			if (attempt === 1) throw new Error('nobody home')
			second.resolve()
		}
		await add('flaky')
		const worker = await work({ flaky })
		await until(() => logs.length === 1)
		await worker.stop()
		assert.match(JSON.stringify(logs), 'nobody home')
		await passTime(db, 10_000)
		await work({ flaky })
		await second.promise
		assert.equal(attempts, [1, 2])
		await close()
	})

	test('a handler chooses its pause by Retry and ends its job by Discard', async () => {
		const { db, add, work, logs, close } = await openJobs(database)
		const attempts: string[] = []
		const polite: Handler = async (name, { attempt }) => {
			attempts.push(`${name} ${attempt}`)
			if (name === 'gone') throw new Discard('the comment was deleted')
			if (attempt === 1) throw new Retry(HOUR)
		}
		await add('polite', 'gone')
		await add('polite', 'busy')
		const worker = await work({ polite })
		await until(() => logs.length === 2)
		await worker.stop()
		await passTime(db, HOUR)
		await work({ polite })
		await until(() => attempts.length === 3)
		assert.equal(attempts.sort(), ['busy 1', 'busy 2', 'gone 1'])
		assert.is(logs.filter((line) => line.msg === 'jobs: discarded').length, 1)
		await close()
	})

	test('a job that nobody knows how to do fails like any other', async () => {
		const { add, work, logs, close } = await openJobs(database)
		for (const kind of ['unheard', 'toString', '__proto__']) await add(kind)
		await work({})
		await until(() => logs.length === 3)
		assert.ok(logs.every((line) => /nobody knows how/.test(JSON.stringify(line))))
		await close()
	})

	test('a dead job that is run again is done', async () => {
		const { db, url, add, work, close } = await openJobs(database)
		await add('greet')
		const leases = await openLeases({ db, url, clock: Date.now, onError: assert.unreachable as never })
		for (let attempt = 1; attempt <= 20; attempt++) await leases.retry((await leases.take(1))[0]!, 0, 'down')
		await leases.close()
		const done = Promise.withResolvers<void>()
		await work({ greet: async () => done.resolve() })
		const [dead] = await listDead(db)
		assert.ok(await rerun(db, dead!.id))
		wake()
		await done.promise
		await close()
	})

	test('a stop lets what runs finish, and takes no more', async () => {
		const { db, url, add, work, close } = await openJobs(database)
		const begun = Promise.withResolvers<void>()
		const may = Promise.withResolvers<void>()
		const worker = await work({
			async slow() {
				begun.resolve()
				await may.promise
			},
		})
		await add('slow', 1)
		wake()
		await begun.promise
		const stopped = worker.stop()
		await add('slow', 2)
		may.resolve()
		await stopped
		const leases = await openLeases({ db, url, clock: Date.now, onError: assert.unreachable as never })
		assert.equal(
			(await leases.take(9)).map((job) => job.payload),
			[2],
		)
		await leases.close()
		await close()
	})

	test('of two workers one makes the job of a schedule, once for every moment', async () => {
		const { db, url, work, close } = await openJobs(database)
		const other = openDatabase(url)
		let cleaned = 0
		const clean = async () => void cleaned++
		const both = { schedules: { clean: '0 4 * * *' } }
		for (const count of [0, 1, 2]) {
			const workers = await Promise.all([work({ clean }, both), work({ clean }, { ...both, db: other })])
			await until(() => cleaned >= count)
			for (const worker of workers) await worker.stop()
			assert.is(cleaned, count)
			await passTime(db, DAY)
		}
		await other.destroy()
		await close()
	})

	test('a schedule that was changed forgets its old moment', async () => {
		const { db, work, close } = await openJobs(database)
		const moments = () => sql<{ next_at: number }>`select next_at from schedules`.execute(db)
		const times: number[] = []
		for (const cron of ['0 4 * * *', '0 4 * * *', '0 4 1 1 *']) {
			const worker = await work({}, { schedules: { clean: cron } })
			const { rows } = await moments()
			times.push(rows[0]!.next_at)
			await worker.stop()
		}
		assert.is(times[0], times[1])
		assert.is(new Date(times[2]!).getUTCMonth(), 0)
		await close()
	})

	test('a database that fails is told of in the log, and the work goes on after', async () => {
		const { db, add, work, logs, close } = await openJobs(database)
		const done = Promise.withResolvers<void>()
		await work({ greet: async () => done.resolve() })
		const table = database.name === 'SQLite' ? 'jobs' : 'pgboss.job_common'
		const name = table.split('.').at(-1)!
		await sql`alter table ${sql.table(table)} rename to ${sql.id(`${name}_away`)}`.execute(db)
		wake()
		await until(() => logs.some((line) => line.msg === 'jobs: looking for jobs failed'))
		await sql`alter table ${sql.table(`${table}_away`)} rename to ${sql.id(name)}`.execute(db)
		await add('greet')
		wake()
		await done.promise
		await close()
	})

	test.run()
}

async function openJobs(database: Database) {
	const { db, url, drop } = await database.create()
	const logs: Record<string, unknown>[] = []
	const log = pino({ level: 'info' }, { write: (line) => void logs.push(JSON.parse(line)) })
	const clock = () => Date.now() + passTime.of(db)
	const options = { db, url, log, clock, concurrency: 4, schedules: {}, timezone: 'UTC' }
	const workers: Awaited<ReturnType<typeof startWorker>>[] = []
	return {
		db,
		url,
		logs,
		add: (kind: string, payload: unknown = null) => db.transaction().execute((trx) => enqueue(trx, kind, payload)),
		async work(handlers: Record<string, Handler>, more: Partial<WorkerOptions> = {}) {
			const worker = await startWorker({ ...options, handlers, ...more })
			workers.push(worker)
			return worker
		},
		async close() {
			for (const worker of workers) await worker.stop()
			await drop()
		},
	}
}

/** Resolves once `isSo` tells so. */
async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}
