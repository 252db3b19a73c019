import { createBlog } from './app.ts'
import { tellSetupLink } from './authors/commands.ts'
import type { Config } from './config.ts'
import { migrate } from './db/migrate.ts'
import { openDatabase } from './db/open.ts'
import { openLog } from './log.ts'
import { welcome } from './posts/welcome.ts'
import { startServer } from './server.ts'
import { watchTheme } from './views/theme.ts'
import type { Blog } from './web/context.ts'
import { startJobs } from './work.ts'

/** `otklik serve`: migrates, listens, and stops gracefully on SIGTERM and SIGINT. */
export async function serve(config: Config, { watch = false }: { watch?: boolean }): Promise<void> {
	const db = openDatabase(config.databaseUrl, { pool: config.dbPool })
	await migrate(db)
	const blog = await createBlog({ config, db, log: openLog(config.logLevel) })
	await welcome(blog)
	const running = await startServer(blog)
	const worker = await startJobs(blog)
	const unwatch = watch ? watchBlog(blog) : () => {}
	const stop = async () => {
		unwatch()
		await Promise.all([running.stop(), worker.stop()])
		await db.destroy()
	}
	process.once('SIGTERM', stop)
	process.once('SIGINT', stop)
	await tellSetupLink(blog)
	// The last word: who reads it may stop the process at once.
	process.stdout.write(`Listening on ${running.url}\n`)
}

function watchBlog({ theme, adminTheme, catalog, log }: Blog): () => void {
	const unwatch = watchTheme(theme, (error) =>
		error ? log.error(error.message) : catalog.addThemeStrings(theme.strings),
	)
	const unwatchAdmin = watchTheme(adminTheme, (error) => error && log.error(error.message))
	return () => {
		unwatch()
		unwatchAdmin()
	}
}
