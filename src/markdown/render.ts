import { isSuspicious } from './bounds.ts'
import { type PostSource, type Rendered, renderDocument } from './document.ts'
import { escapeHtml } from './escape.ts'
import { stringsOf } from './locale-strings.ts'
import { renderPlain } from './plain.ts'
import { printable } from './tame.ts'
import { renderInWorker } from './worker.ts'

export type { Rendered } from './document.ts'
export type { Heading } from './headings.ts'
export type { RenderStrings } from './strings.ts'

/** A text to render; its strings are those of its locale when none are given. */
export type PostInput = Omit<PostSource, 'strings'> & Partial<Pick<PostSource, 'strings'>>

/** The size of a picture in pixels, when it is known. */
export type ImageSize = (src: string) => { width: number; height: number } | undefined

/**
 * Renders the text of a post: safe, valid HTML with its excerpt and plain text. Never throws and always ends: an
 * ordinary text is rendered at once, one that looks dangerous in a worker with a deadline; what can't be
 * rendered is shown as plain text.
 */
export async function renderPost(input: PostInput, imageSize: ImageSize = () => undefined): Promise<Rendered> {
	const source = {
		strings: stringsOf(input.locale),
		...input,
		source: printable(input.source.toWellFormed()),
	}
	const rendered =
		(isSuspicious(source.source, source.format) ? await renderInWorker(source) : renderHere(source)) ??
		renderPlain(source)
	return { ...rendered, html: sizeImages(rendered.html, imageSize), excerpt: sizeImages(rendered.excerpt, imageSize) }
}

function renderHere(source: PostSource): Rendered | undefined {
	try {
		return renderDocument(source)
	} catch {
		return undefined
	}
}

/** Adds sizes to pictures without them. Our own output writes `src` first, and no text can hold a bare `<img`. */
function sizeImages(html: string, imageSize: ImageSize): string {
	return html.replace(/<img src="([^"]*)"(?![^>]* (?:width|height)=)/g, (tag, src: string) => {
		const size = imageSize(src.replaceAll('&amp;', '&'))
		return size ? `${tag} width="${escapeHtml(String(size.width))}" height="${escapeHtml(String(size.height))}"` : tag
	})
}
