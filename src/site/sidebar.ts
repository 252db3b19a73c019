import { calendarOf } from '../archive/calendar.ts'
import { daysOf } from '../archive/months.ts'
import { listTimes } from '../archive/queries.ts'
import { dayOf, rangeOf } from '../i18n/dates.ts'
import { untilPostsChange } from '../posts/lasting.ts'
import type { Widget } from '../settings/settings.ts'
import type { Calendar, Sidebar } from '../views/model.ts'
import type { Context } from '../web/context.ts'
import type { Overview } from './overview.ts'

/** A month; a year alone stands for the last of its months that has posts. */
interface Shown {
	year: number
	month?: number
}

/** The widgets beside a listing; the calendar shows `month`, or that of today. */
export async function sidebarOf(ctx: Context, overview: Overview, month?: Shown): Promise<Sidebar> {
	const { widgets } = ctx.state.settings
	const shown = <T>(widget: Widget, list: T[]) => (widgets.includes(widget) ? list : [])
	return {
		order: widgets,
		calendar: widgets.includes('calendar') ? await calendar(ctx, overview, month) : undefined,
		recentPosts: shown('recentPosts', overview.recentPosts),
		recentResponses: shown('recentResponses', overview.recentResponses),
		categories: shown('categories', overview.categories),
		tags: shown('tags', overview.tags),
		months: shown('months', overview.monthLinks),
	}
}

function calendar(ctx: Context, { months }: Overview, shown?: Shown): Promise<Calendar | undefined> {
	const { blog, state } = ctx
	const { locale, t } = state
	const { timezone } = blog.config
	const now = blog.clock()
	const today = dayOf(now, timezone)
	const year = shown?.year ?? today.year
	const month = shown ? (shown.month ?? lastMonth(months, year)) : today.month
	return untilPostsChange(ctx, `calendar:${locale}:${year}-${month}`, async () => {
		const times = await listTimes(blog.db, { locale, now }, rangeOf(timezone, year, month)!)
		return calendarOf({ locale, t, year, month, today, months, days: daysOf(times, timezone) })
	})
}

function lastMonth(months: Overview['months'], year: number): number {
	return months.findLast((month) => month.year === year)?.month ?? 12
}
