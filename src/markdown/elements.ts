import type { RenderStrings } from './strings.ts'
import {
	type Element,
	element,
	elements,
	get,
	hasClass,
	isElement,
	type Node,
	type Parent,
	rewrite,
	set,
	setChildren,
} from './tree.ts'
import { linkUrl, mediaUrl } from './urls.ts'

/** What stands instead of the element; undefined keeps it. */
type Rule = (el: Element, strings: RenderStrings) => Node[] | undefined

/** Gives every element attributes that are valid today, and drops elements that mean nothing without them. */
export function cleanElements(root: Parent, strings: RenderStrings): void {
	rewrite(root, (el) => {
		common(el)
		return RULES[el.tagName]?.(el, strings) ?? undefined
	})
}

function common(el: Element): void {
	const side = /^(?:left|right|center)$/i.test(get(el, 'align') ?? '') ? get(el, 'align')!.toLowerCase() : ''
	if (side) set(el, 'class', `${get(el, 'class') ?? ''} has-text-align-${side}`.trim())
	set(el, 'align', undefined)
	if (!isLanguage(get(el, 'lang'))) set(el, 'lang', undefined)
	if (!/^(?:ltr|rtl|auto)$/.test(get(el, 'dir') ?? '')) set(el, 'dir', undefined)
	for (const name of ['class', 'title']) if (!get(el, name)?.trim()) set(el, name, undefined)
	for (const name of ['datetime', 'cite']) keep(el, name, CHECKS[name]!)
}

function isLanguage(tag = ''): boolean {
	try {
		return /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(tag) && Intl.getCanonicalLocales(tag).length > 0
	} catch {
		return false
	}
}

const CHECKS: Record<string, (value: string) => string | undefined> = {
	datetime: (value) => (isDateTime(value) ? value : undefined),
	cite: linkUrl,
	pixels: (value) => /^\s*([1-9]\d{0,4})(?:px)?\s*$/.exec(value)?.[1],
	span: (value) => (/^(?:[2-9]|[1-9]\d{1,2})$/.test(value) ? value : undefined),
	integer: (value) => (/^-?\d{1,9}$/.test(value) ? value : undefined),
}

function keep(el: Element, name: string, check: (value: string) => string | undefined): void {
	const value = get(el, name)
	if (value !== undefined) set(el, name, check(value))
}

function isDateTime(value: string): boolean {
	return (
		/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?$/.test(value) && !Number.isNaN(Date.parse(value))
	)
}

const RULES: Record<string, Rule> = {
	a: anchor,
	audio: player,
	bdo: (el) => (get(el, 'dir') ? undefined : el.childNodes),
	figure: (el) => (get(el, 'data-href') ? [] : undefined),
	img: picture,
	li: item,
	ol: (el) => {
		keep(el, 'start', CHECKS.integer!)
		keep(el, 'type', (value) => (/^[1aAiI]$/.test(value) ? value : undefined))
	},
	section: (el) => {
		set(el, 'role', 'doc-endnotes')
		set(el, 'aria-label', get(el, 'data-notes') || undefined)
		set(el, 'data-notes', undefined)
	},
	source: (el) => source(el),
	span: task,
	td: cell,
	th: (el) => {
		cell(el)
		keep(el, 'scope', (value) => (/^(?:row|col|rowgroup|colgroup)$/.test(value) ? value : undefined))
	},
	time: (el) => (get(el, 'datetime') ? undefined : el.childNodes),
	track: (el) => source(el),
	video: player,
}

function anchor(el: Element): undefined {
	keep(el, 'href', linkUrl)
	if (!get(el, 'id')) keepAs(el, 'name', 'id')
	set(el, 'name', undefined)
	if (!hasClass(el, 'footnote-back')) set(el, 'aria-label', undefined)
	if (!get(el, 'href')) for (const name of ['hreflang', 'rel']) set(el, name, undefined)
	if (!isLanguage(get(el, 'hreflang'))) set(el, 'hreflang', undefined)
	const rel = (get(el, 'rel') ?? '').toLowerCase().split(/\s+/)
	set(el, 'rel', rel.filter((word) => /^(?:nofollow|sponsored|ugc|license)$/.test(word)).join(' ') || undefined)
}

function keepAs(el: Element, from: string, to: string): void {
	const value = get(el, from)
	if (value) set(el, to, value)
}

function player(el: Element): Node[] | undefined {
	for (const name of ['src', 'poster']) keep(el, name, mediaUrl)
	for (const name of ['width', 'height']) keep(el, name, CHECKS.pixels!)
	const sources = get(el, 'src') ? [] : elements(el).filter(({ tagName }) => tagName === 'source')
	if (!get(el, 'src') && sources.length === 0) return []
	setChildren(el, [...sources, ...elements(el).filter(({ tagName }) => tagName === 'track')])
	set(el, 'controls', '')
	set(el, 'preload', 'metadata')
	return undefined
}

function source(el: Element): Node[] | undefined {
	keep(el, 'src', mediaUrl)
	keep(el, 'type', (value) => (/^[a-z]+\/[\w.+-]+$/.test(value) ? value : undefined))
	keep(el, 'kind', (value) => (/^(?:subtitles|captions|descriptions|chapters)$/.test(value) ? value : undefined))
	if (!isLanguage(get(el, 'srclang'))) set(el, 'srclang', undefined)
	return get(el, 'src') ? undefined : []
}

/** `src` comes first, so that sizes can be put into the finished text. */
function picture(el: Element, strings: RenderStrings): Node[] | undefined {
	const src = mediaUrl(get(el, 'src'))
	if (!src) return []
	const kept = Object.fromEntries(el.attrs.map(({ name, value }) => [name, value]))
	const [width, height] = [kept.width, kept.height].map((value) => CHECKS.pixels!(value ?? ''))
	const alt = kept.alt || (isSoleInLink(el) ? kept.title || strings.image : '')
	return [element('img', { ...kept, src, alt, width, height, loading: 'lazy', decoding: 'async' })]
}

function isSoleInLink(el: Element): boolean {
	const parent = el.parentNode
	return (
		isElement(parent) && parent.tagName === 'a' && parent.childNodes.every((child) => child === el || blankText(child))
	)
}

function blankText(node: Node): boolean {
	return 'value' in node && node.value.trim() === ''
}

function item(el: Element): undefined {
	const ordered = isElement(el.parentNode) && el.parentNode.tagName === 'ol'
	keep(el, 'value', (value) => (ordered ? CHECKS.integer!(value) : undefined))
}

function cell(el: Element): undefined {
	for (const name of ['colspan', 'rowspan']) keep(el, name, CHECKS.span!)
}

/** The box of a task in a list. */
function task(el: Element, strings: RenderStrings): Node[] | undefined {
	const state = get(el, 'data-task')
	if (state === undefined) return undefined
	const done = state === 'done'
	const label = (done ? strings.taskDone : strings.taskOpen) || undefined
	return [element('input', { type: 'checkbox', disabled: '', checked: done ? '' : undefined, 'aria-label': label })]
}
