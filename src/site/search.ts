import { notFound } from '../errors.ts'
import { formatMoment } from '../i18n/dates.ts'
import { languageNameIn } from '../i18n/languages.ts'
import { permalink } from '../posts/permalink.ts'
import { listFound } from '../posts/queries.ts'
import { titleOf } from '../posts/title.ts'
import { askedQuery, searchPath } from '../search/asked.ts'
import { highlightExcerpt, highlightTitle } from '../search/highlight.ts'
import { countMatchesIn, searchTranslations } from '../search/queries.ts'
import type { Link, SearchPage } from '../views/model.ts'
import { lastPage, pagesOf } from '../views/paging.ts'
import type { Context } from '../web/context.ts'
import { queryOf } from '../web/query.ts'
import { secondsToWait } from '../web/rate/rate.ts'
import { feedLinks } from './listing.ts'
import { overviewOf } from './overview.ts'
import { answerPage, renderPage } from './render.ts'
import { shellOf } from './shell.ts'
import { sidebarOf } from './sidebar.ts'

const PAGE_SIZE = 10
const LAST_PAGE = 100

/** Search: `?q=` in the page's language, `?page=` by number. */
export async function search(ctx: Context): Promise<void> {
	const { t, locale } = ctx.state
	const query = askedQuery(queryOf(ctx))
	const wait = query ? await secondsToWait(ctx.blog, 'search', ctx.ip) : 0
	if (wait > 0) return refuse(ctx, query, wait)
	const number = Math.min(LAST_PAGE, Math.max(1, Number.parseInt(queryOf(ctx).get('page') ?? '1', 10) || 1))
	const now = ctx.blog.clock()
	const paging = { offset: (number - 1) * PAGE_SIZE, limit: PAGE_SIZE }
	const { ids, total } = await searchTranslations(ctx.blog.db, { query, locale, now, ...paging })
	const last = Math.min(LAST_PAGE, lastPage(total, PAGE_SIZE))
	if (number > last) throw notFound()
	const overview = await overviewOf(ctx)
	const model: SearchPage = {
		...shellOf(ctx, overview, {
			kind: 'search',
			title: query ? t('search.heading', { query }) : t('search.title'),
			siblings: ctx.blog.config.languages.map((locale) => ({ locale, path: searchPath(locale, query) })),
			isFurther: true,
			robots: 'noindex',
			feeds: query
				? feedLinks(
						{
							kind: 'search',
							path: `/${locale}/search/`,
							search: `?${new URLSearchParams({ q: query })}`,
							heading: t('search.heading', { query }),
						},
						ctx,
					)
				: [],
			query,
			sidebar: await sidebarOf(ctx, overview),
		}),
		heading: query ? t('search.heading', { query }) : t('search.title'),
		summary: summaryOf(query, total, ctx),
		results: await resultsOf(ctx, ids, query),
		pages: pagesOf(number, last, (page) => searchPath(locale, query, page), t),
		elsewhere: query ? await elsewhere(ctx, query) : [],
	}
	renderPage(ctx, 'search', model)
}

/** Asked too often: the words stay in their field. */
async function refuse(ctx: Context, query: string, wait: number): Promise<void> {
	const { t } = ctx.state
	const overview = await overviewOf(ctx)
	const shell = shellOf(ctx, overview, {
		kind: 'search',
		title: t('search.title'),
		siblings: [],
		robots: 'noindex',
		query,
		sidebar: await sidebarOf(ctx, overview),
	})
	ctx.set('Retry-After', String(wait))
	const summary = t('admin.tooOften')
	answerPage(ctx, 429, 'search', {
		...shell,
		heading: t('search.title'),
		summary,
		results: [],
		pages: undefined,
		elsewhere: [],
	})
}

function summaryOf(query: string, total: number, { state: { t } }: Context): string {
	if (!query) return t('search.ask')
	return total === 0 ? t('search.nothing') : t('search.found', { count: total })
}

async function resultsOf(ctx: Context, ids: number[], query: string): Promise<SearchPage['results']> {
	const { locale } = ctx.state
	const rows = await listFound(ctx.blog.db, ids)
	return rows.map((row) => ({
		href: permalink(row),
		title: highlightTitle(titleOf(row, ctx.blog.config.timezone), query, locale),
		excerpt: highlightExcerpt(row.text, query, locale),
		published: formatMoment(row.published_at!, locale, ctx.blog.config.timezone),
		kind: row.kind,
	}))
}

/** Links to what was found in the other languages. */
async function elsewhere(ctx: Context, query: string): Promise<Link[]> {
	const others = ctx.blog.config.languages.filter((code) => code !== ctx.state.locale)
	const counts = await Promise.all(
		others.map((locale) => countMatchesIn(ctx.blog.db, { query, locale, now: ctx.blog.clock() })),
	)
	return others.flatMap((code, index) => {
		const count = counts[index]!
		if (count === 0) return []
		const language = languageNameIn(code, ctx.state.locale)
		return [{ href: searchPath(code, query), text: ctx.state.t('search.elsewhere', { count, language }) }]
	})
}
