import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import busboy from 'busboy'
import { HttpError } from '../errors.ts'
import type { Context } from './context.ts'
import { MOST_BYTES } from './fields.ts'
import { allowUpload } from './patience.ts'

/** What a `multipart/form-data` body may hold. */
export interface Bounds {
	/** Bytes of the whole body, of a file, and the number of files. */
	body: number
	file: number
	files: number
}

export interface ReceivedFile {
	/** The name of its field. */
	field: string
	/** As the sender calls it: any text. */
	name: string
	/** Where it lies; a file that was too large is cut off. */
	file: string
	isTooLarge: boolean
}

const MOST_FIELDS = 100
/** Of all fields together: a text of a post comes so too. */
const MOST_FIELD_BYTES = MOST_BYTES

/**
 * Reads a `multipart/form-data` body: fields, and files written into `folder`, whose bytes pass by without being kept
 * in memory. An empty file field of a form is left out.
 * @throws HttpError 415 for another type, 413 above the bounds, 400 when it is broken or its sender goes away; what the
 * disk says when it can't be written to
 */
export async function readMultipart(
	ctx: Context,
	folder: string,
	bounds: Bounds,
): Promise<{ fields: URLSearchParams; files: ReceivedFile[] }> {
	if (!ctx.is('multipart/form-data')) throw new HttpError(415)
	// Told beforehand nothing of it is read.
	if (Number(ctx.get('Content-Length')) > bounds.body) throw tooLarge()
	const parser = parserOf(ctx, bounds)
	allowUpload(ctx.req)
	const fields = new URLSearchParams()
	const files: ReceivedFile[] = []
	const writing: Promise<void>[] = []
	const { promise: isOver, reject: end } = Promise.withResolvers<never>()
	let room = MOST_FIELD_BYTES
	parser.on('field', (name, value, { valueTruncated }) => {
		room -= valueTruncated ? room + 1 : Buffer.byteLength(value)
		if (room >= 0) fields.append(name, value.replaceAll('\0', ''))
	})
	parser.on('file', (field, stream, { filename: name }) => {
		if (!name) return void stream.resume()
		const received = { field, name, file: join(folder, String(files.length)), isTooLarge: false }
		files.push(received)
		stream.on('limit', () => {
			received.isTooLarge = true
		})
		const written = pipeline(stream, createWriteStream(received.file))
		// Nobody reads on for a file that can't be written.
		written.catch((error) => isOfDisk(error) && end(error))
		writing.push(written)
	})
	for (const event of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const) parser.on(event, () => end(tooLarge()))
	try {
		await Promise.race([pipeline(ctx.req.iterator({ destroyOnReturn: false }), counted(bounds.body), parser), isOver])
		await Promise.all(writing)
	} catch (error) {
		parser.destroy()
		await Promise.allSettled(writing)
		// What is broken, or whose sender goes away in the middle, is no fault of ours.
		throw error instanceof HttpError || isOfDisk(error) ? error : new HttpError(400, { Connection: 'close' })
	}
	if (room < 0) throw tooLarge()
	return { fields, files }
}

function parserOf(ctx: Context, { file, files }: Bounds): busboy.Busboy {
	const limits = { fileSize: file, files, fields: MOST_FIELDS, fieldSize: MOST_FIELD_BYTES, headerPairs: 100 }
	try {
		return busboy({ headers: ctx.req.headers, defParamCharset: 'utf8', limits })
	} catch {
		throw new HttpError(400)
	}
}

function isOfDisk(error: unknown): boolean {
	return ['open', 'write', 'close'].includes((error as NodeJS.ErrnoException).syscall ?? '')
}

/** Lets no more bytes pass than these. */
function counted(most: number): Transform {
	let bytes = 0
	return new Transform({
		transform(chunk: Buffer, _encoding, done) {
			bytes += chunk.length
			done(bytes > most ? tooLarge() : null, chunk)
		},
	})
}

function tooLarge(): HttpError {
	return new HttpError(413, { Connection: 'close' })
}
