import { ErrorLevel, SitemapIndexStream, type SitemapItemLoose, SitemapStream, streamToPromise } from 'sitemap'
import type { Time } from '../db/schema.ts'
import type { Alternate } from '../views/model.ts'

/** A page of the sitemap; addresses are absolute. */
export interface SitemapPage {
	url: string
	/** From `alternates()`. */
	alternates: Alternate[]
	modified?: Time
}

/** A sitemap with the languages of each page (sitemaps.org 0.9, xhtml:link). */
export async function writeSitemap(pages: SitemapPage[]): Promise<string> {
	// The library takes a part without pages for a fault.
	if (pages.length === 0) return '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>'
	const items = pages.map(
		({ url, alternates, modified }): SitemapItemLoose => ({
			url,
			links: alternates.map(({ hreflang, href }) => ({ lang: hreflang, url: href })),
			lastmod: modified === undefined ? undefined : new Date(modified).toISOString(),
		}),
	)
	const xmlns = { news: false, image: false, video: false, xhtml: true }
	return collect(new SitemapStream({ xmlns, level: ErrorLevel.SILENT }), items)
}

/** The index of a sitemap in parts. */
export function writeSitemapIndex(urls: string[]): Promise<string> {
	const items = urls.map((url) => ({ url }))
	return collect(new SitemapIndexStream({ level: ErrorLevel.SILENT }), items)
}

async function collect(stream: SitemapStream | SitemapIndexStream, items: object[]): Promise<string> {
	const text = streamToPromise(stream)
	for (const item of items) stream.write(item)
	stream.end()
	return (await text).toString()
}
