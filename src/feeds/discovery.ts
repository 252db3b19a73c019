import { notFound } from '../errors.ts'
import { respond } from '../web/conditional.ts'
import type { Context } from '../web/context.ts'
import { writeOpenSearch } from './opensearch.ts'
import { sitePages } from './site-pages.ts'
import { type SitemapPage, sitemapParts, writeSitemap, writeSitemapIndex } from './sitemap.ts'

const XML = 'application/xml; charset=utf-8'

/** The sitemap, or the index of its parts when it is too large for one file. */
export async function sitemap(ctx: Context): Promise<void> {
	const { config, clock } = ctx.blog
	const parts = sitemapParts(await sitePages(ctx.blog))
	const xml =
		parts.length === 1
			? await writeSitemap(parts[0]!)
			: await writeSitemapIndex(
					parts.map((part, index) => ({ url: `${config.siteUrl}/sitemap-${index + 1}.xml`, modified: newest(part) })),
				)
	respond(ctx, XML, xml, { lastModified: newest(parts.flat()) }, clock())
}

/** A part of a sitemap that is in parts: `/sitemap-N.xml`, from 1. */
export async function sitemapPart(ctx: Context): Promise<void> {
	const parts = sitemapParts(await sitePages(ctx.blog))
	const part = parts[Number(ctx.params.number) - 1]
	if (!part || parts.length === 1) throw notFound()
	respond(ctx, XML, await writeSitemap(part), { lastModified: newest(part) }, ctx.blog.clock())
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
	const asked = ctx.URL.searchParams.get('lang') ?? ''
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

function newest(pages: SitemapPage[]): number | undefined {
	const times = pages.flatMap(({ modified }) => modified ?? [])
	return times.length > 0 ? times.reduce((a, b) => Math.max(a, b)) : undefined
}
