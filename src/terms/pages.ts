import type { TermKind } from '../db/schema.ts'
import { notFound } from '../errors.ts'
import { escapeHtml } from '../markdown/escape.ts'
import type { FindListing } from '../posts/listing.ts'
import { localesOf } from '../posts/queries.ts'
import { termPath } from './paths.ts'
import { findTermNames, listParents } from './queries.ts'
import { withDescendants } from './tree.ts'

/** The posts under a category, those of the categories below it included. */
export const categoryPosts = termPosts('category')
/** The posts with a tag. */
export const tagPosts = termPosts('tag')

function termPosts(kind: TermKind): FindListing {
	return async ({ blog, state: { locale, t }, params }) => {
		const names = await findTermNames(blog.db, kind, params.slug!, locale)
		const own = names.find((name) => name.locale === locale)
		if (!own) throw notFound()
		const parents = kind === 'category' ? await listParents(blog.db, kind) : []
		const terms = withDescendants(parents, own.term_id)
		const now = blog.clock()
		return {
			kind: 'term',
			heading: t(`listing.${kind}`, { name: own.name }),
			intro: own.description && `<p>${escapeHtml(own.description)}</p>`,
			path: termPath(locale, { kind, slug: own.slug }),
			filter: { locale, now, terms },
			siblings: async () => {
				const locales = await localesOf(blog.db, { now, terms })
				return names
					.filter((name) => locales.includes(name.locale))
					.map(({ locale, slug }) => ({ locale, path: termPath(locale, { kind, slug }) }))
			},
		}
	}
}
