import { LRUCache } from 'lru-cache'
import type { Time } from '../db/schema.ts'
import type { Moment } from '../views/model.ts'

/** A calendar day in the blog's time zone; month is 1–12. */
export interface Day {
	year: number
	month: number
	day: number
}

export interface Range {
	/** First moment, inclusive. */
	from: Time
	/** First moment after, exclusive. */
	to: Time
}

/** The day in `timezone` on which `time` falls. */
export function dayOf(time: Time, timezone: string): Day {
	const { year, month, day } = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timezone)
	return { year, month, day }
}

/** The moments of a day, of a month (no day) or of a year (no month); undefined for a date that can't be. */
export function rangeOf(timezone: string, year: number, month?: number, day?: number): Range | undefined {
	try {
		const first = Temporal.PlainDate.from({ year, month: month ?? 1, day: day ?? 1 }, { overflow: 'reject' })
		const last = first.add(day ? { days: 1 } : month ? { months: 1 } : { years: 1 })
		return { from: startOf(first, timezone), to: startOf(last, timezone) }
	} catch {
		return undefined
	}
}

function startOf(date: Temporal.PlainDate, timezone: string): Time {
	return date.toZonedDateTime(timezone).epochMilliseconds
}

// Pages show the same moments again and again, and writing one takes as long as a query.
const moments = new LRUCache<string, Moment>({ max: 10_000 })

/** «26 февраля 2025 г.», with the hour as title. */
export function formatMoment(time: Time, locale: string, timezone: string): Moment {
	const key = `${time} ${locale} ${timezone}`
	const known = moments.get(key)
	if (known) return known
	const moment = {
		iso: new Date(time).toISOString(),
		text: formatter(locale, { dateStyle: 'long', timeZone: timezone }).format(time),
		title: formatter(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: timezone }).format(time),
	}
	moments.set(key, moment)
	return moment
}

/** «26 февраля 2025 г.» of a calendar day. */
export function formatDay({ year, month, day }: Day, locale: string): string {
	return formatter(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, day))
}

/** «Февраль 2025»: the nominative, as a caption. */
export function formatMonth({ year, month }: { year: number; month: number }, locale: string): string {
	const name = formatter(locale, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, 1))
	return `${capitalize(name, locale)} ${year}`
}

/** Weekdays in the order of the locale's week, «Пн» and «понедельник»; `first` is 1 (Monday) … 7 (Sunday). */
export function weekdays(locale: string): { first: number; names: { short: string; long: string }[] } {
	const first = new Intl.Locale(locale).getWeekInfo().firstDay
	const names = Array.from({ length: 7 }, (_, index) => {
		// 1 January 2024 was a Monday.
		const day = Date.UTC(2024, 0, ((first - 1 + index) % 7) + 1)
		const long = formatter(locale, { weekday: 'long', timeZone: 'UTC' }).format(day)
		const short = formatter(locale, { weekday: 'short', timeZone: 'UTC' }).format(day)
		return { short: capitalize(short, locale), long }
	})
	return { first, names }
}

/** The first letter in upper case: captions and headings. */
export function capitalize(text: string, locale: string): string {
	const [first = '', ...rest] = text
	return first.toLocaleUpperCase(locale) + rest.join('')
}

const formatters = new Map<string, Intl.DateTimeFormat>()

// Making a formatter costs a hundred times its use.
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = `${locale} ${Object.entries(options)}`
	const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options)
	formatters.set(key, known)
	return known
}
