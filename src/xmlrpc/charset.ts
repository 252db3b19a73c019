import { Fault, PARSE_ERROR } from './fault.ts'

/**
 * The decoder for a document: by its byte order mark, else the charset of its Content-Type, else its own declaration
 * (RFC 7303, 3.2), else UTF-8. It throws TypeError at bytes that aren't of the encoding.
 * @throws Fault -32700 when nobody knows the encoding
 */
export function decoderFor(body: Uint8Array, charset: string | undefined): TextDecoder {
	const label = byMark(body) ?? charset ?? declared(body) ?? 'utf-8'
	try {
		return new TextDecoder(label, { fatal: true })
	} catch {
		throw new Fault(PARSE_ERROR, 'Unknown encoding')
	}
}

function byMark([first, second, third]: Uint8Array): string | undefined {
	if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
	if (first === 0xff && second === 0xfe) return 'utf-16le'
	if (first === 0xfe && second === 0xff) return 'utf-16be'
	return undefined
}

function declared(body: Uint8Array): string | undefined {
	const beginning = Buffer.from(body.subarray(0, 200)).toString('latin1')
	return /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(beginning)?.[1]
}
