import { statfs } from 'node:fs/promises'
import { compareMigrations } from '../db/migrate.ts'
import type { Db } from '../db/schema.ts'
import { readVersions } from '../db/versions.ts'
import { gatherSnapshots } from '../metrics/gather.ts'
import { snapshotOf } from '../metrics/snapshot.ts'
import type { Blog, Context } from './context.ts'

/** Milliseconds: who watches doesn't wait for long. */
const PATIENCE = 3_000
const JOBS_PATIENCE = 60_000
/** Bytes: with less there is no room for the next pages of a database and its journal. */
const LEAST_ROOM = 16 * 1024 * 1024
/** A database that was migrated is asked again after this time. */
const MIGRATED = 10_000

/** The process runs. */
export function healthz(ctx: Context): void {
	ctx.set('Cache-Control', 'no-store')
	ctx.type = 'text'
	ctx.body = 'ok\n'
}

/** Whether the blog can serve, and if not, why: 200 or 503 with JSON, `checks` has `ok` or a reason for each. */
export async function readyz(ctx: Context): Promise<void> {
	ctx.set('Cache-Control', 'no-store')
	const { blog } = ctx
	if (blog.isStopping()) return answer(ctx, 'stopping', {})
	const [database, migrations, disk, jobs] = await Promise.all([
		tell(readVersions(blog.db), 'does not answer'),
		tell(pendingOf(blog.db), 'not known'),
		tell(roomIn(blog.config.dataDir), 'DATA_DIR can not be read'),
		tell(jobsOf(blog), 'not known'),
	])
	const checks = { database, migrations, disk, jobs }
	answer(ctx, Object.values(checks).every((check) => check === 'ok') ? 'ready' : 'not ready', checks)
}

function answer(ctx: Context, status: 'ready' | 'not ready' | 'stopping', checks: Record<string, string>): void {
	ctx.status = status === 'ready' ? 200 : 503
	ctx.body = { status, checks }
}

/** What a check says is wrong, else `ok`; of an error nothing is told, for it may name servers and people. */
async function tell(check: Promise<unknown>, failure: string): Promise<string> {
	const { promise: late, resolve } = Promise.withResolvers<string>()
	const timer = setTimeout(() => resolve(failure), PATIENCE)
	const told = check.then(
		(problem) => (typeof problem === 'string' ? problem : 'ok'),
		() => failure,
	)
	return Promise.race([told, late]).finally(() => clearTimeout(timer))
}

const migrated = new WeakMap<Db, number>()

async function pendingOf(db: Db): Promise<string | undefined> {
	if (performance.now() - (migrated.get(db) ?? Number.NEGATIVE_INFINITY) < MIGRATED) return undefined
	const { pending } = await compareMigrations(db)
	if (pending.length > 0) return `pending: ${pending.join(', ')}`
	migrated.set(db, performance.now())
	return undefined
}

async function roomIn(folder: string): Promise<string | undefined> {
	const { bavail, bsize } = await statfs(folder)
	const room = bavail * bsize
	return room < LEAST_ROOM ? `${Math.floor(room / 1024 / 1024)} MB left in DATA_DIR` : undefined
}

/** Of several processes one does the jobs; a blog that was just started, or serves aside, has none yet. */
async function jobsOf(blog: Blog): Promise<string | undefined> {
	const snapshots = await gatherSnapshots(() => snapshotOf(blog))
	const ages = snapshots.flatMap(({ jobsAge }) => jobsAge ?? [])
	if (ages.length === 0) return snapshots.length > 1 ? 'no process does them' : undefined
	const age = Math.min(...ages)
	return age > JOBS_PATIENCE ? `nobody has looked for them for ${Math.round(age / 1000)} s` : undefined
}
