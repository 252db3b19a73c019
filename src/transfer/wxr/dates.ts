import type { Time } from '../../db/schema.ts'

/** A date as WordPress writes it (`2010-11-29 12:30:00`); undefined for `0000-00-00` and what is no date. */
export function parseDate(text: string): Temporal.PlainDateTime | undefined {
	const match = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?/.exec(text)
	if (!match) return undefined
	const [year, month, day, hour, minute, second = 0] = match.slice(1).map((part) => Number(part ?? 0))
	try {
		const date = { year: year!, month: month!, day: day!, hour, minute, second }
		return year === 0 ? undefined : Temporal.PlainDateTime.from(date, { overflow: 'reject' })
	} catch {
		return undefined
	}
}

/** The moment of a date written twice, in UTC and in the blog's zone; the first that is a date counts. */
export function momentOf(gmt: string, local: string, timezone: string): Time | undefined {
	const utc = parseDate(gmt)
	if (utc) return utc.toZonedDateTime('UTC').epochMilliseconds
	return parseDate(local)?.toZonedDateTime(timezone).epochMilliseconds
}

/** The moment of an RSS `pubDate`. */
export function momentOfPubDate(text: string): Time | undefined {
	// Drafts have "Mon, 30 Nov -0001".
	const time = / -\d{4} /.test(text) ? Number.NaN : Date.parse(text)
	return Number.isNaN(time) ? undefined : time
}
