import { Marked, type Tokens } from 'marked'
import { escapeHtml } from './escape.ts'
import { useFootnotes } from './footnotes.ts'
import { codeBlock } from './highlight.ts'
import type { RenderStrings } from './strings.ts'

/** What `<!--more-->` becomes on its way through the sanitizer. */
const MORE_MARK = '<span class="more-mark"></span>'

/**
 * Markdown (GFM, footnotes) to HTML that is not safe yet: raw HTML and any address pass.
 * May throw RangeError on hostile nesting.
 */
export function markdownToHtml(source: string, idPrefix: string, strings: RenderStrings): string {
	const marked = new Marked({ gfm: true, async: false })
	useFootnotes(marked, idPrefix, strings)
	marked.use({ renderer: { code, html, image, checkbox } })
	return marked.parse(source, { async: false })
}

/** `<!--more-->` and its kin of WordPress, in HTML. */
export function markMore(html: string): string {
	return html.replace(/<!--more(?:[ \t][^<>]*)?-->/, MORE_MARK)
}

function code({ text, lang }: Tokens.Code): string {
	return codeBlock(text, /^[\w+#-]+/.exec(lang ?? '')?.[0].toLowerCase() ?? '')
}

function html({ text }: Tokens.HTML | Tokens.Tag): string {
	return markMore(text)
}

function checkbox({ checked }: Tokens.Checkbox): string {
	return `<span data-task="${checked ? 'done' : 'open'}"></span> `
}

/** Without marked's own check of the address, which would turn `![](клип.mp4)` with odd characters into text. */
function image({ href, title, text }: Tokens.Image): string {
	const titled = title ? ` title="${escapeHtml(title)}"` : ''
	return `<img src="${escapeHtml(href)}" alt="${escapeHtml(text)}"${titled}>`
}
