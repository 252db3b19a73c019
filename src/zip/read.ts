import { text } from 'node:stream/consumers'
import { type Entry, openPromise, type ZipFile } from 'yauzl'

/** How large an archive may be when it is unpacked, and of how many members. */
export interface Bounds {
	members: number
	/** Times that a member, and all together, may grow. */
	ratio: number
	/** Bytes below which the ratio doesn't count. */
	small: number
}

/** What is wrong with an archive. */
export class BadArchive extends Error {
	override name = 'BadArchive'
}

/** An archive whose list of members has been read and found good. */
export interface Archive {
	/** Bytes of each member by name. */
	members: Map<string, number>
	/** The content of a member, never longer than the list says. */
	read(name: string): AsyncIterable<Buffer>
	/** The content of a small member. @throws BadArchive when it is longer than `most` bytes */
	text(name: string, most: number): Promise<string>
	close(): void
}

const UNIX_KIND = 0o170000
const FILE = 0o100000

/**
 * Opens a zip archive and reads its list of members; no name climbs out, none is a link or a folder, none comes twice.
 * @throws BadArchive
 */
export async function openZip(file: string, bounds: Bounds): Promise<Archive> {
	const zip = await openPromise(file, { autoClose: false, lazyEntries: true, strictFileNames: true }).catch(refuse)
	try {
		return archiveOf(zip, await listEntries(zip, bounds))
	} catch (error) {
		zip.close()
		throw error
	}
}

async function listEntries(zip: ZipFile, bounds: Bounds): Promise<Map<string, Entry>> {
	if (zip.entryCount > bounds.members) throw new BadArchive(`it has ${zip.entryCount} members, more than any can have`)
	const entries = new Map<string, Entry>()
	const bomb = () => new BadArchive('it would grow out of all proportion')
	let bytes = 0
	for await (const entry of eachEntry(zip)) {
		const { fileName, uncompressedSize, compressedSize } = entry
		const kind = (entry.externalFileAttributes >>> 16) & UNIX_KIND
		if ((kind !== 0 && kind !== FILE) || fileName.endsWith('/'))
			throw new BadArchive(`${shown(fileName)} is no plain file`)
		if (entry.isEncrypted()) throw new BadArchive(`${shown(fileName)} is encrypted`)
		if (entries.has(fileName)) throw new BadArchive(`it has ${shown(fileName)} twice`)
		entries.set(fileName, entry)
		bytes += uncompressedSize
		if (uncompressedSize > bounds.small + compressedSize * bounds.ratio) throw bomb()
		if (bytes > bounds.small + zip.fileSize * bounds.ratio) throw bomb()
	}
	return entries
}

async function* eachEntry(zip: ZipFile): AsyncGenerator<Entry> {
	try {
		yield* zip.eachEntry()
	} catch (error) {
		refuse(error as Error)
	}
}

/** A name from outside, fit for a line on a terminal. */
function shown(name: string): string {
	return JSON.stringify(name.slice(0, 100))
}

function refuse(error: Error): never {
	throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? error : new BadArchive(error.message.split('\n')[0]!)
}

function archiveOf(zip: ZipFile, entries: Map<string, Entry>): Archive {
	async function* read(name: string): AsyncGenerator<Buffer> {
		const entry = entries.get(name)
		if (!entry) throw new BadArchive(`it has no ${name}`)
		try {
			yield* await zip.openReadStreamPromise(entry)
		} catch (error) {
			refuse(error as Error)
		}
	}
	return {
		members: new Map([...entries].map(([name, { uncompressedSize }]) => [name, uncompressedSize])),
		read,
		text(name, most) {
			if ((entries.get(name)?.uncompressedSize ?? 0) > most) throw new BadArchive(`its ${name} is too long`)
			return text(read(name))
		},
		close: () => zip.close(),
	}
}
