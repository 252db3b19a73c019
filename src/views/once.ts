import { randomUUID } from 'node:crypto'
import type Handlebars from 'handlebars'

/** Stands on both sides of the number of a part; nobody who writes in the blog can know it. */
const MARK = `\0${randomUUID()}\0`

/**
 * `{{#once "name" part}}…{{/once}}`: what is inside shows `part` of the model alone, so it is written once for each such
 * object and language, and kept as bytes. Parts that many pages share, or that are the same at the next request, are
 * given as one object. What it gives is a mark, to be put in place by `assemble` with the `parts` of the data.
 */
export function writtenOnce() {
	const written = new WeakMap<object, Map<string, Buffer>>()
	return function (this: unknown, name: string, part: object, { fn, data }: Handlebars.HelperOptions): string {
		const place = `${data.root.locale} ${name}`
		let bytes = written.get(part)?.get(place)
		if (!bytes) {
			bytes = assemble(fn(this), data.parts)
			if (!written.has(part)) written.set(part, new Map())
			written.get(part)!.set(place, bytes)
		}
		data.parts.push(bytes)
		return `${MARK}${data.parts.length - 1}${MARK}`
	}
}

/** The bytes of what a template has written, with the parts in their places. */
export function assemble(html: string, parts: Buffer[]): Buffer {
	const pieces = html.split(MARK)
	if (pieces.length === 1) return Buffer.from(html)
	return Buffer.concat(pieces.map((piece, index) => (index % 2 === 0 ? Buffer.from(piece) : parts[Number(piece)]!)))
}
