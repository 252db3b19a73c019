import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib'
import { FetchError } from './fetch-error.ts'

/** The encodings of content that are asked for. */
export const ENCODINGS = 'gzip, deflate, br'

/**
 * Reads and decompresses a body of at most so many bytes, before and after: more is cut off while it comes, or while
 * it is decompressed. @throws FetchError, or Error when it breaks off
 */
export async function readBody(body: AsyncIterable<Buffer>, encoding: string, most: number): Promise<Buffer> {
	const decompress = decompressor(encoding)
	const raw = await collect(body, most)
	if (!decompress || raw.length === 0) return raw
	try {
		return await decompress(raw, { maxOutputLength: most })
	} catch (error) {
		throw (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? new FetchError('large') : error
	}
}

type Decompress = (raw: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>

function decompressor(encoding: string): Decompress | undefined {
	switch (encoding.trim().toLowerCase()) {
		case '':
		case 'identity':
			return undefined
		case 'gzip':
		case 'x-gzip':
			return promisify(gunzip)
		case 'deflate':
			// Some servers leave out the wrapping that the name stands for.
			return (raw, options) => promisify((raw[0]! & 0x0f) === 8 ? inflate : inflateRaw)(raw, options)
		case 'br':
			return promisify(brotliDecompress)
		default:
			throw new FetchError('type')
	}
}

async function collect(body: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
	const chunks: Buffer[] = []
	let bytes = 0
	for await (const chunk of body) {
		bytes += chunk.length
		if (bytes > most) throw new FetchError('large')
		chunks.push(chunk)
	}
	return Buffer.concat(chunks)
}
