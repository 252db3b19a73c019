import type { Writable } from 'node:stream'
import type { Config } from '../config.ts'
import { listMigrations } from '../db/migrate.ts'
import { openSnapshot, type Row, type Snapshot } from '../db/snapshot.ts'
import type { Storage } from '../storage/storage.ts'
import { VERSION } from '../version.ts'
import { type Content, writeZip } from '../zip/write.ts'
import { filesOf, packFiles, type StoredFile } from './files.ts'
import { FORMAT, MANIFEST, type Manifest, MEDIA_LIST, tableMember } from './manifest.ts'
import { KEPT } from './tables.ts'

/** What is backed up. */
export interface Source {
	config: Pick<Config, 'databaseUrl' | 'siteUrl' | 'languages'>
	storage: Storage
	now: number
	/** Hears the name of each member when it is begun. */
	onMember?: (name: string) => void
}

/**
 * Writes a backup of the present state into a stream while the blog goes on: see docs/backups.md for the format.
 * Gives what the backup says about itself.
 */
export async function writeBackup(source: Source, out: Writable): Promise<Manifest> {
	const snapshot = await openSnapshot(source.config.databaseUrl)
	try {
		return await write(source, snapshot, out)
	} finally {
		await snapshot.close()
	}
}

async function write(source: Source, snapshot: Snapshot, out: Writable): Promise<Manifest> {
	const { config, storage, now, onMember } = source
	const zip = writeZip(out, { sealed: true })
	const members: Manifest['members'] = {}
	const add = async (name: string, content: Content, options?: { stored?: boolean }) => {
		onMember?.(name)
		members[name] = await zip.add(name, content, options)
		return members[name]
	}
	const tables: Manifest['tables'] = {}
	const keys = new Set<string>()
	const migrations = await snapshot.migrations()
	await refuseNewer(migrations)
	// A database that an older program has left hasn't all of them yet.
	const here = await snapshot.tables()
	for (const table of KEPT.filter((table) => here.includes(table))) {
		await add(
			tableMember(table),
			linesOf(snapshot.rows(table), (row) => {
				tables[table] = (tables[table] ?? 0) + 1
				for (const key of filesOf(table, row)) keys.add(key)
			}),
		)
		tables[table] ??= 0
	}
	const files: StoredFile[] = []
	const missing = await packFiles({ storage, add }, keys, (file) => files.push(file))
	await add(MEDIA_LIST, files.map((file) => `${JSON.stringify(file)}\n`).join(''))
	const manifest: Manifest = {
		...{ program: 'otklik', format: FORMAT, version: VERSION, made: new Date(now).toISOString() },
		...{ site: config.siteUrl, languages: config.languages },
		...{ migrations, numbers: await snapshot.numbers() },
		...{ tables, files: files.length, missing, members },
	}
	await zip.add(MANIFEST, `${JSON.stringify(manifest, null, '\t')}\n`, { stored: true })
	await zip.end()
	return manifest
}

async function refuseNewer(migrations: string[]): Promise<void> {
	const known = await listMigrations()
	const newer = migrations.find((name) => !known.includes(name))
	if (newer) throw new Error(`the database is newer than this program (it has ${newer}): update Otklik`)
}

async function* linesOf(batches: AsyncIterable<Row[]>, onRow: (row: Row) => void): AsyncGenerator<string> {
	for await (const rows of batches) {
		rows.forEach(onRow)
		yield rows.map((row) => `${JSON.stringify(row)}\n`).join('')
	}
}
