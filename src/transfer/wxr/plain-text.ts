import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'

const LONGEST = 10_000

/** The words of a short HTML text (a title, a name): no tags, references resolved, white space collapsed. */
export function plainText(html: string): string {
	const text = /[<&]/.test(html) ? textOf(parseFragment(html.slice(0, LONGEST))) : html
	return text.replace(/\s+/g, ' ').trim()
}

function textOf(root: DefaultTreeAdapterTypes.ParentNode): string {
	const words: string[] = []
	const waiting: DefaultTreeAdapterTypes.ChildNode[] = root.childNodes.toReversed()
	while (waiting.length > 0) {
		const node = waiting.pop()!
		if (node.nodeName === '#text') words.push((node as DefaultTreeAdapterTypes.TextNode).value)
		else if ('childNodes' in node) waiting.push(...node.childNodes.toReversed())
	}
	return words.join('')
}
