import { Feed } from 'feed'
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js'
import type { FeedData, FeedEntry } from './data.ts'
import { add, children, extend, guard, NAMESPACES } from './xml.ts'

const BOUND = ['atom', 'content', 'dc', 'slash', 'wfw'] as const

/** RSS 2.0 with the content, dc, slash, wfw and atom modules. */
export function writeRss(data: FeedData): string {
	return extend(skeleton(data).rss2(), (root) => {
		for (const prefix of BOUND) root.att(`xmlns:${prefix}`, NAMESPACES[prefix])
		const channel = root.first()
		for (const { locale, url } of data.siblings) {
			add(channel, 'atom:link', { rel: 'alternate', type: 'text/html', hreflang: locale, href: url })
		}
		for (const hub of data.hubs) add(channel, 'atom:link', { rel: 'hub', href: hub })
		children(channel, 'item').forEach((item, index) => {
			extendItem(item, data.entries[index]!, data)
			// Readers expect the items last.
			channel.node.appendChild(item.node)
		})
	})
}

function skeleton(data: FeedData): Feed {
	const feed = new Feed({
		title: guard(data.title),
		description: guard(data.description),
		link: data.url,
		feed: data.self,
		language: data.locale,
		updated: new Date(data.updated),
		docs: 'https://www.rssboard.org/rss-specification',
		generator: 'Otklik',
	})
	for (const entry of data.entries) {
		feed.addItem({
			title: guard(entry.title),
			link: entry.url,
			guid: guard(entry.guid),
			date: new Date(entry.published),
			description: guard(entry.summary),
			content: guard(entry.html ?? ''),
			category: entry.tags.map((tag) => ({ name: guard(tag) })),
			enclosure: enclosure(entry),
		})
	}
	return feed
}

/** One: the specification leaves open whether there may be more, and readers disagree. */
function enclosure({ enclosures: [first] }: FeedEntry) {
	return first && { url: first.url, type: guard(first.mime), length: first.bytes }
}

function extendItem(item: XMLBuilder, entry: FeedEntry, data: FeedData): void {
	if (entry.guid === entry.url) children(item, 'guid')[0]!.att('isPermaLink', 'true')
	add(item, 'dc:creator', {}, entry.author?.name ?? data.author)
	if (entry.locale !== data.locale) add(item, 'dc:language', {}, entry.locale)
	for (const { locale, url } of entry.siblings) {
		add(item, 'atom:link', { rel: 'alternate', type: 'text/html', hreflang: locale, href: url })
	}
	if (!entry.replies) return
	add(item, 'comments', {}, entry.replies.url)
	add(item, 'wfw:commentRss', {}, entry.replies.feed)
	add(item, 'slash:comments', {}, String(entry.replies.count))
}
