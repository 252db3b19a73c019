import { createHash } from 'node:crypto'

/** A `urn:uuid:` made of a text: the same for the same text, for good (RFC 9562, version 8). */
export function hashedName(text: string): string {
	const hash = createHash('sha256').update(text).digest('hex')
	return `urn:uuid:${hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-a$4-$5')}`
}
