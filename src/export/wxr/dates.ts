import type { Time } from '../../db/schema.ts'

const NONE = '0000-00-00 00:00:00'

/** A moment as WordPress writes it in a time zone: `2010-11-29 12:30:00`; zeros for none. */
export function wpDate(time: Time | null, timezone: string): string {
	if (time === null) return NONE
	const { year, month, day, hour, minute, second } =
		Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timezone)
	const two = (number: number) => String(number).padStart(2, '0')
	return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`
}
