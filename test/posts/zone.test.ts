import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { fromLocal, toLocal } from '../../src/posts/zone.ts'

const zone = fc.constantFrom('Europe/Moscow', 'America/New_York', 'Asia/Kathmandu', 'UTC')

test('a moment is shown and read on the clock of the blog', () => {
	assert.is(toLocal(Date.parse('2025-03-15T21:30Z'), 'Europe/Moscow'), '2025-03-16T00:30')
	assert.is(fromLocal('2025-03-16T00:30', 'Europe/Moscow'), Date.parse('2025-03-15T21:30Z'))
	assert.is(fromLocal('2025-03-16T00:30:15', 'UTC'), Date.parse('2025-03-16T00:30:15Z'))
})

test('an hour that a zone skips is the one after it', () => {
	assert.is(fromLocal('2025-03-09T02:30', 'America/New_York'), Date.parse('2025-03-09T07:30Z'))
})

test('what is shown is read back to the minute', () => {
	const minute = fc.integer({ min: -36_000_000, max: 500_000_000 }).map((minutes) => minutes * 60_000)
	fc.assert(
		fc.property(minute, zone, (time, timezone) => {
			const shown = toLocal(time, timezone)
			// An hour that comes twice is read as its first time.
			return toLocal(fromLocal(shown, timezone)!, timezone) === shown
		}),
	)
})

test('dates that are none, or of no blog, are refused', () => {
	const wrong = ['', 'x', '2025-02-29T10:00', '2025-13-01T10:00', '2025-01-01T25:00', '2025-01-01', '0000-01-01T00:00']
	for (const text of [...wrong, '1899-12-31T23:59', '3000-01-01T00:00', '99999-01-01T00:00', '2025-01-01T10:00Z']) {
		assert.is(fromLocal(text, 'Europe/Moscow'), undefined, text)
	}
})

test.run()
