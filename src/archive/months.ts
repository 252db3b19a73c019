import type { Time } from '../db/schema.ts'
import { dayOf, rangeOf } from '../i18n/dates.ts'

/** A month that has posts. */
export interface Month {
	year: number
	month: number
	count: number
	/** Days with posts, ascending. */
	days: number[]
}

/** Months with posts, oldest first, of publication times sorted ascending, in the blog's time zone. */
export function monthsOf(times: Time[], timezone: string): Month[] {
	const months: Month[] = []
	let [monthEnd, dayEnd] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
	for (const time of times) {
		// A day is looked up once for all its posts: zone arithmetic is the cost here.
		if (time >= dayEnd) {
			const { year, month, day } = dayOf(time, timezone)
			if (time >= monthEnd) months.push({ year, month, count: 0, days: [] })
			monthEnd = rangeOf(timezone, year, month)!.to
			dayEnd = rangeOf(timezone, year, month, day)!.to
			months.at(-1)!.days.push(day)
		}
		months.at(-1)!.count += 1
	}
	return months
}
