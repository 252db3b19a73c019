/** A shortcode as it stands in a text. */
export interface Shortcode {
	name: string
	attributes: Record<string, string>
	/** Values without a name, in order: `[audio URL]`. */
	values: string[]
	/** What is between the opening and the closing one, or ''. */
	inner: string
}

/** Gives the HTML of a shortcode; undefined leaves it as text. */
export type Expand = (shortcode: Shortcode) => string | undefined

/** Those that enclose a text. */
const ENCLOSING = new Set(['caption', 'wp_caption', 'embed', 'audio', 'video', 'gallery', 'playlist'])
const OPENING = /\[(\[?)([a-zA-Z][\w-]{0,60})((?:\s(?:[^[\]"']|"[^"]*"|'[^']*')*)?)(\/?)\](\]?)/g
const LONGEST_ATTRIBUTES = 10_000

/** Replaces the shortcodes that `expand` knows; `[[gallery]]` is the text `[gallery]`. */
export function expandShortcodes(text: string, expand: Expand): string {
	if (!text.includes('[')) return text
	const out: string[] = []
	let from = 0
	for (const match of openings(text)) {
		if (match.index < from) continue
		const [whole, doubled, name = '', written = '', selfClosing, doubledEnd] = match
		const end = match.index + whole.length
		if (doubled && doubledEnd) {
			if (ENCLOSING.has(name)) out.push(text.slice(from, match.index), whole.slice(1, -1))
			if (ENCLOSING.has(name)) from = end
			continue
		}
		const start = match.index + (doubled ? 1 : 0)
		const stop = end - (doubledEnd ? 1 : 0)
		const close = ENCLOSING.has(name) && !selfClosing ? closing(text, name, stop) : undefined
		const inner = close ? text.slice(stop, close.start) : ''
		const html = expand({ name, ...attributesOf(written), inner })
		if (html === undefined) continue
		out.push(text.slice(from, start), html)
		from = close?.end ?? stop
	}
	out.push(text.slice(from))
	return out.join('')
}

/** Names of what look like shortcodes: with attributes or with a closing one. */
export function shortcodeNames(text: string): string[] {
	if (!text.includes('[')) return []
	const names = new Set<string>()
	const closed = new Set([...text.matchAll(/\[\/([a-zA-Z][\w-]{0,60})\]/g)].map(([, name]) => name))
	for (const { 2: name = '', 3: written = '' } of openings(text)) {
		if (/=\s*["'\w]/.test(written) || closed.has(name)) names.add(name)
	}
	return [...names]
}

function* openings(text: string): Generator<RegExpExecArray> {
	const pattern = new RegExp(OPENING)
	for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
		if (match[0].length <= LONGEST_ATTRIBUTES) yield match
	}
}

/** The closing shortcode; undefined when another of the same name opens first. */
function closing(text: string, name: string, from: number): { start: number; end: number } | undefined {
	const next = text.indexOf(`[${name}`, from)
	const start = text.slice(from, next === -1 ? undefined : next).indexOf(`[/${name}]`)
	return start === -1 ? undefined : { start: from + start, end: from + start + name.length + 3 }
}

function attributesOf(written: string): Pick<Shortcode, 'attributes' | 'values'> {
	const attributes: Record<string, string> = {}
	const values: string[] = []
	// The editor made curly quotes and no-break spaces of some.
	const text = written.replace(/[\u00a0\u200b]/g, ' ').replace(/[“”″]|&#822[01];|&quot;/g, '"')
	for (const [, name, double, single, bare, value] of text.matchAll(
		/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"?([^\s"=][^\s"]*)"?/g,
	)) {
		if (name) attributes[name.toLowerCase()] = double ?? single ?? bare ?? ''
		else if (value) values.push(value)
	}
	return { attributes, values }
}
