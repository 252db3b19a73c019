import { createHash } from 'node:crypto'
import { Readable, type Transform, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { SEAL_TO_COME, seal } from './seal.ts'

/** What a member of an archive came to. */
export interface Written {
	bytes: number
	/** Hexadecimal. */
	sha256: string
}

export type Content = string | Buffer | AsyncIterable<string | Buffer>

/** An archive that is being written, one member after the other; memory doesn't grow with them. */
export interface ZipWriter {
	/** Adds a member; `stored` leaves it as it is, for what doesn't get smaller. */
	add(name: string, content: Content, options?: { stored?: boolean }): Promise<Written>
	/** Resolves when all of it has gone out. */
	end(): Promise<void>
}

/**
 * Writes a zip archive into a stream, with a seal at its end if it is to be sealed (see `seal`). A failure of the
 * stream or of a content ends the stream and is thrown by whichever method is called then.
 */
export function writeZip(out: Writable, { sealed = false }: { sealed?: boolean } = {}): ZipWriter {
	const zip = new ZipFile()
	const from = zip.outputStream as Readable
	zip.on('error', (error) => from.destroy(error))
	const through: Transform[] = sealed ? [seal()] : []
	const done = pipeline([from, ...through, out])
	const failed = done.then(() => new Promise<never>(() => {}))
	failed.catch(() => {})
	return {
		add(name, content, { stored = false } = {}) {
			const { read, consumed } = measure(content)
			consumed.catch((error) => from.destroy(error))
			outOfPool(() => zip.addReadStreamLazy(name, { compress: !stored, mode: 0o100600 }, (give) => give(null, read())))
			return Promise.race([consumed, failed])
		},
		async end() {
			zip.end({ comment: sealed ? SEAL_TO_COME : '', forceZip64Format: false })
			await done
		},
	}
}

/** A name that the library keeps to the end would hold 64 KB of the pool that small buffers share. */
function outOfPool(add: () => void): void {
	const { poolSize } = Buffer
	Buffer.poolSize = 0
	add()
	Buffer.poolSize = poolSize
}

function measure(content: Content) {
	const { promise: consumed, resolve, reject } = Promise.withResolvers<Written>()
	const hash = createHash('sha256')
	let bytes = 0
	const measured = async function* () {
		try {
			const parts = typeof content === 'string' || Buffer.isBuffer(content) ? [content] : content
			// The library remembers for each member how it was read until the archive is whole.
			content = ''
			for await (const part of parts) {
				const buffer = Buffer.from(part)
				hash.update(buffer)
				bytes += buffer.length
				yield buffer
			}
			resolve({ bytes, sha256: hash.digest('hex') })
		} catch (error) {
			reject(error)
			throw error
		}
	}
	// Whoever waits has the error; the stream's own would end the process.
	return { read: () => Readable.from(measured(), { objectMode: false }).on('error', () => {}), consumed }
}
