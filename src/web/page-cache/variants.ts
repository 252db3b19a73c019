import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** How an answer's body may be written. */
export type Encoding = 'br' | 'gzip' | 'identity'

/** A body in every encoding; one that compression doesn't shorten has no others. */
export type Bodies = { identity: Buffer } & Partial<Record<Encoding, Buffer>>

const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)
/** Higher costs more time than it saves bytes. */
const QUALITY = 5
/** Shorter ones fit a packet as they are. */
const SHORTEST = 1_000

/** Writes a body in every encoding, outside the event loop. */
export async function compress(body: string | Buffer): Promise<Bodies> {
	const identity = Buffer.from(body)
	if (identity.length < SHORTEST) return { identity }
	const params = {
		[constants.BROTLI_PARAM_QUALITY]: QUALITY,
		[constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
		[constants.BROTLI_PARAM_SIZE_HINT]: identity.length,
	}
	const [br, gzipped] = await Promise.all([compressBrotli(identity, { params }), compressGzip(identity)])
	return { identity, br, gzip: gzipped }
}

const MOST_KNOWN = 200
const known = new Map<string, Encoding>()

/** The best encoding that an Accept-Encoding allows (RFC 9110, 12.5.3); without one, none. */
export function encodingFor(header: string | undefined): Encoding {
	if (!header) return 'identity'
	const found = known.get(header)
	if (found) return found
	const encoding = negotiate(header)
	// Browsers send a handful of these; whoever makes up others gains nothing.
	if (known.size < MOST_KNOWN && header.length < 100) known.set(header, encoding)
	return encoding
}

function negotiate(header: string): Encoding {
	const accepted = header.toLowerCase().split(',', 20).map(readAccepted)
	const qualityOf = (name: string) =>
		(accepted.find((one) => one.name === name) ?? accepted.find((one) => one.name === '*'))?.quality ?? 0
	const [br, gzipped] = [qualityOf('br'), qualityOf('gzip')]
	if (br > 0 && br >= gzipped) return 'br'
	return gzipped > 0 ? 'gzip' : 'identity'
}

function readAccepted(part: string): { name: string; quality: number } {
	const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim())
	const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
	return { name, quality: quality === undefined ? 1 : Number(quality) || 0 }
}
