import type { Marked, RendererThis, Tokens } from 'marked'
import markedFootnote, { type Footnotes } from 'marked-footnote'
import { escapeHtml } from './escape.ts'
import { fill, type RenderStrings } from './strings.ts'

/** Teaches marked footnotes, numbered from 1, whose ids start with the prefix and whose words are in the locale. */
export function useFootnotes(marked: Marked, prefix: string, strings: RenderStrings): void {
	marked.use(markedFootnote())
	marked.use({
		extensions: [
			{ name: 'footnoteRef', renderer: (token) => reference(token, prefix) },
			{
				name: 'footnotes',
				renderer(token) {
					return notes(this, token as unknown as Footnotes, prefix, strings)
				},
			},
		],
	})
}

function reference({ id, index }: Tokens.Generic, prefix: string): string {
	const nth = index > 0 ? `-${index + 1}` : ''
	return `<sup class="footnote-ref"><a href="#${prefix}fn-${id}" id="${prefix}fnref-${id}${nth}">${id}</a></sup>`
}

function notes({ parser }: RendererThis, { items }: Footnotes, prefix: string, strings: RenderStrings): string {
	if (items.length === 0) return ''
	const list = items.map(({ content, refs }, number) => {
		const id = String(number + 1)
		const back = refs.map((_, index) => ` ${backLink(prefix, id, index, strings)}`).join('')
		const body = parser.parse(content).trimEnd()
		const whole = body.endsWith('</p>') ? `${body.slice(0, -'</p>'.length)}${back}</p>` : `${body}<p>${back}</p>`
		return `<li id="${prefix}fn-${id}">${whole}</li>\n`
	})
	return `<section class="footnotes" data-notes="${escapeHtml(strings.footnotes)}"><ol>\n${list.join('')}</ol></section>\n`
}

function backLink(prefix: string, id: string, index: number, strings: RenderStrings): string {
	const nth = index > 0 ? `-${index + 1}` : ''
	const label = escapeHtml(fill(strings.footnoteBack, id))
	return `<a class="footnote-back" href="#${prefix}fnref-${id}${nth}" aria-label="${label}">↩</a>`
}
