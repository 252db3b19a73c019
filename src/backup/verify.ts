import { createHash } from 'node:crypto'
import { listMigrations } from '../db/migrate.ts'
import { type Archive, BadArchive, openZip } from '../zip/read.ts'
import { isSealed } from '../zip/seal.ts'
import type { StoredFile } from './files.ts'
import { jsonLines } from './lines.ts'
import {
	isCount,
	isHash,
	MANIFEST,
	type Manifest,
	MEDIA_LIST,
	NotRestorable,
	readManifest,
	tableMember,
} from './manifest.ts'

/** Packs of media are few; JSON gets some ten times smaller. */
const BOUNDS = { members: 20_000, ratio: 300, small: 64 << 20 }
const PACK = /^media\/\d+\.bin$/
const LONGEST_MANIFEST = 64 << 20

/** Hears how far the work has come; in bytes. */
export interface Progress {
	start(total: number): void
	advance(by: number): void
}

/** A backup that has been found whole. */
export interface Verified {
	manifest: Manifest
	archive: Archive
}

/**
 * Opens a backup and checks all of it: the seal, the list of members, the manifest, the checksum of each member, the
 * number of rows and files. Nothing is unpacked.
 * @throws NotRestorable with the reason, in one line
 */
export async function openBackup(file: string, progress?: Progress): Promise<Verified> {
	try {
		if (!(await isSealed(file))) throw new NotRestorable('it is cut short or damaged, or no backup of Otklik')
		const archive = await openZip(file, BOUNDS)
		try {
			const manifest = readManifest(await archive.text(MANIFEST, LONGEST_MANIFEST), await listMigrations())
			await verify(archive, manifest, progress)
			return { manifest, archive }
		} catch (error) {
			archive.close()
			throw error
		}
	} catch (error) {
		throw error instanceof BadArchive ? new NotRestorable(error.message) : error
	}
}

async function verify(archive: Archive, manifest: Manifest, progress?: Progress): Promise<void> {
	const { members, tables, files } = manifest
	const packs = Object.keys(members).filter((name) => PACK.test(name))
	const named = new Set([MANIFEST, MEDIA_LIST, ...packs, ...Object.keys(tables).map(tableMember)])
	const strange = [...archive.members.keys()].find((name) => !named.has(name))
	if (strange)
		throw new NotRestorable(`it has ${JSON.stringify(strange.slice(0, 100))}, which its manifest doesn’t know`)
	for (const name of named) if (!archive.members.has(name)) throw new NotRestorable(`it has no ${name}`)
	// Each byte is read twice: to be checked, and to be stored.
	progress?.start(2 * [...archive.members.values()].reduce((sum, bytes) => sum + bytes, 0))
	for (const name of named) {
		if (name === MANIFEST) continue
		if (!members[name]) throw new NotRestorable(`its manifest has no checksum of ${name}`)
		const { sha256, lines } = await digest(archive.read(name), progress)
		if (sha256 !== members[name].sha256) throw new NotRestorable(`${name} isn’t what its checksum says`)
		const rows = Object.entries(tables).find(([table]) => tableMember(table) === name)?.[1]
		if (rows !== undefined && rows !== lines) throw new NotRestorable(`${name} has ${lines} rows instead of ${rows}`)
	}
	if ((await countFiles(archive)) !== files) throw new NotRestorable('its list of files isn’t whole')
}

async function digest(content: AsyncIterable<Buffer>, progress?: Progress) {
	const hash = createHash('sha256')
	let lines = 0
	for await (const part of content) {
		hash.update(part)
		for (let at = part.indexOf(10); at !== -1; at = part.indexOf(10, at + 1)) lines++
		progress?.advance(part.length)
	}
	return { sha256: hash.digest('hex'), lines }
}

/** The files must be in the packs, one behind the other, and their names must stay in the storage. */
async function countFiles(archive: Archive): Promise<number> {
	let [count, bytes] = [0, 0]
	for await (const file of listFiles(archive)) {
		count++
		bytes += file.bytes
	}
	const packed = packsOf(archive).reduce((sum, name) => sum + archive.members.get(name)!, 0)
	if (bytes !== packed) throw new NotRestorable('its list of files isn’t that of the files in it')
	return count
}

/** The packs of media in their order. */
export function packsOf({ members }: Archive): string[] {
	return [...members.keys()].filter((name) => PACK.test(name)).sort((a, b) => numberOf(a) - numberOf(b))
}

function numberOf(pack: string): number {
	return Number(/\d+/.exec(pack)![0])
}

/** The files in the packs in their order. @throws NotRestorable when a name or a number is none */
export async function* listFiles(archive: Archive): AsyncGenerator<StoredFile> {
	for await (const line of jsonLines(archive.read(MEDIA_LIST))) {
		const { key, bytes, sha256 } = line as unknown as StoredFile
		if (!isCount(bytes) || !isHash(sha256) || !isInside(key)) throw new NotRestorable('its list of files is damaged')
		yield { key, bytes, sha256 }
	}
}

function isInside(key: unknown): boolean {
	return typeof key === 'string' && key.split('/').every((part) => /^[^.\\\p{Cc}][^\\\p{Cc}]*$/u.test(part))
}
