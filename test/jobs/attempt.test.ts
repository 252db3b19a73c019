import { mock } from 'node:test'
import { pino } from 'pino'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { attempt, type Handler, type Job } from '../../src/jobs/attempt.ts'
import { Discard, type Leases, Retry } from '../../src/jobs/job.ts'

test('what is done is completed, and what has no point too', async () => {
	assert.equal(await outcomeOf(async () => {}), 'completed')
	assert.equal(await outcomeOf(() => Promise.reject(new Discard('gone'))), 'completed')
})

test('what fails waits: as the handler says, else by the rules', async () => {
	assert.equal(await outcomeOf(() => Promise.reject(new Retry(1234, 'busy'))), [1234, 'busy'])
	const [pause, error] = (await outcomeOf(() => Promise.reject(new Error('down')))) as [number, string]
	assert.is(error, 'down')
	assert.ok(pause >= 7_500 && pause <= 15_000)
})

test('whatever is thrown is a failure', async () => {
	const throws: unknown[] = ['text', null, undefined, 0]
	for (const thrown of throws) {
		const [, error] = (await outcomeOf(() => Promise.reject(thrown))) as [number, string]
		assert.is(error, String(thrown))
	}
	const outcome = await outcomeOf(() => {
		throw new Error('at once')
	})
	assert.is(outcome?.[1], 'at once')
})

test('a handler that never ends is stopped after a quarter of an hour', async () => {
	mock.timers.enable({ apis: ['setTimeout'] })
	let job: Job | undefined
	const outcome = outcomeOf((_, given) => {
		job = given
		return new Promise(() => {})
	})
	mock.timers.tick(15 * 60_000 - 1)
	assert.not(job!.signal.aborted)
	mock.timers.tick(1)
	mock.timers.reset()
	assert.ok(job!.signal.aborted)
	assert.equal((await outcome)?.[1], 'it took too long')
})

test('what was lost is told by nobody', async () => {
	const lost = new AbortController()
	const outcome = outcomeOf(() => new Promise(() => {}), lost.signal)
	lost.abort(new Error('the lease was lost'))
	assert.is(await outcome, undefined)
})

test.run()

/** What the queue was told in the end: that the job is done, or the pause and the error. */
async function outcomeOf(handler: Handler, lost: AbortSignal = new AbortController().signal) {
	let outcome: 'completed' | [pause: number, error: string] | undefined
	const leases: Partial<Leases> = {
		async complete() {
			outcome = 'completed'
			return true
		},
		async retry(_, pause, error) {
			outcome = [pause, error]
			return true
		},
	}
	const job = { id: '1', kind: 'greet', payload: null, attempt: 2 }
	const log = pino({ level: 'silent' })
	await attempt({ job, handlers: { greet: handler }, leases: leases as Leases, log, lost })
	return outcome
}
