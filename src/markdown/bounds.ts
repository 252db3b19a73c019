/** The deepest nesting of elements that is parsed at all. */
export const DEEPEST = 256

const LONGEST_IN_PROCESS = 200_000
const MOST_TAGS_IN_PROCESS = 20_000
/** A browser opens unclosed inline elements anew in every paragraph. */
const MOST_UNCLOSED = 20
const DEEPEST_MARKERS = 90
/** marked takes time by the square of the marks in one paragraph; this much is about 50 ms. */
const MOST_MARKER_PAIRS = 1_500_000
/** typograf takes time by the square of the quotation marks in a text. */
const MOST_QUOTES = 3_000

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
/** A start tag of these closes the one before, so they don't nest by themselves. */
const SELF_CLOSING = new Set('p li dt dd option tr td th thead tbody tfoot colgroup rt rp'.split(' '))

/** An upper bound of how deep elements nest, and how many are never closed: one linear scan without building a tree. */
export function nesting(html: string): { deepest: number; unclosed: number } {
	const open = new Map<string, number>()
	let depth = 0
	let deepest = 0
	for (const [, slash, raw] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
		const name = raw!.toLowerCase()
		if (VOID.has(name) || SELF_CLOSING.has(name)) continue
		const count = open.get(name) ?? 0
		if (slash && count === 0) continue
		const step = slash ? -1 : 1
		open.set(name, count + step)
		depth += step
		deepest = Math.max(deepest, depth)
	}
	return { deepest, unclosed: depth }
}

/** True when a text may take long or run out of stack, so that it belongs in a worker with a deadline. Linear. */
export function isSuspicious(source: string, format: 'markdown' | 'html'): boolean {
	if (source.length > LONGEST_IN_PROCESS || manyTags(source)) return true
	const { deepest, unclosed } = nesting(source)
	if (deepest > DEEPEST || unclosed > MOST_UNCLOSED) return true
	return format === 'markdown' && (deepMarkers(source) || manyMarkers(source) || manyQuotes(source))
}

function manyTags(source: string): boolean {
	let count = 0
	for (let at = source.indexOf('<'); at >= 0 && count <= MOST_TAGS_IN_PROCESS; at = source.indexOf('<', at + 1)) count++
	return count > MOST_TAGS_IN_PROCESS
}

/** Quotes and lists inside each other: `> > - 1.` at the start of one line. */
function deepMarkers(source: string): boolean {
	return source
		.split('\n')
		.some((line) => (/^[\s>*+\-\d.)]+/.exec(line)?.[0].match(/[>*+-]|\d[.)]/g)?.length ?? 0) > DEEPEST_MARKERS)
}

function manyMarkers(source: string): boolean {
	let pairs = 0
	for (const block of source.split(/\n[ \t]*\n/)) {
		const marks = block.match(/[*_~`[\]<!&@]|https?:|www\./g)?.length ?? 0
		pairs += marks * marks
	}
	return pairs > MOST_MARKER_PAIRS
}

function manyQuotes(source: string): boolean {
	return (source.match(/["«»„“”]|&quot;/g)?.length ?? 0) > MOST_QUOTES
}
