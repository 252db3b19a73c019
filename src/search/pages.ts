import type { ListingSource } from '../posts/listing.ts'
import type { Context } from '../web/context.ts'
import { queryOf } from '../web/query.ts'
import { askedQuery } from './asked.ts'
import { searchTranslations } from './queries.ts'

const MOST = 100

/** The posts that a search finds, as a listing for its feeds: the newest of the best matches. */
export async function foundPosts(ctx: Context): Promise<ListingSource> {
	const { blog, state } = ctx
	const { locale, t } = state
	const now = blog.clock()
	const query = askedQuery(queryOf(ctx))
	const { ids } = await searchTranslations(blog.db, { query, locale, now, offset: 0, limit: MOST })
	return {
		kind: 'search',
		heading: query ? t('search.heading', { query }) : t('search.title'),
		path: `/${locale}/search/`,
		search: query ? `?${new URLSearchParams({ q: query })}` : '',
		filter: { locale, now, only: ids },
		siblings: async () => [],
	}
}
