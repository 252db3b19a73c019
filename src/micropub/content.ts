import type { Written } from '../editors/written.ts'
import { escapeHtml } from '../markdown/escape.ts'
import { cleanText } from '../web/fields.ts'
import { invalid } from './errors.ts'
import { isObject, type Properties } from './request.ts'

type Text = Required<Pick<Written, 'text' | 'format'>>

/** What a post answers, by its property; a link to it is how that page is told. */
const RESPONSES = ['in-reply-to', 'repost-of', 'like-of', 'bookmark-of']
const SHOWN = ['photo', 'video', 'audio']

/**
 * The text of a post: plain text is taken as Markdown, `{ html }` as HTML. What it responds to stands before it, its
 * pictures, films and sounds after it. `before` is what is stored when the content itself isn't told.
 * @throws MicropubError 400
 */
export function contentOf(properties: Properties, before: Text = { text: '', format: 'markdown' }): Text {
	const { text, format } = properties.content ? bodyOf(properties.content) : before
	const links = RESPONSES.flatMap((name) => (properties[name] ?? []).map((value) => linkTo(urlOf(value, name), format)))
	const alts = properties['mp-photo-alt'] ?? []
	const shown = SHOWN.flatMap((name) =>
		(properties[name] ?? []).map((value, at) =>
			show(urlOf(value, name), altOf(value) ?? String(alts[at] ?? ''), format),
		),
	)
	return { format, text: cleanText([...links, text, ...shown].filter((part) => part !== '').join('\n\n')) }
}

/** Tells the properties that stand in the text, besides the content itself. */
export function isInText(name: string): boolean {
	return [...RESPONSES, ...SHOWN].includes(name)
}

function bodyOf(values: unknown[]): Text {
	const html = values.some((value) => isObject(value) && value.html !== undefined)
	const parts = values.map((value) => {
		const part = isObject(value) ? (value.html ?? value.markdown ?? value.value) : value
		if (typeof part !== 'string') throw invalid('content must be text or { "html": text }')
		return html && !(isObject(value) && value.html !== undefined) ? escapeHtml(part) : part
	})
	return { text: parts.join('\n\n'), format: html ? 'html' : 'markdown' }
}

function urlOf(value: unknown, name: string): string {
	const url = isObject(value) ? (value.value ?? (Array.isArray(value.properties) ? undefined : value.url)) : value
	const parsed = typeof url === 'string' ? URL.parse(url) : null
	if (!parsed || !/^https?:$/.test(parsed.protocol)) throw invalid(`${name} must be an address`)
	return parsed.href
}

function altOf(value: unknown): string | undefined {
	return isObject(value) && typeof value.alt === 'string' ? value.alt : undefined
}

function linkTo(url: string, format: Text['format']): string {
	return format === 'html' ? `<p><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>` : `[${plain(url)}](<${url}>)`
}

function show(url: string, alt: string, format: Text['format']): string {
	if (format === 'html') return `<p><img src="${escapeHtml(url)}" alt="${escapeHtml(alt)}"></p>`
	return `![${plain(alt)}](<${url}>)`
}

function plain(text: string): string {
	return text.replace(/[[\]\\*_`<]/g, '\\$&').replace(/\s+/g, ' ')
}
