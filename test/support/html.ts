import { selectAll } from 'css-select'
import type { Document, Element } from 'domhandler'
import { textContent } from 'domutils'
import { parse } from 'parse5'
import { adapter } from 'parse5-htmlparser2-tree-adapter'

/** An element of a page, as tests look at it. */
export interface Node {
	name: string
	/** The attributes; one that is missing is undefined. */
	attributes: Record<string, string | undefined>
	/** All the text inside, each run of white space as one space (a no-break space stays). */
	text: string
	/** The same as it is. */
	raw: string
	/** The first element inside that matches. */
	$(selector: string): Node | undefined
	/** Every element inside that matches, in document order. */
	$$(selector: string): Node[]
}

/** Parses a page as browsers do; gives its `html` element. */
export function parseHtml(html: string): Node {
	const document = parse(html, { treeAdapter: adapter }) as Document
	return wrap(document.children.find((child) => 'attribs' in child) as Element)
}

function wrap(element: Element): Node {
	const all = (selector: string) => (selectAll(selector, element.children) as Element[]).map(wrap)
	return {
		name: element.name,
		attributes: { ...element.attribs },
		get text() {
			return textContent(element)
				.replace(/[ \t\n\r]+/g, ' ')
				.trim()
		},
		get raw() {
			return textContent(element)
		},
		$: (selector) => all(selector)[0],
		$$: all,
	}
}
