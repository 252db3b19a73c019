import { SaxesParser, type SaxesTagNS } from 'saxes'

/** An element of a feed read with namespaces bound; its name is `{namespace}local`. */
export interface Node {
	name: string
	attributes: Record<string, string>
	children: Node[]
	text: string
}

const ATOM = 'http://www.w3.org/2005/Atom'
const RFC_822 =
	/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

/** Reads XML; throws where it is ill-formed or a prefix is unbound. */
export function parseXml(xml: string): Node {
	const root: Node = { name: '', attributes: {}, children: [], text: '' }
	const stack = [root]
	const parser = new SaxesParser({ xmlns: true })
	parser.on('error', (error) => {
		throw error
	})
	parser.on('opentag', (tag: SaxesTagNS) => {
		const attributes = Object.values(tag.attributes).map(({ uri, local, value }) => [
			uri ? `{${uri}}${local}` : local,
			value,
		])
		const node = { name: nameOf(tag), attributes: Object.fromEntries(attributes), children: [], text: '' }
		stack.at(-1)!.children.push(node)
		stack.push(node)
	})
	parser.on('closetag', () => stack.pop())
	const addText = (text: string) => {
		stack.at(-1)!.text += text
	}
	parser.on('text', addText)
	parser.on('cdata', addText)
	parser.write(xml).close()
	return root.children[0]!
}

function nameOf({ uri, local }: { uri: string; local: string }): string {
	return uri ? `{${uri}}${local}` : local
}

/** The children of a node by name. */
export function all(node: Node, name: string): Node[] {
	return node.children.filter((child) => child.name === name)
}

/** What an RSS 2.0 document does against its specification and the best practices of its board. */
export function rssProblems(xml: string): string[] {
	const { problems, check } = checker()
	const rss = parseXml(xml)
	check(rss.name === 'rss' && rss.attributes.version === '2.0', 'the root is rss 2.0')
	const [channel, ...rest] = all(rss, 'channel')
	check(channel !== undefined && rest.length === 0, 'one channel')
	for (const name of ['title', 'link', 'description'])
		check(all(channel!, name).length === 1, `channel has one ${name}`)
	check(isUrl(all(channel!, 'link')[0]?.text), 'channel link is a URL')
	check(LANGUAGE.test(all(channel!, 'language')[0]?.text ?? 'en'), 'language is a tag')
	check(RFC_822.test(all(channel!, 'lastBuildDate')[0]?.text ?? ''), 'lastBuildDate is a date of RFC 822')
	const self = all(channel!, `{${ATOM}}link`).filter(({ attributes }) => attributes.rel === 'self')
	check(self.length === 1 && isUrl(self[0]!.attributes.href), 'one atom:link rel=self')
	const items = all(channel!, 'item')
	for (const item of items) checkItem(item, check)
	const guids = items.map((item) => all(item, 'guid')[0]!.text)
	check(new Set(guids).size === guids.length, 'guids differ')
	return problems
}

function checkItem(item: Node, check: Check): void {
	check(all(item, 'title').length + all(item, 'description').length > 0, 'item has a title or a description')
	for (const name of ['title', 'link', 'description', 'guid', 'pubDate', 'comments', 'author', 'enclosure']) {
		check(all(item, name).length <= 1, `item has at most one ${name}`)
	}
	check(isUrl(all(item, 'link')[0]?.text), 'item link is a URL')
	const guid = all(item, 'guid')[0]
	check(Boolean(guid?.text), 'item has a guid')
	check(guid?.attributes.isPermaLink === 'false' || isUrl(guid?.text), 'a permalink guid is a URL')
	check(RFC_822.test(all(item, 'pubDate')[0]?.text ?? ''), 'pubDate is a date of RFC 822')
	check(
		all(item, 'author').every(({ text }) => text.includes('@')),
		'author is an e-mail address',
	)
	check(
		all(item, 'comments').every(({ text }) => isUrl(text)),
		'comments is a URL',
	)
	for (const { attributes } of all(item, 'enclosure')) {
		check(isUrl(attributes.url) && /^\d+$/.test(attributes.length ?? ''), 'enclosure has a URL and a length')
		check(/^[\w.+-]+\/[\w.+-]+$/.test(attributes.type ?? ''), 'enclosure has a type')
	}
}

/** What an Atom document does against RFC 4287 and RFC 4685. */
export function atomProblems(xml: string): string[] {
	const { problems, check } = checker()
	const feed = parseXml(xml)
	check(feed.name === `{${ATOM}}feed`, 'the root is an Atom feed')
	const entries = all(feed, `{${ATOM}}entry`)
	for (const node of [feed, ...entries]) checkAtomNode(node, check)
	const linksToSelf = all(feed, `{${ATOM}}link`).filter(({ attributes }) => attributes.rel === 'self')
	check(linksToSelf.length === 1, 'one link rel=self')
	const authored = all(feed, `{${ATOM}}author`).length > 0
	for (const entry of entries) {
		check(authored || all(entry, `{${ATOM}}author`).length > 0, 'each entry has an author')
		check(
			all(entry, `{${ATOM}}published`).every(({ text }) => RFC_3339.test(text)),
			'published is a date of RFC 3339',
		)
		check(all(entry, `{${ATOM}}content`).length <= 1, 'at most one content')
		check(all(entry, `{${ATOM}}summary`).length <= 1, 'at most one summary')
		check(
			all(entry, `{${ATOM}}category`).every(({ attributes }) => attributes.term),
			'a category has a term',
		)
	}
	const ids = entries.map((entry) => all(entry, `{${ATOM}}id`)[0]!.text)
	check(new Set(ids).size === ids.length, 'ids differ')
	return problems
}

function checkAtomNode(node: Node, check: Check): void {
	for (const name of ['id', 'title', 'updated']) check(all(node, `{${ATOM}}${name}`).length === 1, `one ${name}`)
	check(URL.canParse(all(node, `{${ATOM}}id`)[0]?.text ?? ''), 'id is an IRI')
	check(RFC_3339.test(all(node, `{${ATOM}}updated`)[0]?.text ?? ''), 'updated is a date of RFC 3339')
	check(
		all(node, `{${ATOM}}author`).every((author) => all(author, `{${ATOM}}name`)[0]?.text),
		'an author has a name',
	)
	const links = all(node, `{${ATOM}}link`).map(({ attributes }) => attributes)
	check(
		links.every(({ href }) => isUrl(href)),
		'links are URLs',
	)
	const alternates = links
		.filter(({ rel }) => !rel || rel === 'alternate')
		.map(({ type, hreflang }) => `${type} ${hreflang}`)
	check(
		alternates.length > 0 && new Set(alternates).size === alternates.length,
		'alternates differ in type or language',
	)
	for (const name of ['title', 'summary', 'content']) {
		const types = all(node, `{${ATOM}}${name}`).map(({ attributes }) => attributes.type ?? 'text')
		check(
			types.every((type) => ['text', 'html', 'xhtml'].includes(type)),
			`${name} has a known type`,
		)
	}
}

/** What a JSON Feed does against version 1.1. */
export function jsonProblems(json: string): string[] {
	const { problems, check } = checker()
	const feed = JSON.parse(json)
	check(feed.version === 'https://jsonfeed.org/version/1.1', 'version is 1.1')
	check(typeof feed.title === 'string', 'title is a string')
	check(
		['home_page_url', 'feed_url'].every((name) => isUrl(feed[name])),
		'addresses are URLs',
	)
	check(Array.isArray(feed.items), 'items is a list')
	for (const part of [feed, ...feed.items]) {
		check(!('author' in part), 'author is deprecated')
		check(LANGUAGE.test(part.language), 'language is a tag')
		check(
			(part.authors ?? []).every((author: Record<string, unknown>) => author.name || author.url),
			'an author is named',
		)
	}
	for (const item of feed.items) checkJsonItem(item, check)
	check(new Set(feed.items.map((item: { id: string }) => item.id)).size === feed.items.length, 'ids differ')
	return problems
}

function checkJsonItem(item: Record<string, any>, check: Check): void {
	check(typeof item.id === 'string' && item.id !== '', 'id is a string')
	check(
		[item.content_html, item.content_text].some((text) => typeof text === 'string'),
		'item has content',
	)
	check(isUrl(item.url), 'url is a URL')
	for (const name of ['date_published', 'date_modified']) check(RFC_3339.test(item[name]), `${name} is a date`)
	check(
		(item.tags ?? []).every((tag: unknown) => typeof tag === 'string'),
		'tags are strings',
	)
	for (const { url, mime_type, size_in_bytes } of item.attachments ?? []) {
		check(isUrl(url) && typeof mime_type === 'string', 'an attachment has a URL and a type')
		check(['number', 'undefined'].includes(typeof size_in_bytes), 'a size is a number')
	}
}

type Check = (right: boolean, rule: string) => void

function checker(): { problems: string[]; check: Check } {
	const problems: string[] = []
	return { problems, check: (right, rule) => void (right || problems.push(rule)) }
}

function isUrl(text: string | undefined): boolean {
	return /^https?:\/\/[^\s<>"]+$/.test(text ?? '') && URL.canParse(text!)
}
