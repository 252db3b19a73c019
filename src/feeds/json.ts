import { Feed } from 'feed'
import { fitForXml } from '../web/xml.ts'
import type { FeedData, FeedEntry } from './data.ts'

/** JSON Feed 1.1 (jsonfeed.org/version/1.1). */
export function writeJson(data: FeedData): string {
	const { version: _, author: __, items, ...rest } = JSON.parse(skeleton(data).json1())
	return JSON.stringify({
		version: 'https://jsonfeed.org/version/1.1',
		...rest,
		language: data.locale,
		authors: [{ name: fitForXml(data.author) }],
		...(data.hubs.length > 0 && { hubs: data.hubs.map((url) => ({ type: 'WebSub', url })) }),
		items: items.map((item: object, index: number) => extendItem(item, data.entries[index]!)),
	})
}

function skeleton(data: FeedData): Feed {
	const feed = new Feed({
		title: fitForXml(data.title),
		description: fitForXml(data.description),
		link: data.url,
		feedLinks: { json: data.self },
	})
	for (const entry of data.entries) {
		feed.addItem({
			id: fitForXml(entry.guid),
			title: fitForXml(entry.title),
			link: entry.url,
			date: new Date(entry.modified),
			published: new Date(entry.published),
		})
	}
	return feed
}

function extendItem(item: object, { html, summary, tags, ...entry }: FeedEntry): object {
	return {
		...item,
		...(html === undefined ? { content_text: fitForXml(summary) } : { content_html: fitForXml(html) }),
		...(summary && { summary: fitForXml(summary) }),
		language: entry.locale,
		...(entry.author && { authors: [{ name: fitForXml(entry.author.name), url: entry.author.url }] }),
		...(tags.length > 0 && { tags: tags.map(fitForXml) }),
		...(entry.enclosures.length > 0 && { attachments: entry.enclosures.map(attachment) }),
	}
}

function attachment({ url, mime, bytes }: FeedEntry['enclosures'][number]): object {
	return { url, mime_type: mime, ...(bytes > 0 && { size_in_bytes: bytes }) }
}
