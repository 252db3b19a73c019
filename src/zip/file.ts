import { createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Writable } from 'node:stream'

/**
 * Makes a file that only its owner may read: it is under its name when it is whole and on the disk, not before.
 * A file of that name is replaced then.
 */
export async function writeWhole<T>(file: string, write: (out: Writable) => Promise<T>): Promise<T> {
	const part = `${file}.part`
	await mkdir(dirname(file), { recursive: true })
	// The rights of a file that is there would stay.
	await rm(part, { force: true })
	try {
		const result = await write(createWriteStream(part, { mode: 0o600, flags: 'wx', flush: true }))
		await rename(part, file)
		await syncFolder(dirname(file))
		return result
	} catch (error) {
		await rm(part, { force: true })
		throw error
	}
}

async function syncFolder(folder: string): Promise<void> {
	const handle = await open(folder, 'r')
	await handle.sync().finally(() => handle.close())
}
