import { notFound } from '../errors.ts'
import { lastingListing, untilPostsChange, untilResponsesChange } from '../posts/lasting.ts'
import type { FindListing, ListingSource } from '../posts/listing.ts'
import { type Card, countListed, listCards, listSticky } from '../posts/listing-queries.ts'
import type { FeedLink, ListingPage, PostCard } from '../views/model.ts'
import { lastPage, pagesOf } from '../views/paging.ts'
import type { Context, Handler } from '../web/context.ts'
import { redirect } from '../web/redirect.ts'
import { postCards } from './cards.ts'
import { emptyArchivePage } from './errors.ts'
import { overviewOf } from './overview.ts'
import { renderPage } from './render.ts'
import { shellOf } from './shell.ts'
import { sidebarOf } from './sidebar.ts'

const PAGE_SIZE = 10

interface Shown {
	number: number
	total: number
	posts: PostCard[]
}

/** Answers with a page of a listing; the parameter `page` is its number. */
export function listingPage(find: FindListing): Handler {
	return async (ctx) => {
		const source = await find(ctx)
		const { page } = ctx.params
		const number = Number(page ?? 1)
		if (page === '1' || (page && page !== String(number))) return redirect(ctx, pagePath(source.path, number))
		const total = await untilPostsChange(ctx, `total:${source.path}`, () => countListed(ctx.blog.db, source.filter))
		if (number < 1 || number > lastPage(total, PAGE_SIZE)) throw notFound()
		if (total === 0 && source.kind === 'archive') return emptyArchivePage(ctx, source.month!)
		const posts = await untilResponsesChange(
			ctx,
			`cards:${pagePath(source.path, number)}`,
			async () => postCards(ctx, await rowsOf(ctx, source, (number - 1) * PAGE_SIZE)),
			(cards) => cards.reduce((sum, { excerpt }) => sum + 4 * excerpt.length + 5_000, 0),
		)
		const model = await listingModel(ctx, source, { number, total, posts })
		renderPage(ctx, 'listing', model, await lastingListing(ctx))
	}
}

/** Sticky posts come first on the home page and not again among the others. */
async function rowsOf(ctx: Context, { kind, filter }: ListingSource, offset: number): Promise<Card[]> {
	const { db } = ctx.blog
	if (kind !== 'home') return listCards(db, filter, { limit: PAGE_SIZE, offset })
	const sticky = await untilPostsChange(ctx, `sticky:${filter.locale}`, () => listSticky(db, filter))
	const first = sticky.slice(offset, offset + PAGE_SIZE)
	const pinned = first.length ? await listCards(db, { ...filter, only: first }, { limit: PAGE_SIZE }) : []
	const limit = PAGE_SIZE - pinned.length
	if (limit === 0) return pinned
	const rest = { limit, offset: Math.max(0, offset - sticky.length) }
	return [...pinned, ...(await listCards(db, { ...filter, except: sticky }, rest))]
}

async function listingModel(
	ctx: Context,
	source: ListingSource,
	{ number, total, posts }: Shown,
): Promise<ListingPage> {
	const { t } = ctx.state
	const overview = await overviewOf(ctx)
	const path = pagePath(source.path, number)
	const pages = pagesOf(number, lastPage(total, PAGE_SIZE), (page) => pagePath(source.path, page), t)
	const heading = number === 1 ? source.heading : `${source.heading} — ${t('listing.page', { number: String(number) })}`
	const shell = shellOf(ctx, overview, {
		kind: source.kind,
		title: source.kind === 'home' && number === 1 ? undefined : heading,
		path,
		siblings: await untilPostsChange(ctx, `siblings:${source.path}`, source.siblings),
		isFurther: number > 1,
		robots: total === 0 ? 'noindex' : undefined,
		feeds: feedLinks(source, ctx),
		previousPage: pages?.newer,
		nextPage: pages?.older,
		sidebar: await sidebarOf(ctx, overview, source.month),
		facts: { kind: source.kind === 'home' && number === 1 ? 'home' : 'listing' },
	})
	return {
		...shell,
		heading,
		intro: number === 1 ? source.intro : undefined,
		posts,
		pages,
		empty: total === 0 ? t('listing.empty') : undefined,
		trail: source.trail ?? [],
	}
}

function pagePath(path: string, number: number): string {
	return number === 1 ? path : `${path}page/${number}/`
}

/** The feeds of a listing, as `<link rel="alternate">`. */
export function feedLinks(
	{ path, search = '', heading, kind }: Pick<ListingSource, 'path' | 'search' | 'heading' | 'kind'>,
	{ state }: Context,
): FeedLink[] {
	const blog = state.settings.title(state.locale)
	const title = kind === 'home' ? blog : `${heading} — ${blog}`
	return [
		{ type: 'application/rss+xml', title: `${title} (RSS)`, href: `${path}feed/${search}` },
		{ type: 'application/atom+xml', title: `${title} (Atom)`, href: `${path}feed/atom/${search}` },
		{ type: 'application/feed+json', title: `${title} (JSON Feed)`, href: `${path}feed/json/${search}` },
	]
}
