import { createHash } from 'node:crypto'
import type { Row } from '../db/snapshot.ts'
import { readWidths, versionsOf } from '../media/versions.ts'
import type { Storage } from '../storage/storage.ts'
import type { ZipWriter } from '../zip/write.ts'

/** A file of the storage as a backup lists it. */
export interface StoredFile {
	key: string
	bytes: number
	sha256: string
}

/** Files stand one behind the other in packs of about this size: as members of their own they would be too many. */
const PACK_BYTES = 64 << 20

/** The files that a row of this table is about: an upload with its smaller versions, the picture of a writer. */
export function filesOf(table: string, row: Row): string[] {
	if (table === 'media') {
		const [path, width] = [row.path as string, row.width as number | null]
		const versions = width === null ? [] : versionsOf({ path, width }, readWidths(row.widths as string | null))
		return [path, ...versions.map((version) => version.path)]
	}
	const photo = table === 'comments' ? (row.photo as string) : ''
	return photo === '' || /^https?:/.test(photo) ? [] : [photo]
}

/** Adds files to an archive, in packs; tells of each that is there, and gives those that aren't. */
export async function packFiles(
	{ storage, add }: { storage: Storage; add: ZipWriter['add'] },
	keys: Iterable<string>,
	onFile: (file: StoredFile) => void,
): Promise<string[]> {
	const missing: string[] = []
	const left = Iterator.from(keys)
	let next = await nextFile()
	for (let number = 1; next; number++) {
		await add(`media/${String(number).padStart(4, '0')}.bin`, pack(), { stored: true })
	}
	return missing

	async function* pack() {
		let bytes = 0
		while (next && (bytes === 0 || bytes + next.content.length <= PACK_BYTES)) {
			const { key, content } = next
			bytes += content.length
			yield content
			onFile({ key, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') })
			next = await nextFile()
		}
	}

	async function nextFile(): Promise<{ key: string; content: Buffer } | undefined> {
		for (let one = left.next(); !one.done; one = left.next()) {
			const content = await storage.read(one.value)
			if (content) return { key: one.value, content }
			missing.push(one.value)
		}
	}
}
