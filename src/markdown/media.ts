import { playable, videoOf } from './embeds.ts'
import { fill, type RenderStrings } from './strings.ts'
import { textOf } from './text.ts'
import {
	type Element,
	element,
	get,
	isBlank,
	isElement,
	isText,
	type Node,
	type Parent,
	rewrite,
	textNode,
} from './tree.ts'
import { linkUrl, mediaUrl } from './urls.ts'

/** Turns players, addresses that stand alone and pictures that are films into cards and plain players. */
export function embedMedia(root: Parent, strings: RenderStrings): void {
	rewrite(root, (el) => {
		const href = get(el, 'data-href')
		if (href) return card(href, get(el, 'data-title'), strings)
		if (el.tagName === 'img') return player(get(el, 'src') ?? '', get(el, 'alt') ?? '')
		if (el.tagName !== 'p' && el.tagName !== 'div') return undefined
		const lone = loneAddress(el)
		if (!lone) return undefined
		const { address, label } = lone
		return (label ? undefined : card(address, undefined, strings)) ?? player(address, label) ?? link(el, lone)
	})
}

function card(address: string, title: string | undefined, strings: RenderStrings): Node[] | undefined {
	const video = videoOf(address)
	if (!video) return undefined
	const text = title ? `${title} (${video.service})` : fill(strings.video || '{0}', video.service)
	const inside = element('span', { class: 'video-title' }, textNode(text))
	return [element('figure', { class: 'video' }, element('a', { href: video.url }, inside))]
}

function player(address: string, label: string): Node[] | undefined {
	const kind = playable(address)
	const src = mediaUrl(address)
	if (!kind || !src) return undefined
	return [element(kind, { src, controls: '', preload: 'metadata', 'aria-label': label || undefined })]
}

function link(el: Element, { address, label }: Lone): Node[] | undefined {
	const href = linkUrl(address)
	if (!href || label || el.tagName !== 'p') return undefined
	return [element('p', {}, element('a', { href }, textNode(address)))]
}

interface Lone {
	address: string
	/** The text of the link, '' when it shows its address. */
	label: string
}

/** The address that is all a paragraph has, as text or as a link. */
function loneAddress(el: Element): Lone | undefined {
	const [only, ...others] = el.childNodes.filter((child) => !isBlank(child))
	if (others.length > 0) return undefined
	if (isText(only)) {
		const address = only.value.trim()
		return /^https?:\/\/\S{1,2000}$/.test(address) ? { address, label: '' } : undefined
	}
	if (!isElement(only) || only.tagName !== 'a' || !only.childNodes.every(isText)) return undefined
	const address = get(only, 'href') ?? ''
	const label = textOf(only)
	return { address, label: label === address ? '' : label }
}
