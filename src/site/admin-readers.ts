import { dayOf, formatDay } from '../i18n/dates.ts'
import { titleOf } from '../posts/title.ts'
import { listTitled } from '../posts/waiting-queries.ts'
import { chartOf, fillDays } from '../traffic/chart.ts'
import { countSubscribers, listMost, listViews } from '../traffic/queries.ts'
import { dayName } from '../traffic/traffic.ts'
import type { Readers } from '../views/overview-model.ts'
import type { Context } from '../web/context.ts'

const DAY = 24 * 60 * 60 * 1000
const SHOWN = 30
const WEEK = 7
const MOST = 8
/** `/ru/2025/02/slug/`, and `/ru/slug/` of a page. */
const TEXT = /^\/([^/]+)\/(?:\d{4}\/\d{2}\/)?([^/]+)\/$/

/** Who reads the blog, in numbers that the server has counted by itself. */
export async function readersOf(ctx: Context): Promise<Readers> {
	const { db, clock, config } = ctx.blog
	const { t, locale } = ctx.state
	const ago = (days: number) => dayOf(clock() - days * DAY, config.timezone)
	const days = fillDays(await listViews(db, dayName(ago(SHOWN - 1))), ago(0), SHOWN)
	const format = new Intl.NumberFormat(locale)
	const sum = (length: number) => days.slice(-length).reduce((total, { count }) => total + count, 0)
	const number = (count: number, key: string) => ({ count: format.format(count), text: t(key, { count }) })
	const chart = chartOf(days, { label: (day) => formatDay(day, locale), number: (count) => format.format(count) })
	const referrers = await listMost(db, 'referrer', dayName(ago(WEEK - 1)), MOST)
	return {
		summary: t('traffic.summary', { count: sum(SHOWN), first: chart.first, last: chart.last }),
		numbers: [
			number(sum(1), 'traffic.today'),
			number(sum(WEEK), 'traffic.week'),
			number(sum(SHOWN), 'traffic.month'),
			// A day that is not over has seen few of the feeds' readers.
			number(
				Math.max(await countSubscribers(db, dayName(ago(1))), await countSubscribers(db, dayName(ago(0)))),
				'traffic.subscribers',
			),
		],
		chart,
		popular: await popularOf(ctx, dayName(ago(WEEK - 1))),
		referrers: referrers.map(({ name, count }) => ({ host: name, count: format.format(count) })),
	}
}

/** The posts and pages that were read most since a day. */
async function popularOf({ blog, state: { locale } }: Context, since: string): Promise<Readers['popular']> {
	const most = await listMost(blog.db, 'path', since, 5 * MOST)
	const texts = most.flatMap(({ name, count }) => {
		const [, lang, slug] = TEXT.exec(name) ?? []
		return lang && slug ? [{ href: encodeURI(name), locale: lang, slug, count }] : []
	})
	const titled = await listTitled(blog.db, texts)
	const format = new Intl.NumberFormat(locale)
	return texts
		.flatMap(({ href, locale, slug, count }) => {
			const found = titled.find((row) => row.locale === locale && row.slug === slug)
			if (!found) return []
			return [{ href, text: titleOf(found, blog.config.timezone), lang: locale, count: format.format(count) }]
		})
		.slice(0, MOST)
}
