import { createHash } from 'node:crypto'
import type { Config } from '../config.ts'
import { reserveNumbers } from '../db/dialect.ts'
import { replaceDatabase } from '../db/replace.ts'
import type { Db } from '../db/schema.ts'
import type { Row } from '../db/snapshot.ts'
import type { Storage } from '../storage/storage.ts'
import { jsonLines } from './lines.ts'
import { type Manifest, NotRestorable, tableMember } from './manifest.ts'
import { beginAnew, indexAll, insertRows } from './queries.ts'
import { KEPT, TABLES } from './tables.ts'
import { listFiles, openBackup, type Progress, packsOf, type Verified } from './verify.ts'

/** Where a backup goes. */
export interface Target {
	config: Pick<Config, 'databaseUrl'>
	storage: Storage
	now: number
	progress?: Progress
}

/** What came of a restore. */
export interface Restored {
	manifest: Manifest
	/** Where the old database is; none when there was none. */
	kept?: string
	/** Files of the storage that were others than those in the backup, by where they are now. */
	replaced: string[]
}

/**
 * Puts a backup in the place of a database and adds its files to the storage. All of it is checked before anything is
 * touched; the database is the old one until it is the new one as a whole, and the old one is kept.
 * @throws NotRestorable when the file isn't good; Error when a blog runs on the database
 */
export async function restoreBackup(target: Target, file: string): Promise<Restored> {
	const verified = await openBackup(file, target.progress)
	const { manifest, archive } = verified
	const stamp = new Date(target.now)
		.toISOString()
		.replace(/[-:]|\..*/g, '')
		.replace('T', '_')
	const replaced: string[] = []
	try {
		const kept = await replaceDatabase(target.config.databaseUrl, {
			tables: TABLES,
			migrations: manifest.migrations,
			stamp,
			load: (db) => loadTables(db, verified, target.progress),
			async finish(db) {
				await indexAll(db)
				await beginAnew(db)
				// Last of all that may fail but the change of the databases: files that only the new one names harm nobody.
				replaced.push(...(await unpackFiles(target.storage, verified, stamp)))
			},
		})
		return { manifest, kept, replaced }
	} finally {
		archive.close()
	}
}

async function loadTables(db: Db, { manifest, archive }: Verified, progress?: Progress): Promise<void> {
	for (const table of KEPT) {
		const expected = manifest.tables[table]
		if (expected === undefined) continue
		const name = tableMember(table)
		const rows = jsonLines(counted(archive.read(name), progress)) as AsyncIterable<Row>
		const { count, greatest } = await insertRows(db, table, rows)
		if (count !== expected) throw new NotRestorable(`${name} has ${count} rows instead of ${expected}`)
		const number = Math.max(manifest.numbers[table] ?? 0, greatest)
		if (number > 0) await reserveNumbers(db, table, number)
	}
}

async function* counted(content: AsyncIterable<Buffer>, progress?: Progress) {
	for await (const part of content) {
		progress?.advance(part.length)
		yield part
	}
}

/** Adds the files; one that is there with another content is put aside first. */
async function unpackFiles(storage: Storage, { archive }: Verified, stamp: string): Promise<string[]> {
	const replaced: string[] = []
	const packs = bytesOf(packsOf(archive).map((name) => archive.read(name)))
	for await (const { key, bytes, sha256 } of listFiles(archive)) {
		const content = await packs.take(bytes)
		if (hashOf(content) !== sha256) throw new NotRestorable(`the file ${key} isn’t what its checksum says`)
		const there = await storage.read(key)
		if (there && hashOf(there) === sha256) continue
		if (there) {
			const aside = `before_${stamp}/${key}`
			await storage.put(aside, there)
			replaced.push(aside)
		}
		await storage.put(key, content)
	}
	return replaced
}

function hashOf(content: Buffer): string {
	return createHash('sha256').update(content).digest('hex')
}

/** Takes bytes off the front of several contents. */
function bytesOf(contents: AsyncIterable<Buffer>[]) {
	const parts = (async function* () {
		for (const content of contents) yield* content
	})()
	let rest = Buffer.alloc(0)
	return {
		async take(count: number): Promise<Buffer> {
			const taken: Buffer[] = []
			let missing = count
			while (missing > 0) {
				if (rest.length === 0) {
					const { value, done } = await parts.next()
					if (done) throw new NotRestorable('its files end too early')
					rest = value as Buffer<ArrayBuffer>
				}
				taken.push(rest.subarray(0, missing))
				rest = rest.subarray(missing)
				missing -= taken.at(-1)!.length
			}
			return Buffer.concat(taken)
		},
	}
}
