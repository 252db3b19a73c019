import { Command, InvalidArgumentError } from 'commander'
import { pino } from 'pino'
import { createBlog } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { migrate } from './db/migrate.ts'
import { openDatabase } from './db/open.ts'
import type { Db } from './db/schema.ts'
import { welcome } from './posts/welcome.ts'
import { seed } from './seed/seed.ts'
import { startServer } from './server.ts'
import { watchTheme } from './views/theme.ts'

/** Every command of `otklik`. */
export function program(): Command {
	const otklik = new Command('otklik').description('A blog engine for people who write in more than one language')
	otklik.exitOverride((error) => {
		process.exit(error.exitCode === 0 ? 0 : 2)
	})
	otklik
		.command('serve')
		.description('serve the blog')
		.option('--watch', 'show edits of the theme at once')
		.action(serve)
	otklik.command('migrate').description('bring the database to the newest schema').action(migrateCommand)
	otklik
		.command('seed')
		.description('fill the blog with made-up posts and comments of ten years, the same each time')
		.requiredOption('--posts <n>', 'how many posts', wholeNumber)
		.requiredOption('--comments <n>', 'how many comments', wholeNumber)
		.action(seedCommand)
	return otklik
}

async function serve({ watch }: { watch?: boolean }): Promise<void> {
	const config = readConfig()
	const log = pino({ level: config.logLevel, base: null }, pino.destination(2))
	const db = await openMigrated(config)
	const blog = await createBlog({ config, db, log })
	await welcome(blog)
	const running = await startServer(blog)
	process.stdout.write(`Listening on ${running.url}\n`)
	const unwatch = watch
		? watchTheme(blog.theme, (error) =>
				error ? log.error(error.message) : blog.catalog.addThemeStrings(blog.theme.strings),
			)
		: undefined
	const stop = () => {
		unwatch?.()
		void running.stop()
	}
	process.once('SIGTERM', stop)
	process.once('SIGINT', stop)
}

async function migrateCommand(): Promise<void> {
	const db = openDatabase(readConfig().databaseUrl)
	const names = await migrate(db)
	await db.destroy()
	process.stdout.write(names.length ? `Migrated: ${names.join(', ')}\n` : 'The database is up to date\n')
}

async function openMigrated(config: Config): Promise<Db> {
	const db = openDatabase(config.databaseUrl, { pool: config.dbPool })
	await migrate(db)
	return db
}

async function seedCommand({ posts, comments }: { posts: number; comments: number }): Promise<void> {
	const config = readConfig()
	const db = await openMigrated(config)
	const { languages, timezone } = config
	const onProgress = (done: number) => process.stdout.write(`${done} of ${posts} posts\n`)
	await seed(db, { posts, comments, languages, timezone, now: Date.now(), onProgress })
	await db.destroy()
	process.stdout.write(`Seeded ${posts} posts and ${comments} comments\n`)
}

function wholeNumber(value: string): number {
	if (!/^\d{1,7}$/.test(value)) throw new InvalidArgumentError('It must be a whole number.')
	return Number(value)
}
