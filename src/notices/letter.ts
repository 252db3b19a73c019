import { direction } from '../i18n/languages.ts'
import { escapeHtml } from '../markdown/escape.ts'

/** A part of a letter: a paragraph, what somebody said, or a list of links. */
export type Block = { text: string } | { quote: string; lang: string } | { links: { text: string; href: string }[] }

/** What a letter says; the last part stands below a line, as what it is about itself. */
export interface Letter {
	locale: string
	subject: string
	blocks: Block[]
	footer: Block[]
}

/** A letter as plain text. */
export function plainText({ blocks, footer }: Letter): string {
	return `${blocks.map(plainBlock).join('\n\n')}\n\n-- \n${footer.map(plainBlock).join('\n\n')}\n`
}

function plainBlock(block: Block): string {
	if ('text' in block) return block.text
	if ('quote' in block) return block.quote.replace(/^/gm, '> ')
	return block.links.map(({ text, href }) => `${text}:\n${href}`).join('\n\n')
}

/** The same letter as a page: nothing is loaded from anywhere. */
export function htmlText({ locale, subject, blocks, footer }: Letter): string {
	const head = `<meta charset="utf-8"><title>${escapeHtml(subject)}</title>`
	const body = `${blocks.map(htmlBlock).join('\n')}\n<hr>\n<small>\n${footer.map(htmlBlock).join('\n')}\n</small>`
	return `<!doctype html>\n<html lang="${locale}" dir="${direction(locale)}">\n<head>${head}</head>\n<body>\n${body}\n</body>\n</html>\n`
}

function htmlBlock(block: Block): string {
	if ('text' in block) return `<p>${escapeHtml(block.text)}</p>`
	if ('quote' in block) {
		return `<blockquote lang="${escapeHtml(block.lang)}" dir="auto">${escapeHtml(block.quote).replaceAll('\n', '<br>\n')}</blockquote>`
	}
	return block.links.map(({ text, href }) => `<p><a href="${escapeHtml(href)}">${escapeHtml(text)}</a></p>`).join('\n')
}
