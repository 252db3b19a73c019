import type { Day } from '../i18n/dates.ts'
import type { Chart } from '../views/overview-model.ts'
import { dayName } from './traffic.ts'

/** A day with its number. */
export interface DayCount {
	day: Day
	count: number
}

/** Units of the drawing; it is stretched to the width of its place. */
const STEP = 20
const BAR = 14
const HEIGHT = 100

/** The days from `length` days ago to `today`, those without a number too. */
export function fillDays(rows: { day: string; count: number }[], today: Day, length: number): DayCount[] {
	const counts = new Map(rows.map(({ day, count }) => [day, count]))
	const last = Temporal.PlainDate.from(today)
	return Array.from({ length }, (_, index) => {
		const { year, month, day } = last.subtract({ days: length - 1 - index })
		const date = { year, month, day }
		return { day: date, count: counts.get(dayName(date)) ?? 0 }
	})
}

/** A bar for each day; `label` and `number` tell a day and its number in the reader's language. */
export function chartOf(
	days: DayCount[],
	{ label, number }: { label: (day: Day) => string; number: (count: number) => string },
): Chart {
	const most = Math.max(1, ...days.map(({ count }) => count))
	const bars = days.map(({ day, count }, index) => {
		// A day with a single reader is still to be seen.
		const height = count === 0 ? 0 : Math.max(2, Math.round((count / most) * HEIGHT))
		return {
			x: index * STEP + (STEP - BAR) / 2,
			y: HEIGHT - height,
			width: BAR,
			height,
			label: label(day),
			count: number(count),
		}
	})
	return {
		viewBox: `0 0 ${days.length * STEP} ${HEIGHT}`,
		bars,
		most: number(most),
		first: bars[0]?.label ?? '',
		last: bars.at(-1)?.label ?? '',
	}
}
