import type { Config } from '../config.ts'
import { openDisk } from './disk.ts'
import type { Storage } from './storage.ts'

/** Opens the storage that STORAGE_URL names. */
export async function openStorage({ storageUrl }: Pick<Config, 'storageUrl'>): Promise<Storage> {
	if (storageUrl.startsWith('file:')) return openDisk(storageUrl.slice('file:'.length))
	// A blog on a disk doesn't need it, and it takes a while to load.
	return (await import('./s3.ts')).openBucket(storageUrl)
}
