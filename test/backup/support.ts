import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'
import { writeBackup } from '../../src/backup/make.ts'
import { readConfig } from '../../src/config.ts'
import { openStorage } from '../../src/storage/open.ts'
import { SEAL_TO_COME } from '../../src/zip/seal.ts'
import type { Database } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folders.ts'

/** A database with its storage; `empty` has no tables. */
export async function openPlace(
	database: Database,
	{ storageUrl, empty = false }: { storageUrl?: string; empty?: boolean } = {},
) {
	const { db, url, drop } = await database.create({ empty })
	// One that was never asked anything isn't closed by `destroy`.
	await db.introspection.getTables()
	const folder = temporaryFolder('data')
	const env = { DATABASE_URL: url, DATA_DIR: folder, ...(storageUrl && { STORAGE_URL: storageUrl }) }
	const config = readConfig(env)
	return { db, url, env, config, storage: await openStorage(config), drop }
}

export type Place = Awaited<ReturnType<typeof openPlace>>

/** Makes a backup of a place; gives the file. */
export async function backUp({ config, storage }: Pick<Place, 'config' | 'storage'>): Promise<string> {
	const file = join(temporaryFolder('backup'), 'blog.zip')
	await writeBackup({ config, storage, now: NOW }, createWriteStream(file))
	return file
}

/** Runs a command to its end. */
export async function otklik(args: string[], env: Record<string, string>) {
	const { child, said } = start(args, env)
	const [code] = (await once(child, 'close')) as [number | null]
	return { code, ...said }
}

/** Starts a command. */
export function start(args: string[], env: Record<string, string>) {
	const main = join(import.meta.dirname, '../../src/main.ts')
	const child = spawn(process.execPath, [main, ...args], { env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', ...env } })
	const said = { stdout: '', stderr: '' }
	for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (text) => (said[name] += text))
	return { child, said }
}

/** A member of an archive that somebody else has made. */
export interface Member {
	name: string
	content: string | Buffer
	/** Of the file in Unix, with its kind. */
	mode?: number
}

/** An archive with any members and a seal; a name may climb out. */
export async function archiveOf(members: Member[]): Promise<Buffer> {
	const zip = new ZipFile()
	// The library refuses such names, so they are put in afterwards.
	const names = members.map(({ name }) => name.replace(/\.\.|^\/|\\/g, (bad) => '~'.repeat(bad.length)))
	for (const [index, { content, mode = 0o100600 }] of members.entries()) {
		zip.addBuffer(Buffer.from(content), names[index]!, { mode })
	}
	zip.end({ comment: SEAL_TO_COME, forceZip64Format: false })
	let bytes = (await buffer(zip.outputStream as Readable)).toString('latin1')
	for (const [index, name] of names.entries()) bytes = bytes.replaceAll(name, members[index]!.name)
	return sealed(Buffer.from(bytes, 'latin1'))
}

/** The same bytes with a seal that fits them. */
export function sealed(bytes: Buffer): Buffer {
	const all = bytes.subarray(0, -64)
	return Buffer.concat([all, Buffer.from(createHash('sha256').update(all).digest('hex'))])
}
