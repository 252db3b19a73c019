import { Marked } from 'marked'
import sanitizeHtml, { type IOptions } from 'sanitize-html'
import { autop } from './autop.ts'
import { isSuspicious, nesting } from './bounds.ts'
import { escapeHtml } from './escape.ts'
import { dropEmpty } from './excerpt.ts'
import { nestRightly } from './nesting.ts'
import { tame } from './tame.ts'
import {
	type Element,
	element,
	get,
	isElement,
	isText,
	type Node,
	type Parent,
	parse,
	print,
	rewrite,
	setChildren,
	textNode,
} from './tree.ts'
import { linkUrl } from './urls.ts'

const LONGEST = 65_536
const DEEPEST = 50
const OPTIONS: IOptions = {
	allowedTags: 'a em strong b i code pre blockquote ul ol li p br del'.split(' '),
	allowedAttributes: { a: ['href'] },
	allowedSchemes: ['http', 'https', 'mailto'],
	disallowedTagsMode: 'discard',
}
/** Whose text is not searched for addresses. */
const VERBATIM = new Set(['a', 'code', 'pre'])

/** A comment of an imported blog as safe HTML: few elements, links that recommend nothing. Never throws. */
export function renderImportedComment(source: string): string {
	const text = tame(source)
	const { deepest, unclosed } = nesting(text)
	if (text.length > LONGEST || deepest > DEEPEST || unclosed > DEEPEST) return plain(text)
	return clean(autop(sanitizeHtml(text, OPTIONS)))
}

/**
 * What a reader wrote in a small Markdown (emphasis, links, lists, quote, code) as safe HTML; all else stays as it was
 * typed, tags too. Never throws, and is quick: what looks dangerous is shown as plain text.
 */
export function renderComment(source: string): string {
	const text = tame(source)
	if (text.length > LONGEST || isSuspicious(text, 'markdown')) return plain(text)
	try {
		return clean(sanitizeHtml(small.parse(text, { async: false }), OPTIONS))
	} catch {
		return plain(text)
	}
}

const nothing = () => undefined
const small = new Marked({
	gfm: true,
	breaks: true,
	tokenizer: {
		heading: nothing,
		lheading: nothing,
		hr: nothing,
		html: nothing,
		tag: nothing,
		table: nothing,
		def: nothing,
	},
	renderer: {
		image: ({ raw }) => escapeHtml(raw),
		checkbox: ({ checked }) => (checked ? '[x] ' : '[ ] '),
		code: ({ text }) => `<pre><code>${escapeHtml(text)}</code></pre>`,
	},
})

function clean(html: string): string {
	const root = parse(html)
	nestRightly(root)
	linkAddresses(root)
	rewrite(root, (el) => (el.tagName === 'a' ? ownLink(el) : undefined))
	dropEmpty(root)
	return print(root).trim()
}

function plain(text: string): string {
	return `<p>${escapeHtml(text.trim()).replaceAll('\n', '<br>\n')}</p>`
}

function ownLink(el: Element): Node[] {
	const href = linkUrl(get(el, 'href'))
	const absolute = href && /^(?:https?:|mailto:)/i.test(href)
	return absolute ? [element('a', { href, rel: 'nofollow ugc' }, ...el.childNodes)] : el.childNodes
}

function linkAddresses(parent: Parent): void {
	const children = parent.childNodes.flatMap((child) => {
		if (isElement(child) && !VERBATIM.has(child.tagName)) linkAddresses(child)
		return isText(child) ? linked(child.value) : [child]
	})
	setChildren(parent, children)
}

/** Text with its http addresses as links; the full stop after one is not part of it. */
function linked(text: string): Node[] {
	return text.split(/(https?:\/\/[^\s<>"«»]+)/).flatMap((part, at) => {
		if (at % 2 === 0) return part ? [textNode(part)] : []
		const address = withoutStop(part)
		return [element('a', { href: address }, textNode(address)), textNode(part.slice(address.length))]
	})
}

/** The address without the punctuation of the sentence it stands in; a bracket belongs to it when it was opened in it. */
function withoutStop(address: string): string {
	const stops = address.includes('(') ? ".,:;!?…'*" : ".,:;!?…'*)"
	let end = address.length
	while (stops.includes(address[end - 1]!)) end--
	return address.slice(0, end)
}
