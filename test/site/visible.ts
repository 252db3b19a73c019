import { parse } from 'parse5'

interface Found {
	tagName?: string
	nodeName: string
	value?: string
	attrs?: { name: string; value: string }[]
	childNodes?: Found[]
}

const SILENT = ['script', 'style', 'template', 'code']
const TOLD = ['alt', 'aria-label', 'placeholder', 'title']

/**
 * All that a reader of the page sees or hears, a line each: texts, labels, titles; also what is for other machines to
 * show (title, description). What the page marks as another language, and code, is left out.
 */
export function visibleWords(html: string): string[] {
	const root = parse(html).childNodes.find((node) => node.nodeName === 'html') as unknown as Found
	return wordsIn(root, attribute(root, 'lang') ?? '')
}

function wordsIn(node: Found, lang: string): string[] {
	if (node.nodeName === '#text') return node.value?.trim() ? [node.value.trim()] : []
	if (SILENT.includes(node.nodeName)) return []
	const own = attribute(node, 'lang')
	if (own !== undefined && own !== lang) return []
	return [...toldBy(node), ...(node.childNodes ?? []).flatMap((child) => wordsIn(child, lang))]
}

function toldBy(node: Found): string[] {
	const told = TOLD.flatMap((name) => attribute(node, name) ?? [])
	const isText = ['description', 'og:title', 'og:description', 'og:site_name'].includes(
		attribute(node, 'name') ?? attribute(node, 'property') ?? '',
	)
	return isText ? [...told, attribute(node, 'content') ?? ''] : told
}

function attribute(node: Found, name: string): string | undefined {
	return node.attrs?.find((attribute) => attribute.name === name)?.value
}
