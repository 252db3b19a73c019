import { calendarOf } from '../archive/calendar.ts'
import { monthPath } from '../archive/paths.ts'
import { dayOf, formatMonth } from '../i18n/dates.ts'
import { permalink } from '../posts/permalink.ts'
import { titleOf } from '../posts/title.ts'
import type { Widget } from '../settings/settings.ts'
import { termPath } from '../terms/paths.ts'
import { type TermNode, treeOf } from '../terms/tree.ts'
import type { CategoryNode, Sidebar } from '../views/model.ts'
import type { Context } from '../web/context.ts'
import type { Overview } from './overview.ts'

const TAGS = 40

/** The widgets beside a listing; the calendar shows `month`, a year's last one with posts, or that of today. */
export function sidebarOf(ctx: Context, overview: Overview, month?: { year: number; month?: number }): Sidebar {
	const { locale, t } = ctx.state
	const { timezone } = ctx.blog.config
	const today = dayOf(ctx.blog.clock(), timezone)
	const year = month?.year ?? today.year
	const number = month ? (month.month ?? lastMonth(overview, year)) : today.month
	const { widgets } = ctx.state.settings
	const shown = <T>(widget: Widget, make: () => T[]) => (widgets.includes(widget) ? make() : [])
	return {
		order: widgets,
		calendar: widgets.includes('calendar')
			? calendarOf({ locale, t, year, month: number, today, months: overview.months })
			: undefined,
		recentPosts: shown('recentPosts', () =>
			overview.posts.map((post) => ({ href: permalink(post), text: titleOf(post, timezone) })),
		),
		recentResponses: shown('recentResponses', () =>
			overview.responses.map(({ name, lang, title, path }) => ({
				name: name || t('responses.anonymous'),
				href: path,
				post: title,
				lang: lang === locale ? undefined : lang,
			})),
		),
		categories: shown('categories', () => categoriesOf(overview, locale)),
		tags: shown('tags', () => tagsOf(overview, locale)),
		months: shown('months', () =>
			overview.months.toReversed().map((month) => ({
				href: monthPath(locale, month),
				text: formatMonth(month, locale),
				count: month.count,
			})),
		),
	}
}

function lastMonth({ months }: Overview, year: number): number {
	return months.findLast((month) => month.year === year)?.month ?? 12
}

type Term = Overview['terms'][number]

function categoriesOf({ terms }: Overview, locale: string): CategoryNode[] {
	const categories = terms.filter((term) => term.kind === 'category').sort(byName(locale))
	return treeOf(categories).map((node) => categoryNode(node, locale))
}

function categoryNode({ term, children }: TermNode<Term>, locale: string): CategoryNode {
	const below = children.map((child) => categoryNode(child, locale))
	return { href: termPath(locale, term), text: term.name, count: term.count, children: below }
}

function tagsOf({ terms }: Overview, locale: string): Sidebar['tags'] {
	const tags = terms.filter((term) => term.kind === 'tag').sort((a, b) => b.count - a.count)
	const shown = tags.slice(0, TAGS).sort(byName(locale))
	const most = Math.max(1, ...shown.map((tag) => tag.count))
	return shown.map((tag) => ({
		href: termPath(locale, tag),
		text: tag.name,
		count: tag.count,
		weight: 1 + Math.round((4 * Math.log(tag.count)) / Math.max(1, Math.log(most))),
	}))
}

function byName(locale: string) {
	const { compare } = new Intl.Collator(locale, { numeric: true })
	return (a: Term, b: Term) => compare(a.name, b.name)
}
