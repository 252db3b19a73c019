import type { Time } from '../db/schema.ts'
import { dayOf } from '../i18n/dates.ts'

/** A month that has posts. */
export interface Month {
	year: number
	month: number
	count: number
}

/** The days of their month on which these times fall, ascending; the times are. */
export function daysOf(times: Time[], timezone: string): number[] {
	return [...new Set(times.map((time) => dayOf(time, timezone).day))]
}
