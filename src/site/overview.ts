import { monthsOf } from '../archive/months.ts'
import { threadPath } from '../comments/paths.ts'
import { listRecentResponses } from '../comments/queries.ts'
import { permalink } from '../posts/permalink.ts'
import { listCards, listPages, listTimes, nextAppearance } from '../posts/queries.ts'
import { titleOf } from '../posts/title.ts'
import { listTermsWithCounts } from '../terms/queries.ts'
import type { Context } from '../web/context.ts'

const RECENT = 5

/** What listings of a language show beside the posts. */
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
		responses: await memory.keep(`responses:${locale}`, responses, () => loadResponses(ctx, now)),
	}
}

async function loadPosts({ blog: { db, config }, state: { locale } }: Context, now: number) {
	const value = {
		months: monthsOf(await listTimes(db, locale, now), config.timezone),
		posts: await listCards(db, { locale, now }, { limit: RECENT }),
		terms: (await listTermsWithCounts(db, locale, now)).filter((term) => term.count > 0),
		pages: await listPages(db, locale, now),
	}
	return { value, until: await nextAppearance(db, now, locale) }
}

async function loadResponses({ blog: { db, config }, state: { locale, settings } }: Context, now: number) {
	const recent = await listRecentResponses(db, { locale, now, comments: settings.comments }, RECENT)
	const value = recent.map((response) => ({
		name: response.name,
		lang: response.lang,
		title: titleOf(response, config.timezone),
		path: threadPath(permalink(response), response.page, undefined, `comment-${response.id}`),
	}))
	return { value, until: await nextAppearance(db, now, locale) }
}
