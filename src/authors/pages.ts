import { MissingTranslation, notFound } from '../errors.ts'
import { escapeHtml } from '../markdown/escape.ts'
import type { ListingSource } from '../posts/listing.ts'
import { localesOf } from '../posts/listing-queries.ts'
import type { Context } from '../web/context.ts'
import { authorPath } from './paths.ts'
import { findAuthorNames } from './queries.ts'

/** The posts of an author. */
export async function authorPosts({ blog, state: { locale, t }, params }: Context): Promise<ListingSource> {
	const names = await findAuthorNames(blog.db, params.slug!)
	const own = names.find((name) => name.locale === locale)
	if (names.length === 0) throw notFound()
	if (!own)
		throw new MissingTranslation(
			names.map((name) => ({ ...name, path: authorPath(name.locale, name.slug), title: name.name })),
		)
	const now = blog.clock()
	return {
		kind: 'author',
		heading: t('listing.author', { name: own.name }),
		intro: own.bio && `<p>${escapeHtml(own.bio)}</p>`,
		path: authorPath(locale, own.slug),
		filter: { locale, now, author: own.id },
		siblings: async () => {
			const locales = await localesOf(blog.db, { now, author: own.id }, blog.config.languages)
			return names
				.filter((name) => locales.includes(name.locale))
				.map(({ locale, slug }) => ({ locale, path: authorPath(locale, slug) }))
		},
	}
}
