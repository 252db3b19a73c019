import { stat } from 'node:fs/promises'
import type { Config } from '../config.ts'
import type { Storage } from '../storage/storage.ts'
import { writeWhole } from '../zip/file.ts'
import { writeBackup } from './make.ts'
import { NotRestorable } from './manifest.ts'
import { copyTo, openBucket } from './place.ts'
import { restoreBackup } from './restore.ts'
import { KEPT } from './tables.ts'
import type { Progress } from './verify.ts'

/** What both commands need. */
export interface Room {
	config: Config
	storage: Storage
	progress: Progress & { stop(): void }
}

/**
 * `otklik backup FILE [--to s3://…]`: gives what is to be said.
 * @throws ConfigError when `to` is no bucket; Error when the backup can't be made
 */
export async function backupCommand({ config, storage, progress }: Room, file: string, to?: string): Promise<string> {
	const bucket = to === undefined ? undefined : await openBucket(to)
	progress.start(KEPT.length + 1)
	const onMember = () => progress.advance(1)
	const manifest = await writeWhole(file, (out) => writeBackup({ config, storage, now: Date.now(), onMember }, out))
	progress.stop()
	const { size } = await stat(file)
	if (bucket) await copyTo(bucket, file, size)
	const rows = Object.values(manifest.tables).reduce((sum, count) => sum + count, 0)
	return [
		`Backed up ${rows} rows and ${manifest.files} files to ${file}${bucket ? ' and the bucket' : ''} (${size} bytes)`,
		...manifest.missing.map((key) => `Not in the storage: ${key}`),
	].join('\n')
}

/**
 * `otklik restore FILE`: gives what is to be said.
 * @throws Error in one line when the file is no good backup or a blog runs on the database; nothing is touched then
 */
export async function restoreCommand({ config, storage, progress }: Room, file: string): Promise<string> {
	const { manifest, kept, replaced } = await restoreBackup({ config, storage, now: Date.now(), progress }, file).catch(
		(error) => {
			throw error instanceof NotRestorable ? new Error(`${file} can’t be restored: ${error.message}`) : error
		},
	)
	progress.stop()
	const lacking = manifest.languages.filter((code) => !config.languages.includes(code))
	return [
		`Restored the backup of ${manifest.made} of ${manifest.site}, with ${manifest.files} files`,
		...(kept ? [`What was there before is in ${kept}`] : []),
		...replaced.map((key) => `A file that was another one is now ${key} in the storage`),
		...manifest.missing.map((key) => `It never had the file ${key}`),
		...(lacking.length > 0 ? [`The blog also had the languages ${lacking.join(', ')}: add them to LANGUAGES`] : []),
	].join('\n')
}
