import { notFound } from '../errors.ts'
import { lastingPosts } from '../posts/lasting.ts'
import { nextAppearance } from '../posts/queries.ts'
import { respond } from '../web/conditional.ts'
import type { Context } from '../web/context.ts'
import { lasts } from '../web/page-cache/keep.ts'
import { queryOf } from '../web/query.ts'
import { writeOpenSearch } from './opensearch.ts'
import { sitePages } from './site-pages.ts'
import { type SitemapFile, type SitemapFiles, writeSitemapFiles } from './sitemap.ts'

/** The sitemap, or the index of its parts when it is too large for one file. */
export async function sitemap(ctx: Context): Promise<void> {
	lasts(ctx, await lastingPosts(ctx))
	sendXml(ctx, (await sitemapFiles(ctx)).whole)
}

/** A part of a sitemap that is in parts: `/sitemap-N.xml`, from 1. */
export async function sitemapPart(ctx: Context): Promise<void> {
	const part = (await sitemapFiles(ctx)).parts[Number(ctx.params.number) - 1]
	if (!part) throw notFound()
	sendXml(ctx, part)
}

/** Made anew when a post, a term or an author changed, or a scheduled post's time has come. */
function sitemapFiles({ blog, state }: Context): Promise<SitemapFiles> {
	const scopes = blog.config.languages.map((code) => `posts:${code}`)
	const now = blog.clock()
	return blog.memory.keep('sitemap', { scopes, versions: state.versions, now }, async () => ({
		until: await nextAppearance(blog.db, now),
		value: await writeSitemapFiles(await sitePages(blog), blog.config.siteUrl),
	}))
}

function sendXml(ctx: Context, { xml, etag, modified }: SitemapFile): void {
	respond(ctx, 'application/xml; charset=utf-8', xml, { etag, lastModified: modified }, ctx.blog.clock())
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
