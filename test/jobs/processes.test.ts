import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LEASE } from '../../src/jobs/job.ts'
import { enqueue, openLeases } from '../../src/jobs/queries.ts'
import { type Database, databases } from '../support/databases.ts'
import { startProcess, type WorkerProcess } from './processes.ts'
import { passTime } from './time.ts'

const LATER = 2 * LEASE

for (const database of databases) {
	const test = suite(`worker processes on ${database.name}`)

	test('two do 200 jobs, each of them once', async () => {
		const { db, url, close } = await openJobs(database)
		const workers = await Promise.all([startProcess(url), startProcess(url)])
		await db.transaction().execute(async (trx) => {
			for (let n = 0; n < 200; n++) await enqueue(trx, 'count', n)
		})
		// Neither goes on before the other has taken some.
		await Promise.all(workers.map(({ said }) => said('counting')))
		for (const { go } of workers) go()
		await Promise.all(
			Array.from({ length: 200 }, (_, n) => Promise.race(workers.map(({ said }) => said(`count ${n}`)))),
		)
		await stop(workers)
		const done = workers.flatMap(({ lines }) => lines.filter((line) => line.startsWith('count ')))
		assert.is(done.length, 200)
		await close()
	})

	test('what a killed process was doing is done by another', async () => {
		const { db, url, add, close } = await openJobs(database)
		const killed = await startProcess(url)
		await add('hang')
		await killed.said('begun 1')
		killed.kill('SIGKILL')
		await passTime(db, LATER)
		const other = await startProcess(url, LATER)
		await other.said('begun 2')
		await stop([other])
		await close()
	})

	test('a frozen process loses its job to another and cannot complete it', async () => {
		const { db, url, add, close } = await openJobs(database)
		const frozen = await startProcess(url)
		await add('wait')
		await frozen.said('begun 1')
		frozen.kill('SIGSTOP')
		await passTime(db, LATER)
		const other = await startProcess(url, LATER)
		await other.said('begun 2')
		frozen.kill('SIGCONT')
		frozen.go()
		await frozen.said('log jobs: left, for the lease was lost')
		other.go()
		await other.said('ended 2')
		await stop([frozen, other])
		assert.not(other.lines.some((line) => line.startsWith('log')))
		await close()
	})

	test.run()
}

async function openJobs(database: Database) {
	const { db, url, drop } = await database.create()
	return {
		db,
		url,
		add: (kind: string) => db.transaction().execute((trx) => enqueue(trx, kind, null)),
		async close() {
			const clock = () => Date.now() + passTime.of(db) + LATER
			const leases = await openLeases({ db, url, clock, onError: assert.unreachable as never })
			assert.equal(await leases.take(1), [], 'no job is left')
			await leases.close()
			await drop()
		},
	}
}

async function stop(workers: WorkerProcess[]): Promise<void> {
	for (const worker of workers) worker.kill('SIGTERM')
	await Promise.all(workers.map(({ said }) => said('stopped')))
}
