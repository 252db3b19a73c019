import { ErrorLevel, SitemapIndexStream, type SitemapItemLoose, SitemapStream, streamToPromise } from 'sitemap'
import type { Time } from '../db/schema.ts'
import type { Alternate } from '../views/model.ts'
import { entityTag } from '../web/conditional.ts'

/** A page of the sitemap; addresses are absolute. */
export interface SitemapPage {
	url: string
	/** From `alternates()`. */
	alternates: Alternate[]
	modified?: Time
}

/** What sitemaps.org allows in one file. */
const LIMITS = { urls: 50_000, bytes: 50 * 1024 * 1024 }
/** Tags and dates around the addresses of a page, and around each alternate; rounded up. */
const AROUND = 200

/** A file as it is sent. */
export interface SitemapFile {
	xml: string
	etag: string
	modified?: Time
}

/** `/sitemap.xml`, and its parts when it is their index. */
export interface SitemapFiles {
	whole: SitemapFile
	parts: SitemapFile[]
}

/** A sitemap in one file, or as `/sitemap-1.xml` … and their index. */
export async function writeSitemapFiles(pages: SitemapPage[], siteUrl: string, limits = LIMITS): Promise<SitemapFiles> {
	const parts: SitemapFile[] = []
	for (const part of sitemapParts(pages, limits)) parts.push(file(await writeSitemap(part), part))
	if (parts.length === 1) return { whole: parts[0]!, parts: [] }
	const listed = parts.map(({ modified }, index) => ({ url: `${siteUrl}/sitemap-${index + 1}.xml`, modified }))
	return { whole: file(await writeSitemapIndex(listed), parts), parts }
}

function file(xml: string, of: { modified?: Time }[]): SitemapFile {
	const modified = of.reduce((newest, page) => Math.max(newest, page.modified ?? 0), 0)
	return { xml, etag: entityTag(xml), modified: modified || undefined }
}

/** The pages in parts that each fit one file. */
export function sitemapParts(pages: SitemapPage[], limits = LIMITS): SitemapPage[][] {
	const parts: SitemapPage[][] = [[]]
	let bytes = 0
	for (const page of pages) {
		const size = sizeOf(page)
		if (parts.at(-1)!.length === limits.urls || bytes + size > limits.bytes) {
			parts.push([])
			bytes = 0
		}
		parts.at(-1)!.push(page)
		bytes += size
	}
	return parts
}

function sizeOf({ url, alternates }: SitemapPage): number {
	return [url, ...alternates.map(({ href }) => href)].reduce((sum, address) => sum + address.length + AROUND, 0)
}

/** A sitemap with the languages of each page (sitemaps.org 0.9, xhtml:link). */
export function writeSitemap(pages: SitemapPage[]): Promise<string> {
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
export function writeSitemapIndex(parts: { url: string; modified?: Time }[]): Promise<string> {
	const items = parts.map(({ url, modified }) => ({
		url,
		lastmod: modified === undefined ? undefined : new Date(modified).toISOString(),
	}))
	return collect(new SitemapIndexStream({ level: ErrorLevel.SILENT }), items)
}

async function collect(stream: SitemapStream | SitemapIndexStream, items: object[]): Promise<string> {
	const text = streamToPromise(stream)
	for (const item of items) stream.write(item)
	stream.end()
	return (await text).toString()
}
