import { notFound } from '../errors.ts'
import { lastingPosts, untilPostsChange } from '../posts/lasting.ts'
import { respond } from '../web/conditional.ts'
import type { Context } from '../web/context.ts'
import { lasts } from '../web/page-cache/keep.ts'
import { queryOf } from '../web/query.ts'
import { writeOpenSearch } from './opensearch.ts'
import { newestPost } from './queries.ts'
import { listPages, postPages } from './site-pages.ts'
import { type SitemapPage, writeSitemap, writeSitemapIndex } from './sitemap.ts'

/** Posts of one file: sitemaps.org allows 50,000 addresses in 50 MB, and nobody is to wait while it is written. */
const POSTS = 1_000

/** The sitemap, or the index of its parts when it is too large for one file. */
export async function sitemap(ctx: Context): Promise<void> {
	const { blog } = ctx
	const last = await lastPart(ctx)
	if (last === 1) return sendPages(ctx, [...(await listPages(blog)), ...(await postPages(blog, partOf(1)))])
	lasts(ctx, await lastingPosts(ctx))
	sendXml(ctx, await writeSitemapIndex(urlsOfParts(blog.config.siteUrl, last)))
}

/** A part of a sitemap that is in parts: `/sitemap-0.xml` has the listings, the others the posts. */
export async function sitemapPart(ctx: Context): Promise<void> {
	const number = Number(ctx.params.number)
	const last = await lastPart(ctx)
	if (last === 1 || number > last) throw notFound()
	await sendPages(ctx, number === 0 ? await listPages(ctx.blog) : await postPages(ctx.blog, partOf(number)))
}

/** By their numbers, so that a new post changes one part alone. */
function partOf(number: number): { from: number; to: number } {
	return { from: (number - 1) * POSTS + 1, to: number * POSTS }
}

function urlsOfParts(siteUrl: string, last: number): string[] {
	return Array.from({ length: last + 1 }, (_, number) => `${siteUrl}/sitemap-${number}.xml`)
}

async function lastPart(ctx: Context): Promise<number> {
	const newest = await untilPostsChange(ctx, 'newest post', () => newestPost(ctx.blog.db))
	return Math.max(1, Math.ceil(newest / POSTS))
}

async function sendPages(ctx: Context, pages: SitemapPage[]): Promise<void> {
	lasts(ctx, await lastingPosts(ctx))
	const modified = pages.reduce((newest, page) => Math.max(newest, page.modified ?? 0), 0)
	sendXml(ctx, await writeSitemap(pages), modified || undefined)
}

function sendXml(ctx: Context, xml: string, lastModified?: number): void {
	respond(ctx, 'application/xml; charset=utf-8', xml, { lastModified }, ctx.blog.clock())
}

/** What robots may read: all but the admin pages and endless lists of the same. */
export function robots(ctx: Context): void {
	const lines = [
		'User-agent: *',
		'Disallow: /admin/',
		...ctx.blog.config.languages.map((locale) => `Disallow: /${locale}/search/`),
		'Disallow: /*?reply=',
		'',
		`Sitemap: ${ctx.blog.config.siteUrl}/sitemap.xml`,
		'',
	]
	respond(ctx, 'text/plain; charset=utf-8', lines.join('\n'), {}, ctx.blog.clock())
}

/** The blog's search for browsers, in the default language or that of `?lang=`. */
export function openSearch(ctx: Context): void {
	const { config, catalog, clock } = ctx.blog
	const asked = queryOf(ctx).get('lang') ?? ''
	const locale = config.languages.includes(asked) ? asked : catalog.fallback
	const { settings } = ctx.state
	const xml = writeOpenSearch({
		locale,
		siteUrl: config.siteUrl,
		title: settings.title(locale),
		description: catalog.translator(locale)('search.label'),
	})
	respond(ctx, 'application/opensearchdescription+xml; charset=utf-8', xml, {}, clock())
}
