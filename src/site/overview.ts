import type { Month } from '../archive/months.ts'
import { monthPath } from '../archive/paths.ts'
import { listMonths } from '../archive/queries.ts'
import { threadPath } from '../comments/paths.ts'
import { listRecentResponses } from '../comments/queries.ts'
import { formatMonth } from '../i18n/dates.ts'
import { listCards } from '../posts/listing-queries.ts'
import { permalink } from '../posts/permalink.ts'
import { listPages, nextAppearance } from '../posts/queries.ts'
import { titleOf } from '../posts/title.ts'
import { listTermsWithCounts } from '../terms/queries.ts'
import type { Sidebar } from '../views/model.ts'
import type { Context } from '../web/context.ts'
import { categoriesOf, tagsOf } from './term-lists.ts'

const RECENT = 5

/** What pages of a language show beside the posts. */
export type Overview = Awaited<ReturnType<typeof overviewOf>>

/**
 * The overview of the page's language; responses come more often than posts, and cost those nothing. A scheduled post
 * or page changes both when its time comes.
 */
export async function overviewOf(ctx: Context) {
	const { locale, versions } = ctx.state
	const { memory, clock } = ctx.blog
	const now = clock()
	const posts = { scopes: [`posts:${locale}`], versions, now }
	// Settings tell on which page of its conversation a response stands.
	const responses = { scopes: [`listing:${locale}`, 'settings'], versions, now }
	return {
		...(await memory.keep(`overview:${locale}`, posts, () => loadPosts(ctx, now))),
		recentResponses: await memory.keep(`responses:${locale}`, responses, () => loadResponses(ctx, now)),
	}
}

async function loadPosts({ blog: { db, config }, state: { locale } }: Context, now: number) {
	const months = await listMonths(db, { locale, now }, config.timezone)
	const recent = await listCards(db, { locale, now }, { limit: RECENT })
	const terms = (await listTermsWithCounts(db, locale, now)).filter((term) => term.count > 0)
	const value = {
		months,
		pages: await listPages(db, locale, now),
		recentPosts: recent.map((post) => ({ href: permalink(post), text: titleOf(post, config.timezone) })),
		categories: categoriesOf(terms, locale),
		tags: tagsOf(terms, locale),
		monthLinks: monthLinks(months, locale),
	}
	return { value, until: await nextAppearance(db, now, [locale]) }
}

function monthLinks(months: Month[], locale: string): Sidebar['months'] {
	return months.toReversed().map((month) => ({
		href: monthPath(locale, month),
		text: formatMonth(month, locale),
		count: month.count,
	}))
}

async function loadResponses({ blog: { db, config }, state: { locale, settings, t } }: Context, now: number) {
	const recent = await listRecentResponses(db, { locale, now, comments: settings.comments }, RECENT)
	const value = recent.map((response): Sidebar['recentResponses'][number] => ({
		name: response.name || t('responses.anonymous'),
		href: threadPath(permalink(response), response.page, undefined, `comment-${response.id}`),
		post: titleOf(response, config.timezone),
		lang: response.lang === locale ? undefined : response.lang,
	}))
	return { value, until: await nextAppearance(db, now, [locale]) }
}
