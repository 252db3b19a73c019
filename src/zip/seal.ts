import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Transform } from 'node:stream'

const LENGTH = 64
const LABEL = 'sha256:'

/** The comment of an archive that is to be sealed. */
export const SEAL_TO_COME = LABEL + '0'.repeat(LENGTH)

/**
 * Writes into the end of an archive, in the place of SEAL_TO_COME, the SHA-256 of all that is before: no bit of it can
 * change unseen, not even where nothing else is told by it.
 */
export function seal(): Transform {
	const hash = createHash('sha256')
	let end = Buffer.alloc(0)
	return new Transform({
		transform(chunk: Buffer, _, done) {
			const all = Buffer.concat([end, chunk])
			const sure = all.subarray(0, Math.max(0, all.length - LENGTH))
			end = all.subarray(sure.length)
			hash.update(sure)
			done(null, sure)
		},
		flush(done) {
			done(null, hash.digest('hex'))
		},
	})
}

/** Whether a file ends with the seal of what is before. */
export async function isSealed(file: string): Promise<boolean> {
	const { size } = await stat(file)
	if (size <= LENGTH) return false
	const hash = createHash('sha256')
	for await (const chunk of createReadStream(file, { end: size - LENGTH - 1 })) hash.update(chunk as Buffer)
	let end = ''
	for await (const chunk of createReadStream(file, { start: size - LENGTH })) end += chunk
	return end === hash.digest('hex')
}
