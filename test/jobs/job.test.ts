import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { attemptsOf, pauseAfter } from '../../src/jobs/job.ts'
import { nextTime } from '../../src/jobs/schedule.ts'

test('pauses grow from seconds to an hour', () => {
	assert.equal(
		[1, 2, 3, 4, 7, 20, 1000].map((attempt) => pauseAfter(attempt, 0) / 1000),
		[5, 15, 45, 135, 3600, 3600, 3600],
	)
})

test('the first retry comes within ten seconds, and chance never takes more than half of a pause', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 100 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
			const pause = pauseAfter(attempt, random)
			assert.ok(pause <= pauseAfter(attempt, 0) && pause >= Math.floor(pauseAfter(attempt, 0) / 2))
			if (attempt === 1) assert.ok(pause < 10_000)
		}),
	)
})

test('every kind has attempts, whatever its name', () => {
	for (const kind of ['greet', 'toString', '__proto__']) assert.is(attemptsOf(kind), 20)
})

test('a schedule keeps the hour of its time zone through the change to summer time', () => {
	const next = (after: string) => new Date(nextTime('0 4 * * *', 'Europe/Berlin', Date.parse(after))).toISOString()
	assert.is(next('2025-03-28T12:00Z'), '2025-03-29T03:00:00.000Z')
	assert.is(next('2025-03-29T12:00Z'), '2025-03-30T02:00:00.000Z')
	assert.is(next('2025-03-30T02:00Z'), '2025-03-31T02:00:00.000Z')
})

test('what is no cron expression is refused', () => {
	assert.throws(() => nextTime('every day', 'UTC', 0))
})

test.run()
