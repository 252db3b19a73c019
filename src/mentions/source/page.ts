import {
	type DefaultTreeAdapterMap,
	type DefaultTreeAdapterTypes,
	defaultTreeAdapter,
	parse,
	type TreeAdapter,
} from 'parse5'
import { type Element, get, isElement, isText, type Node } from '../../markdown/tree.ts'
import type { Linked } from './excerpt.ts'
import { createFlow, type Flow } from './flow.ts'

/** An address named in a page. */
export interface Named extends Linked {
	/** As it was written. */
	href: string
	/** A link that readers see and may follow: pingbacks count no others. */
	isLink: boolean
}

/** A page as a reader sees it. */
export interface PageTree {
	text: string
	links: Named[]
	/** `<base href>` */
	base?: string
	title: string
	headings: string[]
	/** By name or property, in lower case: the first of each. */
	meta: Map<string, string>
}

/** The deepest nesting of elements that is read at all. */
const DEEPEST = 256
const HEADINGS = 10
const UNSEEN = new Set('script style template noscript textarea select svg math iframe object title'.split(' '))
const BLOCKS = new Set(
	(
		'address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer ' +
		'form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul'
	).split(' '),
)
/** Besides links: what else names an address (Webmention, 3.2.2). */
const NAMING: Record<string, string> = {
	area: 'href',
	link: 'href',
	img: 'src',
	video: 'src',
	audio: 'src',
	source: 'src',
	embed: 'src',
	iframe: 'src',
	blockquote: 'cite',
	q: 'cite',
}

/** Parses a page as browsers do. @throws Error when elements nest too deeply: no such tree is built */
export function readTree(html: string): PageTree {
	const root = parse(html, { treeAdapter: bounded() })
	const flow = createFlow()
	const page: PageTree = { text: '', links: [], title: '', headings: [], meta: new Map() }
	walk(root.childNodes, flow, page)
	page.text = flow.text()
	return page
}

type Deep = { depth?: number }

function bounded(): TreeAdapter<DefaultTreeAdapterMap> {
	const below = (parent: object, child: Deep) => {
		child.depth = ((parent as Deep).depth ?? 0) + 1
		if (child.depth > DEEPEST) throw new Error('elements nest too deeply')
	}
	return {
		...defaultTreeAdapter,
		appendChild(parent, child) {
			below(parent, child as Deep)
			defaultTreeAdapter.appendChild(parent, child)
		},
		insertBefore(parent, child, next) {
			below(parent, child as Deep)
			defaultTreeAdapter.insertBefore(parent, child, next)
		},
		setTemplateContent(template, content) {
			below(template, content as Deep)
			defaultTreeAdapter.setTemplateContent(template, content)
		},
	}
}

function walk(nodes: Node[], flow: Flow, page: PageTree): void {
	for (const node of nodes) {
		if (isText(node)) flow.add(node.value)
		else if (isElement(node)) visit(node, flow, page)
	}
}

function visit(el: Element, flow: Flow, page: PageTree): void {
	const { tagName } = el
	noteHead(el, page)
	noteNaming(el, flow, page)
	if (tagName === 'head') noteChildren(el, page)
	if (tagName === 'head' || UNSEEN.has(tagName)) return
	const lang = get(el, 'lang') || get(el, 'xml:lang')
	const isBlock = BLOCKS.has(tagName) || lang !== undefined
	if (isBlock) flow.open(lang)
	const start = flow.at()
	const { block } = flow
	walk(el.childNodes, flow, page)
	const href = tagName === 'a' ? get(el, 'href') : undefined
	if (href !== undefined) page.links.push({ href, isLink: true, start, end: flow.at(), block })
	if (/^h[1-3]$/.test(tagName) && page.headings.length < HEADINGS) page.headings.push(ownText(el))
	if (isBlock) flow.close()
}

/** What a head holds is not said to readers. */
function noteChildren(el: Element, page: PageTree): void {
	const aside = createFlow()
	for (const child of el.childNodes) {
		if (!isElement(child)) continue
		noteHead(child, page)
		noteNaming(child, aside, page)
	}
}

function noteHead(el: Element, page: PageTree): void {
	if (el.tagName === 'base') page.base ??= get(el, 'href')
	if (el.tagName === 'title' && page.title === '' && el.namespaceURI.endsWith('xhtml')) page.title = ownText(el)
	if (el.tagName !== 'meta') return
	const name = (get(el, 'property') ?? get(el, 'name') ?? get(el, 'http-equiv'))?.toLowerCase()
	if (name && !page.meta.has(name)) page.meta.set(name, get(el, 'content') ?? '')
}

function noteNaming(el: Element, flow: Flow, page: PageTree): void {
	const attribute = NAMING[el.tagName]
	const href = attribute && get(el, attribute)
	if (href)
		page.links.push({ href, isLink: el.tagName === 'area', start: flow.at(), end: flow.at(), block: flow.block })
}

function ownText(el: DefaultTreeAdapterTypes.Element): string {
	const parts = el.childNodes.map((child) => (isText(child) ? child.value : isElement(child) ? ownText(child) : ''))
	return parts.join('').replace(/\s+/g, ' ').trim()
}
