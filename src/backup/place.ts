import { basename } from 'node:path'
import { ConfigError } from '../errors.ts'
import { openStorage } from '../storage/open.ts'
import type { Storage } from '../storage/storage.ts'

/** What an S3 server takes in one piece. */
const MOST_BYTES = 5 * 1024 ** 3

/** Whether an address is that of a bucket, as STORAGE_URL names one. */
export function isBucket(url: string): boolean {
	const parsed = URL.parse(url)
	return (
		parsed?.protocol === 's3:' && !!parsed.username && !!parsed.password && /^(?:\/[\w.-]+)+\/?$/.test(parsed.pathname)
	)
}

/** Opens the bucket that backups are copied to. @throws ConfigError for another address */
export function openBucket(url: string): Promise<Storage> {
	if (!isBucket(url))
		throw new ConfigError('--to must be s3://KEY:SECRET@HOST[:PORT]/BUCKET[/FOLDER][?region=…][&tls=off]')
	return openStorage({ storageUrl: url })
}

/** Copies a backup into a bucket, under its own name. @throws Error when the bucket doesn't take it */
export async function copyTo(bucket: Storage, file: string, bytes: number): Promise<void> {
	if (bytes > MOST_BYTES) throw new Error('the backup is larger than 5 GB, which a bucket doesn’t take in one piece')
	await bucket.put(basename(file), { file })
}
