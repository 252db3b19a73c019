import { monthsOf } from '../archive/months.ts'
import { threadPath } from '../comments/paths.ts'
import { listRecentResponses } from '../comments/queries.ts'
import { permalink } from '../posts/permalink.ts'
import { listCards, listPages, listTimes, nextAppearance } from '../posts/queries.ts'
import { titleOf } from '../posts/title.ts'
import { listTermsWithCounts } from '../terms/queries.ts'
import type { Context } from '../web/context.ts'

const RECENT = 5

/** What listings of a language show beside the posts; kept until a post, a term, a response or a setting changes. */
export type Overview = Awaited<ReturnType<typeof loadOverview>>['value']

/** The overview of the page's language. */
export function overviewOf(ctx: Context): Promise<Overview> {
	const { locale, versions } = ctx.state
	const now = ctx.blog.clock()
	// Settings tell on which page of its conversation a response stands.
	const present = { scopes: [`listing:${locale}`, 'settings'], versions, now }
	return ctx.blog.memory.keep(`overview:${locale}`, present, () => loadOverview(ctx, now))
}

async function loadOverview({ blog: { db, config }, state: { locale, settings } }: Context, now: number) {
	const { comments } = settings
	const value = {
		months: monthsOf(await listTimes(db, locale, now), config.timezone),
		posts: await listCards(db, { locale, now }, { limit: RECENT }),
		responses: (await listRecentResponses(db, { locale, now, comments }, RECENT)).map((response) => ({
			name: response.name,
			lang: response.lang,
			title: titleOf(response, config.timezone),
			path: threadPath(permalink(response), response.page, undefined, `comment-${response.id}`),
		})),
		terms: (await listTermsWithCounts(db, locale, now)).filter((term) => term.count > 0),
		pages: await listPages(db, locale, now),
	}
	// A scheduled post or page changes all of it when its time comes.
	return { value, until: (await nextAppearance(db, now, locale)) ?? Number.POSITIVE_INFINITY }
}
