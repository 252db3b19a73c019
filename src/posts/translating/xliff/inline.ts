/** A piece of a paragraph: words to translate, or markup to be kept as it is. */
export interface Piece {
	isCode: boolean
	text: string
}

// Each alternative ends at what begins another, so that a text of nothing but beginnings takes no longer than any.
const CODE = new RegExp(
	[
		/`+[^`\n]*`+/,
		/!?\[(?=[^[\]\n]*\][([])/,
		/\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:[ \t]+"[^"\n]*")?\)/,
		/\]\[[^[\]\n]*\]/,
		/\[\^[^[\]\s]+\]/,
		/<!--(?:(?!<!--)[^\n])*?-->/,
		/<\/?[a-z][^<>\n]*>/,
		/https?:\/\/[^\s<>()[\]]+/,
		/\*+|__+|~~+/,
		/&(?:#\w{1,7}|\w{2,31});/,
	]
		.map(({ source }) => source)
		.join('|'),
	'gi',
)

/** A paragraph in its words and its markup (Markdown or HTML); joined they are the paragraph. */
export function piecesOf(text: string): Piece[] {
	const pieces: Piece[] = []
	let end = 0
	for (const { 0: found, index } of text.matchAll(CODE)) {
		if (index > end) pieces.push({ isCode: false, text: text.slice(end, index) })
		pieces.push({ isCode: true, text: found })
		end = index + found.length
	}
	if (end < text.length) pieces.push({ isCode: false, text: text.slice(end) })
	return pieces
}
