import { type DefaultTreeAdapterTypes, html, parseFragment, serialize, serializeOuter } from 'parse5'

export type Element = DefaultTreeAdapterTypes.Element
export type Node = DefaultTreeAdapterTypes.ChildNode
export type TextNode = DefaultTreeAdapterTypes.TextNode
export type Fragment = DefaultTreeAdapterTypes.DocumentFragment
export type Parent = Element | Fragment

/** Parses HTML as a browser would inside a <div>. */
export function parse(source: string): Fragment {
	return parseFragment(source)
}

/** The HTML of what is inside a node. */
export function print(parent: Parent): string {
	return serialize(parent)
}

/** The HTML of an element itself. */
export function printElement(el: Element): string {
	return serializeOuter(el)
}

/** A new element; attributes that are undefined are left out. */
export function element(tag: string, attributes: Record<string, string | undefined>, ...children: Node[]): Element {
	const attrs = Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]))
	const made = { nodeName: tag, tagName: tag, attrs, namespaceURI: html.NS.HTML, childNodes: [], parentNode: null }
	setChildren(made, children)
	return made
}

/** A new text node. */
export function textNode(value: string): TextNode {
	return { nodeName: '#text', value, parentNode: null }
}

/** The same element with other children. */
export function shell(el: Element, children: Node[]): Element {
	return element(el.tagName, Object.fromEntries(el.attrs.map(({ name, value }) => [name, value])), ...children)
}

/** Tells elements from other nodes. */
export function isElement(node: Node | DefaultTreeAdapterTypes.ParentNode | null | undefined): node is Element {
	return node != null && 'tagName' in node
}

/** Tells text from other nodes. */
export function isText(node: Node | undefined): node is TextNode {
	return node?.nodeName === '#text'
}

/** True for text of white space only. */
export function isBlank(node: Node): boolean {
	return isText(node) && /^[ \t\n\f\r]*$/.test(node.value)
}

/** An attribute's value. */
export function get(el: Element, name: string): string | undefined {
	return el.attrs.find((attr) => attr.name === name)?.value
}

/** Sets an attribute, or takes it away when the value is undefined. */
export function set(el: Element, name: string, value: string | undefined): void {
	const attr = el.attrs.find((one) => one.name === name)
	if (value === undefined) el.attrs = el.attrs.filter((one) => one !== attr)
	else if (attr) attr.value = value
	else el.attrs.push({ name, value })
}

/** Tells whether an element has a class. */
export function hasClass(el: Element, name: string): boolean {
	return (get(el, 'class') ?? '').split(/\s+/).includes(name)
}

/** Changes the name of an element in place. */
export function rename(el: Element, tag: string): void {
	el.tagName = tag
	el.nodeName = tag
}

/** Puts nodes in the place of all children. */
export function setChildren(parent: Parent, children: Node[]): void {
	for (const child of children) child.parentNode = parent
	parent.childNodes = children
}

/** Elements among the children. */
export function elements(parent: Parent): Element[] {
	return parent.childNodes.filter(isElement)
}

/** Every element below a node, in the order of the document. */
export function descendants(parent: Parent, found: Element[] = []): Element[] {
	for (const child of parent.childNodes) {
		if (!isElement(child)) continue
		found.push(child)
		descendants(child, found)
	}
	return found
}

/** Replaces each element, the deepest first, by what `visit` returns; undefined keeps it. */
export function rewrite(parent: Parent, visit: (el: Element) => Node[] | undefined): void {
	const children: Node[] = []
	for (const child of parent.childNodes) {
		if (isElement(child)) rewrite(child, visit)
		const instead = isElement(child) ? visit(child) : undefined
		if (instead) children.push(...instead)
		else children.push(child)
	}
	setChildren(parent, children)
}
