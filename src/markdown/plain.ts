import type { PostSource, Rendered } from './document.ts'
import { escapeHtml } from './escape.ts'
import { countWords, cutAtWord } from './text.ts'

/** The last resort for a text that can't be rendered: its words, escaped, with their paragraphs and lines. */
export function renderPlain({ source, format, locale, manualExcerpt }: PostSource): Rendered {
	const readable = format === 'html' ? source.replace(/<[^<>]*>/g, '') : source
	const paragraphs = readable
		.replace(/\r\n?/g, '\n')
		.split(/\n\s*\n/)
		.filter((part) => part.trim() !== '')
	const html = paragraphs.map((part) => `<p>${escapeHtml(part.trim()).replaceAll('\n', '<br>\n')}</p>`).join('\n')
	const text = readable.replace(/\s+/g, ' ').trim()
	const short = manualExcerpt?.trim() || cutAtWord(text, 300, locale)
	const excerpt = short && `<p>${escapeHtml(short)}</p>`
	return {
		html,
		excerpt,
		excerptCut: short !== text,
		text,
		words: countWords(text, locale),
		headings: [],
		failed: true,
	}
}
