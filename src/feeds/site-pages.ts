import { authorPath } from '../authors/paths.ts'
import { alternates, type Sibling, siblingPages } from '../posts/alternates.ts'
import { localesOf } from '../posts/listing-queries.ts'
import { termPath } from '../terms/paths.ts'
import { listTermsWithCounts } from '../terms/queries.ts'
import type { Blog } from '../web/context.ts'
import { listReadable, listWriters } from './queries.ts'
import type { SitemapPage } from './sitemap.ts'

/** Homes, and terms and authors with entries. */
export async function listPages(blog: Blog): Promise<SitemapPage[]> {
	return [...(await homes(blog)), ...(await terms(blog)), ...(await writers(blog))]
}

/** The posts and pages with numbers `from`–`to` that anybody may read. */
export async function postPages(blog: Blog, numbers: { from: number; to: number }): Promise<SitemapPage[]> {
	const rows = await listReadable(blog.db, blog.clock(), numbers)
	return groups(rows, (row) => row.post_id).flatMap((translations) => {
		const times = new Map(translations.map((row) => [row.locale, Math.max(row.modified_at, row.published_at!)]))
		return pagesOf(blog, siblingPages(translations, blog.config.languages), times)
	})
}

/** The pages of one thing in its languages, each with all of them as alternates. */
function pagesOf({ config }: Blog, siblings: Sibling[], modified?: Map<string, number>): SitemapPage[] {
	const links = alternates(siblings, config.languages, config.siteUrl)
	return siblings.map(({ locale, path }) => ({
		url: config.siteUrl + path,
		alternates: links,
		modified: modified?.get(locale),
	}))
}

async function homes(blog: Blog): Promise<SitemapPage[]> {
	const { languages } = blog.config
	const used = await localesOf(blog.db, { now: blog.clock() }, languages)
	const locales = used.length > 0 ? used : [languages[0]!]
	return pagesOf(
		blog,
		locales.map((locale) => ({ locale, path: `/${locale}/` })),
	)
}

async function terms(blog: Blog): Promise<SitemapPage[]> {
	const { languages } = blog.config
	const lists = await Promise.all(
		languages.map(async (locale) => {
			const all = await listTermsWithCounts(blog.db, locale, blog.clock())
			const used = all.filter(({ count }) => count > 0)
			return used.map((term) => ({ id: term.id, locale, path: termPath(locale, term) }))
		}),
	)
	return groups(lists.flat(), (term) => term.id).flatMap((siblings) => pagesOf(blog, siblings))
}

async function writers(blog: Blog): Promise<SitemapPage[]> {
	const { languages } = blog.config
	const rows = (await listWriters(blog.db, blog.clock()))
		.filter(({ locale }) => languages.includes(locale))
		.sort((a, b) => languages.indexOf(a.locale) - languages.indexOf(b.locale))
		.map(({ id, slug, locale }) => ({ id, locale, path: authorPath(locale, slug) }))
	return groups(rows, (author) => author.id).flatMap((siblings) => pagesOf(blog, siblings))
}

function groups<T>(rows: T[], key: (row: T) => number): T[][] {
	return [...Map.groupBy(rows, key).values()]
}
