import cluster from 'node:cluster'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBlog } from './app.ts'
import { setupLink } from './authors/links.ts'
import { tellConnections } from './balance.ts'
import type { Config } from './config.ts'
import { migrate } from './db/migrate.ts'
import { openDatabase } from './db/open.ts'
import { holdDatabase } from './db/presence.ts'
import type { Db } from './db/schema.ts'
import { wake } from './jobs/wake.ts'
import type { Worker } from './jobs/worker.ts'
import { openLog } from './log.ts'
import { tellSnapshots } from './metrics/gather.ts'
import { createMetrics } from './metrics/metrics.ts'
import { snapshotOf } from './metrics/snapshot.ts'
import { welcome } from './posts/welcome.ts'
import type { Message } from './processes.ts'
import { startServer } from './server.ts'
import { watchTheme } from './views/theme.ts'
import type { Blog } from './web/context.ts'

/** Readers come first: loading what the jobs need would hold up the first answers. */
const BEFORE_JOBS = 500
/** Before they are tried again when they can't begin. */
const PAUSE = 1_000

/** Milliseconds that a query may take on PostgreSQL, those of migrations included. */
const PATIENCE = 30_000

/** `otklik serve`: migrates, listens, and stops gracefully on SIGTERM and SIGINT; in one process or in several. */
export async function serve(config: Config, { watch = false }: { watch?: boolean }): Promise<void> {
	if (config.webConcurrency === 1) return serveAlone(config, watch)
	if (cluster.isWorker) return serveAmongOthers(config)
	const { serveByMany } = await import('./processes.ts')
	await serveByMany(config)
}

async function serveAlone(config: Config, watch: boolean): Promise<void> {
	const { blog, running, runJobs, stop } = await start(config)
	const unwatch = watch ? watchBlog(blog) : () => {}
	const end = () => {
		unwatch()
		// Whatever still has a timer or a connection open is of no more use.
		void stop().then(() => process.exit())
	}
	process.once('SIGTERM', end)
	process.once('SIGINT', end)
	// Renews several processes; one alone would just end by it, unless it is the terminal that goes.
	if (!process.stdin.isTTY) process.on('SIGHUP', () => blog.log.warn('one process is not renewed: restart it'))
	await tellSetupLink(blog)
	// The last word: who reads it may stop the process at once.
	process.stdout.write(`Listening on ${running.url}\n`)
	await sleep(BEFORE_JOBS)
	await runJobs()
}

/** One of several processes: serves, and does the jobs and stops when it is told to. */
async function serveAmongOthers(config: Config): Promise<void> {
	const { blog, running, runJobs, stop } = await start(config)
	const end = () => void stop().then(() => process.exit())
	tellConnections(running)
	tellSnapshots(() => snapshotOf(blog))
	process.on('message', (message: Message) => {
		if (message === 'run jobs') void runJobs()
		if (message === 'wake') wake()
		if (message === 'stop') end()
	})
	process.once('disconnect', end)
	// Nobody is left to tell anything to, while the last answers are given.
	process.on('error', () => {})
	process.once('SIGTERM', end)
	// A terminal interrupts all processes at once: the first one tells the others what to do.
	process.on('SIGINT', () => {})
	if (cluster.worker?.id === 1) await tellSetupLink(blog)
	process.send?.('ready' satisfies Message)
}

async function start(config: Config) {
	const release = await holdDatabase(config.databaseUrl)
	const metrics = createMetrics()
	const db = openDatabase(config.databaseUrl, { pool: config.dbPool, patience: PATIENCE, onQuery: metrics.countQuery })
	await migrate(db)
	const blog = await createBlog({ config, db, log: openLog(config.logLevel), metrics })
	await welcome(blog)
	const running = await startServer(blog)
	let jobs: Promise<Worker | undefined> | undefined
	let stopped: Promise<void> | undefined
	const stopAll = async () => {
		await Promise.all([running.stop(), jobs?.then((worker) => worker?.stop())])
		await db.destroy()
		await release()
	}
	return {
		blog,
		running,
		/** Does the jobs too, from now on, or from when the database lets it. */
		async runJobs(): Promise<void> {
			while (!stopped && !jobs) {
				jobs = startJobsOf(blog)
				if (await jobs) return
				jobs = undefined
				await sleep(PAUSE)
			}
		},
		stop(): Promise<void> {
			stopped ??= stopAll()
			return stopped
		},
	}
}

/** Begins with the jobs; gives nothing when that can't be yet. */
async function startJobsOf(blog: Blog): Promise<Worker | undefined> {
	try {
		const { startJobs } = await import('./work.ts')
		return await startJobs(blog)
	} catch (error) {
		blog.log.error({ err: error }, 'the jobs can not begin')
		return undefined
	}
}

/** Serves a blog to this program alone, beside one that may be running: it does no jobs, keeps no pages, counts nobody. */
export async function serveAside(config: Config, db: Db) {
	const own = { ...config, host: '127.0.0.1', port: 0, pageCache: 0 }
	const blog = await createBlog({ config: own, db, log: openLog('silent') })
	const running = await startServer(blog)
	return { blog, url: running.url, close: running.stop }
}

/** Tells the one-time link, as long as there is no owner who can sign in. */
async function tellSetupLink({ db, config }: Blog): Promise<void> {
	const link = await setupLink({ db, siteUrl: config.siteUrl })
	if (link) process.stdout.write(`Set-up link: ${link}\n`)
}

function watchBlog(blog: Blog): () => void {
	const { adminTheme, catalog, log, pages } = blog
	// Another theme may have been chosen meanwhile.
	const current = { folder: blog.theme.folder, reload: () => blog.theme.reload() }
	const unwatch = watchTheme(current, (error) => {
		if (error) log.error(error.message)
		else catalog.addThemeStrings(blog.theme.strings)
		pages?.forget('all')
	})
	const unwatchAdmin = watchTheme(adminTheme, (error) => error && log.error(error.message))
	return () => {
		unwatch()
		unwatchAdmin()
	}
}
