import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { daysOf } from '../../src/archive/months.ts'
import { listMonths, listTimes } from '../../src/archive/queries.ts'
import type { Db, Time } from '../../src/db/schema.ts'
import { dayOf, rangeOf } from '../../src/i18n/dates.ts'
import { createPost } from '../../src/posts/save.ts'
import { randomFrom } from '../../src/seed/random.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'

const ZONES = ['Europe/Moscow', 'America/New_York', 'Pacific/Apia']
const MOSCOW = 'Europe/Moscow'

async function publish(db: Db, times: (Time | string)[], locale = 'ru'): Promise<void> {
	for (const [index, time] of times.entries()) {
		const draft = { locale, title: `${locale} ${index}`, source: 'Текст', publishedAt: new Date(time).getTime() }
		await createPost({ db, timezone: MOSCOW, now: NOW }, {}, [draft])
	}
}

for (const database of databases) {
	const test = suite(`months on ${database.name}`)

	test('no posts make no months', async () => {
		const { db, drop } = await database.create()
		await publish(db, ['2025-01-01T00:00Z'], 'en')
		assert.equal(await listMonths(db, { locale: 'ru', now: NOW }, MOSCOW), [])
		await drop()
	})

	test('a post late on the last day of a month in UTC is counted in the next one in Moscow; one to come isn’t', async () => {
		const { db, drop } = await database.create()
		await publish(db, [
			...['2024-09-30T20:59Z', '2024-09-30T21:30Z', '2024-10-01T09:00Z', '2024-12-31T21:00Z'],
			...['2024-02-29T12:00Z', '0099-02-28T12:00Z', NOW, NOW + 1],
		])
		assert.equal(await listMonths(db, { locale: 'ru', now: NOW }, MOSCOW), [
			{ year: 99, month: 2, count: 1 },
			{ year: 2024, month: 2, count: 1 },
			{ year: 2024, month: 9, count: 1 },
			{ year: 2024, month: 10, count: 2 },
			{ year: 2025, month: 1, count: 1 },
			{ year: 2025, month: 3, count: 1 },
		])
		const october = rangeOf(MOSCOW, 2024, 10)!
		assert.equal(daysOf(await listTimes(db, { locale: 'ru', now: NOW }, october), MOSCOW), [1])
		await drop()
	})

	test('every post is counted in the month, and is on the day, that the clock showed', async () => {
		const { db, drop } = await database.create()
		const random = randomFrom(7)
		const day = 24 * 3_600_000
		const times = Array.from({ length: 40 }, (_, index) => Math.floor(NOW - random() * (index % 2 ? 90 : 4_000) * day))
		await publish(db, times)
		for (const zone of ZONES) {
			const months = await listMonths(db, { locale: 'ru', now: NOW }, zone)
			assert.equal(months, monthsAsFound(times, zone))
			for (const { year, month } of months) {
				const range = rangeOf(zone, year, month)!
				const here = times.filter((time) => range.from <= time && time < range.to).sort((a, b) => a - b)
				assert.equal(await listTimes(db, { locale: 'ru', now: NOW }, range), here)
				const days = daysOf(here, zone)
				assert.equal(
					days,
					[...new Set(here.map((time) => dayOf(time, zone).day))].sort((a, b) => a - b),
				)
			}
		}
		await drop()
	})

	test.run()
}

function monthsAsFound(times: Time[], zone: string) {
	const found = Map.groupBy(times, (time) => dayOf(time, zone).year * 12 + dayOf(time, zone).month - 1)
	return [...found]
		.sort(([a], [b]) => a - b)
		.map(([number, { length }]) => ({ year: Math.floor(number / 12), month: (number % 12) + 1, count: length }))
}
