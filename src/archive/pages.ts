import { notFound } from '../errors.ts'
import { type Day, formatDay, formatMonth, type Range, rangeOf } from '../i18n/dates.ts'
import type { ListingSource } from '../posts/listing.ts'
import { localesOf } from '../posts/listing-queries.ts'
import type { Context } from '../web/context.ts'
import { dayPath, monthPath, yearPath } from './paths.ts'

/** The posts of a year. */
export async function yearPosts(ctx: Context): Promise<ListingSource> {
	const { year } = dateOf(ctx)
	return archive(ctx, {
		heading: ctx.state.t('listing.year', { year: String(year) }),
		range: rangeOf(ctx.blog.config.timezone, year),
		pathIn: (locale) => yearPath(locale, year),
		month: { year },
	})
}

/** The posts of a month. */
export async function monthPosts(ctx: Context): Promise<ListingSource> {
	const { year, month } = dateOf(ctx)
	return archive(ctx, {
		heading: formatMonth({ year, month }, ctx.state.locale),
		range: rangeOf(ctx.blog.config.timezone, year, month),
		pathIn: (locale) => monthPath(locale, { year, month }),
		month: { year, month },
		trail: [yearLink(ctx, year)],
	})
}

/** The posts of a day. */
export async function dayPosts(ctx: Context): Promise<ListingSource> {
	const { locale, t } = ctx.state
	const date = dateOf(ctx)
	return archive(ctx, {
		heading: t('listing.day', { date: formatDay(date, locale) }),
		range: rangeOf(ctx.blog.config.timezone, date.year, date.month, date.day),
		pathIn: (locale) => dayPath(locale, date),
		month: date,
		trail: [yearLink(ctx, date.year), { href: monthPath(locale, date), text: formatMonth(date, locale) }],
	})
}

function dateOf({ params }: Context): Day {
	return { year: Number(params.year), month: Number(params.month ?? 1), day: Number(params.day ?? 1) }
}

function yearLink({ state }: Context, year: number) {
	return { href: yearPath(state.locale, year), text: String(year) }
}

interface Archive {
	heading: string
	range: Range | undefined
	pathIn: (locale: string) => string
	month: { year: number; month?: number }
	trail?: ListingSource['trail']
}

function archive({ blog, state }: Context, { range, pathIn, ...shown }: Archive): ListingSource {
	if (!range) throw notFound()
	const filter = { locale: state.locale, now: blog.clock(), range }
	return {
		kind: 'archive',
		path: pathIn(state.locale),
		filter,
		siblings: async () => {
			const locales = await localesOf(blog.db, { now: filter.now, range }, blog.config.languages)
			return locales.map((locale) => ({ locale, path: pathIn(locale) }))
		},
		...shown,
	}
}
