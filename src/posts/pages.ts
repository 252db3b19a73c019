import type { Context } from '../web/context.ts'
import type { ListingSource } from './listing.ts'
import { localesOf } from './listing-queries.ts'

/** Every post of a language: the home page. */
export async function allPosts({ blog, state }: Context): Promise<ListingSource> {
	const now = blog.clock()
	return {
		kind: 'home',
		heading: state.t('listing.posts'),
		path: `/${state.locale}/`,
		filter: { locale: state.locale, now },
		siblings: async () => {
			const locales = await localesOf(blog.db, { now }, blog.config.languages)
			return locales.map((locale) => ({ locale, path: `/${locale}/` }))
		},
	}
}
