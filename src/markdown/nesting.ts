import {
	type Element,
	element,
	elements,
	isBlank,
	isElement,
	type Node,
	type Parent,
	rename,
	rewrite,
	setChildren,
	shell,
	textNode,
} from './tree.ts'

const set = (names: string) => new Set(names.split(' '))

export const BLOCKS: ReadonlySet<string> = set(
	'address blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section ' +
		'summary table tbody td tfoot th thead tr ul',
)
const HEADINGS = set('h1 h2 h3 h4 h5 h6')
/** Blocks that may hold only a line of text. */
const LINE_BLOCKS = set('h1 h2 h3 h4 h5 h6 p pre summary')
/** Blocks whose children are of a fixed kind. */
const STRUCTURE = set('dl ol table tbody tfoot thead tr ul')
const INTERACTIVE = set('a audio details iframe video')

/** Puts blocks out of inline elements, and every part of a list, figure and the like where HTML wants it. */
export function nestRightly(root: Parent): void {
	rewrite(root, (el) => {
		if (LINE_BLOCKS.has(el.tagName)) flatten(el)
		else if (!BLOCKS.has(el.tagName) && el.tagName !== 'a' && holdsBlock(el)) return pushDown(el)
		return undefined
	})
	rewrite(root, unlink)
	rewrite(root, (el) => RULES[el.tagName]?.(el))
	rewrite(root, orphans)
}

function holdsBlock(node: Node): boolean {
	return isElement(node) && elements(node).some((child) => BLOCKS.has(child.tagName) || holdsBlock(child))
}

/** `<b>one<p>two</p></b>` to `<b>one</b><p><b>two</b></p>`. */
function pushDown(el: Element): Node[] {
	const done: Node[] = []
	let run: Node[] = []
	const close = () => {
		done.push(...(run.every(isBlank) ? run : [shell(el, run)]))
		run = []
	}
	for (const child of el.childNodes) {
		if (!isElement(child) || !(BLOCKS.has(child.tagName) || holdsBlock(child))) run.push(child)
		else {
			close()
			done.push(into(el, child))
		}
	}
	close()
	return done
}

function into(el: Element, block: Element): Element {
	const structure = STRUCTURE.has(block.tagName)
	setChildren(
		block,
		structure
			? block.childNodes.map((child) => (isElement(child) ? into(el, child) : child))
			: pushDown(shell(el, block.childNodes)),
	)
	return block
}

/** Blocks in a heading, a paragraph or code leave their text there, a line each. */
function flatten(el: Element): void {
	const parting = el.tagName === 'pre' ? '\n' : ' '
	rewrite(el, (child) =>
		BLOCKS.has(child.tagName) ? [textNode(parting), ...child.childNodes, textNode(parting)] : undefined,
	)
}

/** A link can't hold another, nor a player: the outer one goes. One that leads nowhere is only its text. */
function unlink(el: Element): Node[] | undefined {
	if (el.tagName !== 'a') return undefined
	const linked = el.attrs.some(({ name }) => name === 'href' || name === 'id')
	const nested = holds(el, INTERACTIVE)
	const misplaced = holdsBlock(el) && el.parentNode !== null && !flowParent(el)
	return linked && !nested && !misplaced ? undefined : el.childNodes
}

function flowParent(el: Element): boolean {
	const parent = el.parentNode
	return !isElement(parent) || (BLOCKS.has(parent.tagName) && !LINE_BLOCKS.has(parent.tagName))
}

function holds(el: Element, names: ReadonlySet<string>): boolean {
	return elements(el).some((child) => names.has(child.tagName) || holds(child, names))
}

const RULES: Record<string, (el: Element) => Node[] | undefined> = {
	ul: list,
	ol: list,
	dl: definitions,
	figure,
	details,
	dt: plainHeadings,
	th: plainHeadings,
	address: plainHeadings,
	ruby: (el) => (holds(el, set('rt')) ? undefined : el.childNodes),
}

/** Whatever stands between the items gets into the item before it. */
function list(el: Element): undefined {
	const items: Node[] = []
	for (const child of el.childNodes) {
		if (isBlank(child) || (isElement(child) && child.tagName === 'li')) items.push(child)
		else {
			const last = items.findLast(isElement)
			if (last) setChildren(last, [...last.childNodes, child])
			else items.push(element('li', {}, child))
		}
	}
	setChildren(el, items)
}

/** Terms and what they mean, in turn; a list that isn't so is plain text. */
function definitions(el: Element): undefined {
	const parts = el.childNodes.filter((child) => !isBlank(child))
	const kinds = parts.map((part) => (isElement(part) ? part.tagName : '#text')).join(' ')
	if (/^(?:(?:dt )+(?:dd ?)+)+$/.test(`${kinds}`)) setChildren(el, parts)
	else rename(el, 'div')
}

/** One caption, at an end. */
function figure(el: Element): undefined {
	const [caption, ...others] = elements(el).filter(({ tagName }) => tagName === 'figcaption')
	for (const other of others) rename(other, 'div')
	const rest = el.childNodes.filter((child) => child !== caption)
	const first = el.childNodes.filter((child) => !isBlank(child))[0] === caption
	if (caption) setChildren(el, first ? [caption, ...rest] : [...rest, caption])
}

function details(el: Element): undefined {
	const [summary, ...others] = elements(el).filter(({ tagName }) => tagName === 'summary')
	for (const other of others) rename(other, 'div')
	if (summary) setChildren(el, [summary, ...el.childNodes.filter((child) => child !== summary)])
	else rename(el, 'div')
}

function plainHeadings(el: Element): undefined {
	rewrite(el, (child) => {
		if (HEADINGS.has(child.tagName)) rename(child, el.tagName === 'dt' ? 'div' : 'p')
		return undefined
	})
}

const HOMES: Record<string, ReadonlySet<string>> = {
	li: set('ul ol'),
	dt: set('dl'),
	dd: set('dl'),
	figcaption: set('figure'),
	summary: set('details'),
	rt: set('ruby'),
	rp: set('ruby'),
	source: set('video audio'),
	track: set('video audio'),
}

/** Parts that are not in their whole. */
function orphans(el: Element): Node[] | undefined {
	const home = HOMES[el.tagName]
	if (!home || (isElement(el.parentNode) && home.has(el.parentNode.tagName))) return undefined
	if (BLOCKS.has(el.tagName)) rename(el, 'div')
	else return el.childNodes
	return undefined
}
