import type { Db, TermKind } from '../db/schema.ts'
import { MissingTranslation, Moved, notFound } from '../errors.ts'
import { escapeHtml } from '../markdown/escape.ts'
import type { FindListing } from '../posts/listing.ts'
import { localesOf } from '../posts/listing-queries.ts'
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
		if (!own) throw await elsewhere(blog.db, kind, params.slug!, locale)
		const parents = kind === 'category' ? await listParents(blog.db, kind) : []
		const terms = withDescendants(parents, own.term_id)
		const now = blog.clock()
		return {
			kind: 'term',
			// i18n: listing.category listing.tag
			heading: t(`listing.${kind}`, { name: own.name }),
			intro: own.description && `<p>${escapeHtml(own.description)}</p>`,
			path: termPath(locale, { kind, slug: own.slug }),
			filter: { locale, now, terms },
			siblings: async () => {
				const locales = await localesOf(blog.db, { now, terms }, blog.config.languages)
				return names
					.filter((name) => locales.includes(name.locale))
					.map(({ locale, slug }) => ({ locale, path: termPath(locale, { kind, slug }) }))
			},
		}
	}
}

/** The slug is known in other languages only, or is another language's for a term that has its own here. */
async function elsewhere(db: Db, kind: TermKind, slug: string, locale: string): Promise<Error> {
	const names = await findTermNames(db, kind, slug)
	if (names.length === 0) return notFound()
	const own = names.find((name) => name.locale === locale)
	if (own) return new Moved(termPath(locale, { kind, slug: own.slug }))
	return new MissingTranslation(
		names.map(({ locale, slug, name }) => ({ locale, path: termPath(locale, { kind, slug }), title: name })),
	)
}
