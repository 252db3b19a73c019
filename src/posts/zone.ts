import type { Time } from '../db/schema.ts'

const EARLIEST = 1900
const LATEST = 2999
const NAMES_ZONE = /\d[T ]\d.*(?:Z|[+-]\d{2}(?::?\d{2})?)$/i

/** A moment as a field of date and time shows it, on the clock of a time zone: `2025-03-15T12:00`. */
export function toLocal(time: Time, timezone: string): string {
	const local = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timezone).toPlainDateTime()
	return local.toString({ smallestUnit: 'minute' })
}

/** The moment of such a field; undefined when there is no such time, or none that a blog has. */
export function fromLocal(text: string, timezone: string): Time | undefined {
	if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) return undefined
	try {
		const local = Temporal.PlainDateTime.from(text, { overflow: 'reject' })
		const isPossible = local.year >= EARLIEST && local.year <= LATEST
		return isPossible ? local.toZonedDateTime(timezone).epochMilliseconds : undefined
	} catch {
		return undefined
	}
}

/** The moment of an ISO 8601 text with a zone of its own, or else on the clock of `timezone`; undefined when there is none. */
export function momentOf(text: string, timezone: string): Time | undefined {
	try {
		const time = NAMES_ZONE.test(text)
			? Temporal.Instant.from(text).epochMilliseconds
			: Temporal.PlainDateTime.from(text, { overflow: 'reject' }).toZonedDateTime(timezone).epochMilliseconds
		const year = new Date(time).getUTCFullYear()
		return year >= EARLIEST && year <= LATEST ? time : undefined
	} catch {
		return undefined
	}
}
