import { isSuspicious } from './bounds.ts'
import type { PostSource, Rendered } from './document.ts'
import { stringsOf } from './locale-strings.ts'
import { dressPictures, type FindPicture } from './pictures.ts'
import { renderPlain } from './plain.ts'
import { printable } from './tame.ts'
import { renderInWorker } from './worker.ts'

export type { Rendered } from './document.ts'
export type { Heading } from './headings.ts'
export type { FindPicture } from './pictures.ts'
export type { RenderStrings } from './strings.ts'

/** A text to render; its strings are those of its locale when none are given. */
export type PostInput = Omit<PostSource, 'strings'> & Partial<Pick<PostSource, 'strings'>>

/**
 * Renders the text of a post: safe, valid HTML with its excerpt and plain text. Never throws and always ends: an
 * ordinary text is rendered at once, one that looks dangerous in a worker with a deadline; what can't be
 * rendered is shown as plain text.
 */
export async function renderPost(input: PostInput, find: FindPicture = () => undefined): Promise<Rendered> {
	const source = {
		strings: stringsOf(input.locale),
		...input,
		source: printable(input.source.toWellFormed()),
	}
	const rendered =
		(await (isSuspicious(source.source, source.format) ? renderInWorker(source) : renderHere(source))) ??
		renderPlain(source)
	return {
		...rendered,
		html: dressPictures(rendered.html, find, 'eager'),
		excerpt: dressPictures(rendered.excerpt, find, 'lazy'),
	}
}

async function renderHere(source: PostSource): Promise<Rendered | undefined> {
	const { renderDocument } = await import('./document.ts')
	try {
		return renderDocument(source)
	} catch {
		return undefined
	}
}
