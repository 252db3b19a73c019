import { countJobs } from '../jobs/queries.ts'
import { isSame } from '../posts/unlock.ts'
import type { Context } from '../web/context.ts'
import { isLoopback } from '../web/rate/address.ts'
import { gatherSnapshots } from './gather.ts'
import { snapshotOf } from './snapshot.ts'
import { sumUp } from './tally.ts'
import { writeMetrics } from './write.ts'

/** What the blog has counted, for Prometheus: for whoever has METRICS_TOKEN, else for this machine alone. */
export async function metrics(ctx: Context): Promise<void> {
	const { blog } = ctx
	ctx.set('Cache-Control', 'no-store')
	if (!mayRead(ctx)) return refuse(ctx)
	const now = blog.clock()
	const jobs = await countJobs(blog.db, now).catch(() => undefined)
	const snapshots = await gatherSnapshots(() => snapshotOf(blog))
	const { type, text } = await writeMetrics({ processes: snapshots.length, sum: sumUp(snapshots), jobs, now })
	ctx.set('Content-Type', type)
	ctx.body = text
}

function mayRead(ctx: Context): boolean {
	const { metricsToken } = ctx.blog.config
	if (metricsToken === '') return isHere(ctx)
	return isSame(/^Bearer +(.+)$/i.exec(ctx.get('Authorization'))?.[1] ?? '', metricsToken)
}

function refuse(ctx: Context): void {
	const isAskedForToken = ctx.blog.config.metricsToken !== ''
	if (isAskedForToken) ctx.set('WWW-Authenticate', 'Bearer')
	ctx.status = isAskedForToken ? 401 : 403
	ctx.type = 'text'
	ctx.body = isAskedForToken ? 'METRICS_TOKEN is asked for\n' : 'Without METRICS_TOKEN this is for this machine alone\n'
}

/** A proxy on this machine speaks for others, and says so. */
function isHere({ req }: Context): boolean {
	const isPassedOn = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].some((name) => name in req.headers)
	return !isPassedOn && isLoopback(req.socket.remoteAddress ?? '')
}
