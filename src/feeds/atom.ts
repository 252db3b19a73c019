import { Feed } from 'feed'
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js'
import type { FeedData, FeedEntry, Sibling } from './data.ts'
import { hashedName } from './guid.ts'
import { add, children, extend, guard, NAMESPACES } from './xml.ts'

/** Atom (RFC 4287) with languages, alternates and the conversation (RFC 4685). */
export function writeAtom(data: FeedData): string {
	return extend(skeleton(data).atom1(), (root) => {
		root.att('xmlns:thr', NAMESPACES.thr).att('xml:lang', data.locale)
		labelLinks(root, data.locale, data.siblings)
		for (const hub of data.hubs) add(root, 'link', { rel: 'hub', href: hub })
		children(root, 'entry').forEach((element, index) => {
			extendEntry(element, data.entries[index]!)
		})
	})
}

function skeleton(data: FeedData): Feed {
	const feed = new Feed({
		// The page may have other feeds, of responses: each is a thing of its own.
		id: data.self,
		title: guard(data.title),
		description: guard(data.description),
		link: data.url,
		feed: data.self,
		updated: new Date(data.updated),
		author: { name: guard(data.author) },
		generator: 'Otklik',
	})
	for (const entry of data.entries) {
		feed.addItem({
			title: guard(entry.title),
			link: entry.url,
			date: new Date(entry.modified),
			published: new Date(entry.published),
			content: guard(entry.html ?? ''),
			author: entry.author && [{ name: guard(entry.author.name), link: entry.author.url }],
		})
	}
	return feed
}

function extendEntry(element: XMLBuilder, entry: FeedEntry): void {
	element.att('xml:lang', entry.locale)
	setText(element, 'id', entryId(entry.guid))
	setText(element, 'title', entry.title)
	labelLinks(element, entry.locale, entry.siblings)
	if (entry.summary) add(element, 'summary', { type: 'text' }, entry.summary)
	for (const tag of entry.tags) add(element, 'category', { term: tag })
	for (const { url, mime, bytes } of entry.enclosures) {
		add(element, 'link', { rel: 'enclosure', type: mime, length: bytes, href: url })
	}
	addConversation(element, entry)
}

function addConversation(element: XMLBuilder, { replies, inReplyTo }: FeedEntry): void {
	if (replies) {
		add(element, 'link', { rel: 'replies', type: 'text/html', href: replies.url, 'thr:count': replies.count })
		add(element, 'link', {
			rel: 'replies',
			type: 'application/rss+xml',
			href: replies.feed,
			'thr:count': replies.count,
		})
	}
	if (inReplyTo) {
		add(element, 'thr:in-reply-to', { ref: entryId(inReplyTo.guid), type: 'text/html', href: inReplyTo.url })
	}
}

/** The link that `feed` wrote says its type and language, so that there may be one for each sibling. */
function labelLinks(element: XMLBuilder, locale: string, siblings: Sibling[]): void {
	const own = children(element, 'link')[0]!
	own.att({ rel: 'alternate', type: 'text/html', hreflang: locale })
	for (const { locale, url } of siblings) {
		add(element, 'link', { rel: 'alternate', type: 'text/html', hreflang: locale, href: url })
	}
}

function setText(parent: XMLBuilder, name: string, text: string): void {
	const [element] = children(parent, name)
	element!.removeAtt('type')
	element!.node.textContent = guard(text)
}

/** An identifier has to be an IRI: a guid that is none is named by its hash. */
function entryId(guid: string): string {
	if (/^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(guid) && URL.canParse(guid)) return guid
	return hashedName(guid)
}
