import { setImmediate as turn } from 'node:timers/promises'
import { html, type Token, Tokenizer, TokenizerMode } from 'parse5'
import { relsOf } from './link-header.ts'

/** An `<a>` or a `<link>` with a relation, as written. */
export interface PageLink {
	tag: 'a' | 'link'
	href: string
	rels: string[]
}

/** What a page says of itself: its links with relations in the order of the document, and its `<base>`. */
export interface PageLinks {
	base?: string
	links: PageLink[]
}

const CHUNK = 32 * 1024
const MOST = 1000

/** Elements whose content is text, whatever it looks like. */
const RAW: Record<string, Tokenizer['state']> = {
	...Object.fromEntries(
		['style', 'xmp', 'iframe', 'noembed', 'noframes'].map((tag) => [tag, TokenizerMode.RAWTEXT] as const),
	),
	title: TokenizerMode.RCDATA,
	textarea: TokenizerMode.RCDATA,
	script: TokenizerMode.SCRIPT_DATA,
	plaintext: TokenizerMode.PLAINTEXT,
}

/**
 * Reads the links of a page, at most 1000. No tree is built, so nesting costs nothing, and others get their turn between
 * pieces of a long page.
 */
export async function readPageLinks(source: string): Promise<PageLinks> {
	const found: PageLinks = { links: [] }
	const tokenizer = tokenizerInto(found)
	for (let at = 0; at < source.length && found.links.length < MOST; at += CHUNK) {
		if (at > 0) await turn()
		tokenizer.write(source.slice(at, at + CHUNK), at + CHUNK >= source.length)
	}
	return found
}

function tokenizerInto(found: PageLinks): Tokenizer {
	// What is in a template is no part of the page.
	let templates = 0
	const ignore = () => {}
	const tokenizer: Tokenizer = new Tokenizer(
		{},
		{
			onStartTag(token) {
				if (token.tagName === 'template') templates++
				else if (templates === 0) note(token, found)
				if (Object.hasOwn(RAW, token.tagName)) tokenizer.state = RAW[token.tagName]!
			},
			onEndTag(token) {
				if (token.tagName === 'template' && templates > 0) templates--
			},
			onComment: ignore,
			onDoctype: ignore,
			onEof: ignore,
			onCharacter: ignore,
			onNullCharacter: ignore,
			onWhitespaceCharacter: ignore,
		},
	)
	return tokenizer
}

function note({ tagID, attrs }: Token.TagToken, found: PageLinks): void {
	const href = attribute(attrs, 'href')
	if (href === undefined) return
	if (tagID === html.TAG_ID.BASE) found.base ??= href
	const rels = relsOf(attribute(attrs, 'rel'))
	if (rels.length === 0) return
	if (tagID === html.TAG_ID.A) found.links.push({ tag: 'a', href, rels })
	if (tagID === html.TAG_ID.LINK) found.links.push({ tag: 'link', href, rels })
}

function attribute(attrs: Token.Attribute[], name: string): string | undefined {
	return attrs.find((attr) => attr.name === name)?.value
}
