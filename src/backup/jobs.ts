import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Handler } from '../jobs/attempt.ts'
import { enqueue } from '../jobs/queries.ts'
import { nextTime } from '../jobs/schedule.ts'
import { wake } from '../jobs/wake.ts'
import { loadSettings } from '../settings/settings.ts'
import type { Blog } from '../web/context.ts'
import { writeWhole } from '../zip/file.ts'
import { writeBackup } from './make.ts'
import { copyTo, isBucket, openBucket } from './place.ts'
import { fileName, outdated, type Plan, shownPlace } from './plan.ts'
import { endRun, insertRun, isBegunSince } from './runs-queries.ts'

type Room = Pick<Blog, 'db' | 'config' | 'storage' | 'clock' | 'log' | 'catalog'>

/** The kind of job that makes a backup. */
export const BACKUP = 'backup'
const DAY = 24 * 60 * 60 * 1000

/** The jobs of backups, by kind. */
export function backupHandlers(blog: Room): Record<string, Handler> {
	return {
		'backup-due': () => beginIfDue(blog),
		[BACKUP]: (_, { signal }) => makeBackup(blog, signal),
	}
}

/** The folder of backups, unless another place was chosen. */
export function folderOf({ config }: Pick<Blog, 'config'>, { to }: Plan): string {
	return to === '' || isBucket(to) ? join(config.dataDir, 'backups') : to
}

/** Begins a backup when its hour has come since the last one, also when the blog was off then. */
async function beginIfDue({ db, config, clock, catalog }: Room): Promise<void> {
	const { backups } = await loadSettings(db, catalog)
	if (!backups.on) return
	const last = nextTime(`0 ${backups.hour} * * *`, config.timezone, clock() - DAY)
	if (await isBegunSince(db, last)) return
	await db.transaction().execute((trx) => enqueue(trx, BACKUP, null, { key: 'one' }))
	wake()
}

/** Makes a backup and notes what came of it. @throws Error when it failed, so that it is tried again */
async function makeBackup(blog: Room, signal: AbortSignal): Promise<void> {
	const { db, clock, catalog } = blog
	const { backups: plan } = await loadSettings(db, catalog)
	const name = fileName(clock())
	const place = isBucket(plan.to) ? shownPlace(plan.to) : folderOf(blog, plan)
	const id = await insertRun(db, { name, place, started_at: clock() })
	try {
		const bytes = await write(blog, plan, name, signal)
		await endRun(db, id, { state: 'done', bytes, ended_at: clock() })
	} catch (error) {
		const reason = String((error as Error).message).split('\n')[0]!
		await endRun(db, id, { state: 'failed', error: reason.slice(0, 300), ended_at: clock() })
		throw error
	}
}

async function write(blog: Room, plan: Plan, name: string, signal: AbortSignal): Promise<number> {
	const { config, storage, clock } = blog
	const folder = folderOf(blog, plan)
	await mkdir(folder, { recursive: true, mode: 0o700 })
	const file = join(folder, name)
	const onMember = () => signal.throwIfAborted()
	await writeWhole(file, (out) => writeBackup({ config, storage, now: clock(), onMember }, out))
	const { size } = await stat(file)
	if (!isBucket(plan.to)) {
		for (const old of outdated(await readdir(folder), plan.keep)) await rm(join(folder, old))
		return size
	}
	try {
		const bucket = await openBucket(plan.to)
		await copyTo(bucket, file, size)
		for (const old of outdated(await bucket.list(''), plan.keep)) await bucket.remove(old)
	} finally {
		await rm(file)
	}
	return size
}
