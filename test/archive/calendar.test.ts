import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { calendarOf } from '../../src/archive/calendar.ts'
import { loadCatalog } from '../../src/i18n/catalog.ts'

const catalog = loadCatalog(['ru', 'en'])
const TODAY = { year: 2025, month: 3, day: 15 }
const MONTHS = [
	{ year: 2024, month: 7, count: 1, days: [1] },
	{ year: 2024, month: 9, count: 3, days: [2, 30] },
	{ year: 2025, month: 2, count: 2, days: [14, 26] },
]

function calendar(year: number, month: number, { locale = 'ru', months = MONTHS, today = TODAY } = {}) {
	const days = months.find((other) => other.year === year && other.month === month)?.days ?? []
	return calendarOf({ locale, t: catalog.translator(locale), year, month, today, months, days })
}

function rows(year: number, month: number, locale = 'ru') {
	return calendar(year, month, { locale })!.weeks.map((week) => week.map(({ day }) => day ?? '·').join(' '))
}

test('there is none when there are no posts', () => {
	assert.is(calendar(2025, 2, { months: [] }), undefined)
})

test('a Russian month begins its weeks on Monday', () => {
	assert.is(calendar(2025, 2)!.caption, 'Февраль 2025')
	assert.equal(rows(2025, 2), [
		'· · · · · 1 2',
		'3 4 5 6 7 8 9',
		'10 11 12 13 14 15 16',
		'17 18 19 20 21 22 23',
		'24 25 26 27 28 · ·',
	])
})

test('an English month begins its weeks on Sunday', () => {
	assert.is(calendar(2025, 2, { locale: 'en' })!.caption, 'February 2025')
	assert.equal(rows(2025, 2, 'en'), [
		'· · · · · · 1',
		'2 3 4 5 6 7 8',
		'9 10 11 12 13 14 15',
		'16 17 18 19 20 21 22',
		'23 24 25 26 27 28 ·',
	])
})

test('a month may take four rows or six', () => {
	assert.is(rows(2021, 2).length, 4)
	assert.is(rows(2025, 6).length, 6)
})

test('February has 29 days in leap years only', () => {
	const last = (year: number) =>
		Math.max(
			...calendar(year, 2)!
				.weeks.flat()
				.map(({ day }) => day ?? 0),
		)
	assert.equal([2000, 2024, 1900, 2025].map(last), [29, 29, 28, 28])
})

test('days with posts lead to them and say which day they are', () => {
	const linked = calendar(2025, 2)!
		.weeks.flat()
		.filter(({ href }) => href)
	assert.equal(linked, [
		{ day: 14, today: undefined, href: '/ru/2025/02/14/', label: 'Записи за 14 февраля 2025 г.' },
		{ day: 26, today: undefined, href: '/ru/2025/02/26/', label: 'Записи за 26 февраля 2025 г.' },
	])
})

test('neighbours are the nearest months that have posts', () => {
	const { previous, next } = calendar(2024, 8)!
	assert.equal([previous!.short, previous!.href], ['Июл', '/ru/2024/07/'])
	assert.equal([next!.short, next!.href], ['Сен', '/ru/2024/09/'])
	assert.match(previous!.label, 'Июль 2024')
	assert.match(next!.label, 'Сентябрь 2024')
	assert.is(calendar(2024, 7)!.previous, undefined)
	assert.is(calendar(2024, 7)!.next!.short, 'Сен')
	assert.is(calendar(2025, 2)!.next, undefined)
	assert.is(calendar(2025, 3)!.previous!.short, 'Фев')
})

test('every month has a short name in both languages', () => {
	const short = (locale: string) =>
		Array.from({ length: 12 }, (_, index) => {
			const months = [{ year: 2025, month: index + 1, count: 1, days: [1] }]
			return calendar(2026, 1, { locale, months })!.previous!.short
		}).join(' ')
	assert.is(short('ru'), 'Янв Фев Мар Апр Май Июн Июл Авг Сен Окт Ноя Дек')
	assert.is(short('en'), 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec')
})

test('only today is marked, and only in its own month', () => {
	const marked = (year: number, month: number) =>
		calendar(year, month)!
			.weeks.flat()
			.filter(({ today }) => today)
			.map(({ day }) => day)
	assert.equal(marked(2025, 3), [15])
	assert.equal(marked(2025, 2), [])
	assert.equal(marked(2024, 3), [])
})

test('the caption leads to the month when it has posts', () => {
	assert.is(calendar(2025, 2)!.href, '/ru/2025/02/')
	assert.is(calendar(2025, 3)!.href, undefined)
})

test('any month shows each of its days once, in whole weeks', () => {
	const year = fc.integer({ min: 1970, max: 2100 })
	fc.assert(
		fc.property(year, fc.integer({ min: 1, max: 12 }), fc.constantFrom('ru', 'en'), (year, month, locale) => {
			const { weeks, weekdays } = calendar(year, month, { locale })!
			const days = weeks.flat().flatMap(({ day }) => day ?? [])
			const length = new Date(Date.UTC(year, month, 0)).getUTCDate()
			assert.equal(
				days,
				Array.from({ length }, (_, index) => index + 1),
			)
			assert.ok(weeks.every((week) => week.length === 7 && week.some(({ day }) => day)))
			const column = weeks[0]!.findIndex(({ day }) => day === 1)
			const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(
				Date.UTC(year, month - 1),
			)
			assert.is(weekdays[column]!.long, name)
		}),
	)
})

test.run()
