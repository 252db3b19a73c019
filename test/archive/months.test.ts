import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { monthsOf } from '../../src/archive/months.ts'
import { dayOf, rangeOf } from '../../src/i18n/dates.ts'

const ZONES = ['Europe/Moscow', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia', 'America/Sao_Paulo']
const time = fc.integer({ min: Date.parse('1990-01-01T00:00Z'), max: Date.parse('2050-01-01T00:00Z') })
const times = fc
	.oneof(
		fc.array(time, { maxLength: 60 }),
		// Many in few weeks, around midnights.
		fc
			.array(fc.integer({ min: 0, max: 24 * 60 }), { maxLength: 60 })
			.map((hours) => hours.map((hour) => Date.parse('2025-02-10T00:00Z') + hour * 3_600_000)),
	)
	.map((all) => all.toSorted((a, b) => a - b))

test('no posts make no months', () => assert.equal(monthsOf([], 'Europe/Moscow'), []))

test('a post late on the last day of a month in UTC is counted in the next one in Moscow', () => {
	const times = ['2024-09-30T20:59Z', '2024-09-30T21:30Z', '2024-10-01T09:00Z', '2024-12-31T21:00Z'].map(Date.parse)
	assert.equal(monthsOf(times, 'Europe/Moscow'), [
		{ year: 2024, month: 9, count: 1, days: [30] },
		{ year: 2024, month: 10, count: 2, days: [1] },
		{ year: 2025, month: 1, count: 1, days: [1] },
	])
})

test('February has a 29th in leap years', () => {
	const times = ['2024-02-29T12:00Z', '2025-02-28T12:00Z', '2025-03-01T12:00Z'].map(Date.parse)
	assert.equal(
		monthsOf(times, 'Europe/Moscow').map(({ month, days }) => [month, days]),
		[
			[2, [29]],
			[2, [28]],
			[3, [1]],
		],
	)
})

test('the counts of months add up to the number of posts', () => {
	fc.assert(
		fc.property(times, fc.constantFrom(...ZONES), (times, timezone) => {
			const total = monthsOf(times, timezone).reduce((sum, { count }) => sum + count, 0)
			assert.is(total, times.length)
		}),
	)
})

test('every post falls in exactly one month, on a day of its days', () => {
	fc.assert(
		fc.property(times, fc.constantFrom(...ZONES), (times, timezone) => {
			const months = monthsOf(times, timezone)
			for (const time of times) {
				const { year, month, day } = dayOf(time, timezone)
				const found = months.filter((other) => other.year === year && other.month === month)
				assert.is(found.length, 1)
				assert.ok(found[0]!.days.includes(day))
				const within = months.filter((other) => {
					const { from, to } = rangeOf(timezone, other.year, other.month)!
					return from <= time && time < to
				})
				assert.equal(within, found)
			}
		}),
	)
})

test('months stand from the oldest to the newest, and their days too, each once', () => {
	fc.assert(
		fc.property(times, fc.constantFrom(...ZONES), (times, timezone) => {
			const months = monthsOf(times, timezone)
			const numbers = months.map(({ year, month }) => year * 12 + month)
			assert.equal(
				numbers,
				[...new Set(numbers)].sort((a, b) => a - b),
			)
			for (const { days, count } of months) {
				assert.equal(
					days,
					[...new Set(days)].sort((a, b) => a - b),
				)
				assert.ok(days.length >= 1 && days.length <= count)
			}
		}),
	)
})

test.run()
