const BLOCKS = new Set(
	(
		'address article aside blockquote body caption center col colgroup dd details dir div dl dt fieldset figcaption ' +
		'figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr iframe legend li main menu nav object ol option p pre ' +
		'section select summary table tbody td tfoot th thead tr ul video audio'
	).split(' '),
)
/** Copied as they are up to their end. */
const RAW = new Set(['pre', 'script', 'style', 'textarea', 'iframe', 'object', 'video', 'audio', 'select', 'svg'])
/** Hold no text of their own. */
const STRUCTURE = new Set(['ul', 'ol', 'dl', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'colgroup', 'figure'])
/** Hold one line of text: no paragraphs inside. */
const LINES = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'caption', 'summary', 'legend'])
/** Closed by the next of their kind. */
const IMPLIED = new Set(['li', 'td', 'th', 'tr', 'dt', 'dd', 'option'])
const EMPTY = new Set(['hr', 'col'])

/**
 * Paragraphs for text written the way WordPress keeps it: an empty line parts paragraphs, a single line end is a <br>,
 * block elements and what is preformatted stay. Linear in the length of the text.
 */
export function autop(source: string): string {
	const out: string[] = []
	const open: string[] = []
	let text = ''
	const flush = () => {
		out.push(paragraphs(text, open.at(-1)))
		text = ''
	}
	const tags = /<!--|<(\/?)([a-z][a-z0-9]*)[^<>]*>/gi
	const html = source.replace(/\r\n?/g, '\n')
	let from = 0
	for (let match = tags.exec(html); match; match = tags.exec(html)) {
		text += html.slice(from, match.index)
		const [tag, slash, raw = ''] = match
		const name = raw.toLowerCase()
		from = tags.lastIndex
		if (RAW.has(name) && !slash) {
			from = endOf(html, name, from)
			if (BLOCKS.has(name)) flush()
			if (BLOCKS.has(name)) out.push(html.slice(match.index, from))
			else text += html.slice(match.index, from)
		} else if (tag === '<!--') {
			from = html.indexOf('-->', from) < 0 ? html.length : html.indexOf('-->', from) + 3
			text += html.slice(match.index, from)
		} else if (BLOCKS.has(name)) {
			flush()
			out.push(tag)
			enter(open, name, slash === '/')
		} else text += tag.replaceAll('\n', ' ')
		tags.lastIndex = from
	}
	text += html.slice(from)
	flush()
	return out.join('')
}

function enter(open: string[], name: string, closing: boolean): void {
	if (EMPTY.has(name)) return
	if (!closing) {
		if (open.at(-1) === 'p' || (open.at(-1) === name && IMPLIED.has(name))) open.pop()
		open.push(name)
	} else if (open.includes(name)) open.length = open.lastIndexOf(name)
}

/** Where the element that starts before `from` ends; the end of the text when it is never closed. */
function endOf(html: string, name: string, from: number): number {
	const end = new RegExp(`</${name}\\s*>`, 'gi')
	end.lastIndex = from
	return end.exec(html) ? end.lastIndex : html.length
}

function paragraphs(text: string, container: string | undefined): string {
	const chunks = text.split(/\n(?:[ \t]*\n)+/).filter((chunk) => chunk.trim() !== '')
	if (chunks.length === 0 || (container && STRUCTURE.has(container))) return text
	const lines = chunks.map(breakLines)
	if (container && LINES.has(container)) return lines.join(container === 'p' ? '</p>\n<p>' : '<br>\n')
	if (container && container !== 'blockquote' && lines.length === 1) return lines[0]!
	return lines.map((line) => `<p>${line}</p>\n`).join('')
}

function breakLines(chunk: string): string {
	const lines = chunk.split('\n').map((line) => line.trim())
	const kept = lines.filter((line) => line !== '')
	return kept
		.map((line, at) => line + (at === kept.length - 1 ? '' : /<br[^<>]*>$/i.test(line) ? '\n' : '<br>\n'))
		.join('')
}
