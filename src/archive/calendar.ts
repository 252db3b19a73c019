import type { Translate } from '../i18n/catalog.ts'
import { type Day, formatDay, formatMonth, weekdays } from '../i18n/dates.ts'
import type { Calendar, CalendarDay } from '../views/model.ts'
import type { Month } from './months.ts'
import { dayPath, monthPath } from './paths.ts'

interface Shown {
	locale: string
	t: Translate
	/** The month to show. */
	year: number
	month: number
	today: Day
	/** Months with posts, oldest first. */
	months: Month[]
	/** The days of the shown one that have posts. */
	days: number[]
}

/** The calendar of a month; undefined when the blog has no posts in this language. */
export function calendarOf({ locale, t, year, month, today, months, days }: Shown): Calendar | undefined {
	if (months.length === 0) return undefined
	const { first, names } = weekdays(locale)
	const shown = months.find((other) => compare(other, { year, month }) === 0)
	const previous = months.findLast((other) => compare(other, { year, month }) < 0)
	const next = months.find((other) => compare(other, { year, month }) > 0)
	return {
		caption: formatMonth({ year, month }, locale),
		label: t('calendar.label'),
		href: shown && monthPath(locale, shown),
		weekdays: names,
		weeks: weeksOf({ year, month }, first).map((week) =>
			week.map((day) => dayCell({ locale, t, today, days }, day === undefined ? undefined : { year, month, day })),
		),
		previous: previous && neighbour(previous, 'calendar.previous', locale, t),
		next: next && neighbour(next, 'calendar.next', locale, t),
	}
}

type MonthOfYear = Pick<Month, 'year' | 'month'>

function compare(a: MonthOfYear, b: MonthOfYear): number {
	return a.year - b.year || a.month - b.month
}

/** Rows of seven day numbers; undefined before the first and after the last. `first` is the week's first day, 1–7. */
function weeksOf({ year, month }: MonthOfYear, first: number): (number | undefined)[][] {
	const start = Temporal.PlainDate.from({ year, month, day: 1 })
	const lead = (start.dayOfWeek - first + 7) % 7
	const rows = Math.ceil((lead + start.daysInMonth) / 7)
	return Array.from({ length: rows }, (_, row) =>
		Array.from({ length: 7 }, (_, column) => {
			const day = row * 7 + column - lead + 1
			return day >= 1 && day <= start.daysInMonth ? day : undefined
		}),
	)
}

function dayCell({ locale, t, today, days }: Pick<Shown, 'locale' | 't' | 'today' | 'days'>, date?: Day): CalendarDay {
	if (!date) return {}
	const isToday = compare(date, today) === 0 && date.day === today.day
	const cell: CalendarDay = { day: date.day, today: isToday || undefined }
	if (!days.includes(date.day)) return cell
	return { ...cell, href: dayPath(locale, date), label: t('calendar.day', { date: formatDay(date, locale) }) }
}

function neighbour(month: Month, key: string, locale: string, t: Translate) {
	return {
		href: monthPath(locale, month),
		short: t('calendar.months').split(' ')[month.month - 1]!,
		label: t(key, { month: formatMonth(month, locale) }),
	}
}
