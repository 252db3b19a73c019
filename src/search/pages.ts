import type { ListingSource } from '../posts/listing.ts'
import type { Context } from '../web/context.ts'
import { askedQuery } from './asked.ts'
import { searchTranslations } from './queries.ts'

const MOST = 100

/** The posts that a search finds, as a listing for its feeds: the newest of the best matches. */
export async function foundPosts({ blog, state: { locale, t }, URL: url }: Context): Promise<ListingSource> {
	const now = blog.clock()
	const query = askedQuery(url.searchParams)
	const { ids } = await searchTranslations(blog.db, { query, locale, now, offset: 0, limit: MOST })
	return {
		kind: 'search',
		heading: query ? t('search.heading', { query }) : t('search.title'),
		path: `/${locale}/search/`,
		search: query ? `?${new URLSearchParams({ q: query })}` : '',
		filter: { locale, now, translations: ids },
		siblings: async () => [],
	}
}
