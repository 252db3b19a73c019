import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { dayOf, formatDay, formatMoment, formatMonth, rangeOf, weekdays } from '../../src/i18n/dates.ts'

const ZONES = ['Europe/Moscow', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'America/Sao_Paulo', 'UTC']
const HOUR = 3_600_000
const time = fc.integer({ min: Date.parse('1970-01-02T00:00Z'), max: Date.parse('2099-12-30T00:00Z') })
const zone = fc.constantFrom(...ZONES)

test('the evening of 21:30 UTC is the next day in Moscow, and the next month at the end of one', () => {
	assert.equal(dayOf(Date.parse('2025-02-26T21:30Z'), 'Europe/Moscow'), { year: 2025, month: 2, day: 27 })
	assert.equal(dayOf(Date.parse('2024-09-30T21:30Z'), 'Europe/Moscow'), { year: 2024, month: 10, day: 1 })
	assert.equal(dayOf(Date.parse('2024-12-31T21:30Z'), 'Europe/Moscow'), { year: 2025, month: 1, day: 1 })
	assert.equal(dayOf(Date.parse('2025-02-26T21:30Z'), 'America/New_York'), { year: 2025, month: 2, day: 26 })
})

test('a day on which the clocks change has 23 or 25 hours', () => {
	const hours = (timezone: string, year: number, month: number, day: number) => {
		const { from, to } = rangeOf(timezone, year, month, day)!
		return (to - from) / HOUR
	}
	assert.is(hours('Europe/Berlin', 2025, 3, 30), 23)
	assert.is(hours('Europe/Berlin', 2025, 10, 26), 25)
	assert.is(hours('America/New_York', 2025, 3, 9), 23)
	assert.is(hours('America/New_York', 2025, 11, 2), 25)
	assert.is(hours('Europe/Moscow', 2025, 3, 30), 24)
	// The clocks went on at midnight: the day began at one o'clock.
	assert.is(hours('America/Sao_Paulo', 2018, 11, 4), 23)
})

test('dates that cannot be have no range', () => {
	for (const [year, month, day] of [
		[2025, 2, 29],
		[2025, 2, 30],
		[2025, 4, 31],
		[2025, 13],
		[2025, 0, 1],
		[2025, 1, 32],
		[1900, 2, 29],
	] as const) {
		assert.is(rangeOf('Europe/Moscow', year, month, day), undefined, `${year}-${month}-${day}`)
	}
	for (const year of [2000, 2024]) assert.ok(rangeOf('Europe/Moscow', year, 2, 29))
})

test('every moment is within its day, its month and its year, in any zone', () => {
	fc.assert(
		fc.property(time, zone, (time, timezone) => {
			const { year, month, day } = dayOf(time, timezone)
			for (const range of [
				rangeOf(timezone, year),
				rangeOf(timezone, year, month),
				rangeOf(timezone, year, month, day),
			]) {
				assert.ok(range!.from <= time && time < range!.to)
			}
		}),
	)
})

test('the months of a year follow each other without a gap', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1970, max: 2099 }), zone, (year, timezone) => {
			const months = Array.from({ length: 12 }, (_, index) => rangeOf(timezone, year, index + 1)!)
			for (const [index, month] of months.entries()) {
				if (index > 0) assert.is(month.from, months[index - 1]!.to)
			}
			assert.equal(rangeOf(timezone, year), { from: months[0]!.from, to: months[11]!.to })
		}),
	)
})

test('Russian dates stand in the genitive, captions in the nominative, with one full stop', () => {
	assert.is(formatDay({ year: 2025, month: 2, day: 26 }, 'ru'), '26 февраля 2025 г.')
	const captions = Array.from({ length: 12 }, (_, index) => formatMonth({ year: 2025, month: index + 1 }, 'ru'))
	const names = 'Январь Февраль Март Апрель Май Июнь Июль Август Сентябрь Октябрь Ноябрь Декабрь'
	assert.equal(
		captions,
		names.split(' ').map((name) => `${name} 2025`),
	)
	assert.is(formatMonth({ year: 2025, month: 2 }, 'en'), 'February 2025')
	assert.is(formatDay({ year: 2025, month: 2, day: 26 }, 'en'), 'February 26, 2025')
})

test("a moment is told in the blog's zone, and to machines in UTC", () => {
	const night = Date.parse('2025-02-26T21:30Z')
	assert.equal(formatMoment(night, 'ru', 'Europe/Moscow'), {
		iso: '2025-02-26T21:30:00.000Z',
		text: '27 февраля 2025 г.',
		title: '27 февраля 2025 г. в 00:30',
	})
	assert.match(formatMoment(night, 'en', 'America/New_York').title, /^February 26, 2025 at 4:30\sPM$/)
})

test('the Russian week begins with Monday, the English one with Sunday', () => {
	const russian = weekdays('ru')
	assert.is(russian.first, 1)
	assert.is(russian.names.map(({ short }) => short).join(' '), 'Пн Вт Ср Чт Пт Сб Вс')
	assert.is(russian.names[0]!.long, 'понедельник')
	assert.is(russian.names[6]!.long, 'воскресенье')
	const english = weekdays('en')
	assert.is(english.first, 7)
	assert.is(english.names.map(({ short }) => short).join(' '), 'Sun Mon Tue Wed Thu Fri Sat')
	assert.is(english.names[0]!.long, 'Sunday')
})

test.run()
