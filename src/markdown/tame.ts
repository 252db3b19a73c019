/** Text without control characters and code points that are no characters: neither HTML nor XML may have them. */
export function printable(text: string): string {
	return text.replace(/(?![\t\n\r])\p{Cc}|\p{Noncharacter_Code_Point}/gu, '')
}

/** A letter of any language needs no more marks than this. */
const MOST_MARKS = 6

/**
 * Text of a stranger that keeps to its place: without the characters that turn the direction of what comes after,
 * without control characters, and without towers of combining marks.
 */
export function tame(text: string): string {
	return printable(text.toWellFormed())
		.replace(/[\u202A-\u202E\u2066-\u2069]/g, '')
		.replace(STACKS, '$1')
}

const STACKS = new RegExp(`(\\p{M}{${MOST_MARKS}})\\p{M}+`, 'gu')
