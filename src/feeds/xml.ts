import { create } from 'xmlbuilder2'
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js'
import { fitForXml } from '../web/xml.ts'

export const NAMESPACES = {
	atom: 'http://www.w3.org/2005/Atom',
	content: 'http://purl.org/rss/1.0/modules/content/',
	dc: 'http://purl.org/dc/elements/1.1/',
	slash: 'http://purl.org/rss/1.0/modules/slash/',
	wfw: 'http://wellformedweb.org/CommentAPI/',
	thr: 'http://purl.org/syndication/thread/1.0',
}

const MARKS = { '&': '\ufdd0', '<': '\ufdd1', '>': '\ufdd2', '"': '\ufdd3' } as const
const CHARACTERS = new Map<string, string>(Object.entries(MARKS).map(([character, mark]) => [mark, character]))
const ENTITIES = new Map<string, string>([
	[MARKS['&'], '&amp;'],
	[MARKS['<'], '&lt;'],
	[MARKS['>'], '&gt;'],
	[MARKS['"'], '&quot;'],
])

/**
 * Text for `feed` and xmlbuilder2, of which neither escapes every `&`, `<`, `"` and `]]>` rightly: these stand as
 * noncharacters until {@link finish} writes them.
 */
export function guard(text: string): string {
	return fitForXml(text).replace(/[&<>"]/g, (character) => MARKS[character as keyof typeof MARKS])
}

/** The XML that `feed` wrote, changed as a tree by `change`, with its guarded texts escaped. */
export function extend(xml: string, change: (root: XMLBuilder) => void): string {
	const document = create(xml)
	change(document.root())
	return finish(document.end())
}

/** Puts guarded characters back: as they are in CDATA (split at `]]>`), as entities elsewhere. */
export function finish(xml: string): string {
	return xml.replace(/<!\[CDATA\[(.*?)\]\]>|[\ufdd0-\ufdd3]/gs, (found, cdata?: string) => {
		if (cdata === undefined) return ENTITIES.get(found)!
		const text = cdata.replace(/[\ufdd0-\ufdd3]/g, (mark) => CHARACTERS.get(mark)!)
		return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
	})
}

/** Child elements of one name. */
export function children(parent: XMLBuilder, name: string): XMLBuilder[] {
	return parent.filter(({ node }) => node.nodeName === name, false, false)
}

/** Adds `<name attributes>text</name>`, leaving out attributes that are undefined. */
export function add(
	parent: XMLBuilder,
	name: string,
	attributes: Record<string, string | number | undefined>,
	text?: string,
): void {
	const element = parent.ele(name)
	for (const [key, value] of Object.entries(attributes)) {
		if (value !== undefined) element.att(key, guard(String(value)))
	}
	if (text) element.txt(guard(text))
}
