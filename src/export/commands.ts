import { stat } from 'node:fs/promises'
import type { Config } from '../config.ts'
import { writeWhole } from '../zip/file.ts'
import { type Exported, writeExport } from './archive.ts'
import { countPosts } from './queries.ts'
import { writeWxr } from './wxr/write.ts'

/** What both commands need. */
export type Room = Omit<Exported, 'now' | 'onPosts' | 'config'> & {
	config: Config
	progress: { start(total: number): void; advance(by: number): void; stop(): void }
}

/** `otklik export FILE.zip`: gives what is to be said. @throws Error when the file can't be written */
export async function exportCommand({ progress, ...room }: Room, file: string): Promise<string> {
	progress.start(await countPosts(room.db))
	const exported = { ...room, now: Date.now(), onPosts: progress.advance }
	const missing = await writeWhole(file, (out) => writeExport(exported, out))
	progress.stop()
	return [await told(file), ...missing.map((key) => `Not in the storage: ${key}`)].join('\n')
}

/** `otklik export wxr FILE`: gives what is to be said. @throws Error when the file can't be written */
export async function exportWxrCommand({ progress, ...room }: Room, file: string): Promise<string> {
	progress.start(await countPosts(room.db))
	await writeWhole(file, (out) => writeWxr({ ...room, now: Date.now(), onPosts: progress.advance }, out))
	progress.stop()
	return told(file)
}

async function told(file: string): Promise<string> {
	return `Exported to ${file} (${(await stat(file)).size} bytes)`
}
