const MARKS: [string, number[]][] = [
	['utf-8', [0xef, 0xbb, 0xbf]],
	['utf-16le', [0xff, 0xfe]],
	['utf-16be', [0xfe, 0xff]],
]
/** A page names its encoding near its beginning. */
const NEAR = 4096

/**
 * The text of a page: by its byte order mark, else the encoding of the HTTP header, else the one the page itself names,
 * else UTF-8, or Windows-1252 where it is none (as browsers do). Never throws: what can't be read becomes U+FFFD.
 */
export function decodePage(body: Uint8Array, declared: string | undefined): string {
	const marked = MARKS.find(([, bytes]) => bytes.every((byte, at) => body[at] === byte))
	const decoder = (marked && decoderOf(marked[0])) ?? decoderOf(declared) ?? decoderOf(namedIn(body))
	return decoder ? decoder.decode(body) : decodeUndeclared(body)
}

function decodeUndeclared(body: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(body)
	} catch {
		return new TextDecoder('windows-1252').decode(body)
	}
}

function decoderOf(label: string | undefined): TextDecoder | undefined {
	try {
		return label ? new TextDecoder(label) : undefined
	} catch {
		return undefined
	}
}

/** `<meta charset>`, `<meta http-equiv>` or the XML declaration; one that could be read names no UTF-16. */
function namedIn(body: Uint8Array): string | undefined {
	const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, NEAR)).toString('latin1')
	const [, name] =
		/<meta\s[^>]*?charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(start.replace(/<!--[\s\S]*?(?:-->|$)/g, '')) ??
		/^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w:.-]+)/i.exec(start) ??
		[]
	return name && /^utf-?16/i.test(name) ? 'utf-8' : name
}
