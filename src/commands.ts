import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { type Config, readConfig } from './config.ts'
import type { Db, ResponseStatus, Role } from './db/schema.ts'
import type { ImportOptions } from './transfer/commands.ts'
import type { Blog } from './web/context.ts'

const STATES: Record<string, ResponseStatus> = { approve: 'approved', hold: 'held', spam: 'spam', trash: 'trash' }
const ROLES: Role[] = ['owner', 'editor', 'author']

/** Every command of `otklik`; what a command needs is loaded when it is called. */
export function program(): Command {
	const otklik = new Command('otklik').description('A blog engine for people who write in more than one language')
	otklik.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
	otklik
		.command('serve')
		.description('serve the blog')
		.option('--watch', 'show edits of the theme at once')
		.action(serveCommand)
	otklik.command('migrate').description('bring the database to the newest schema').action(migrateCommand)
	otklik
		.command('import')
		.description('move a blog in')
		.command('wxr <file>')
		.description('import what WordPress exports (Tools → Export)')
		.option('--lang <code>', 'the language of posts that name none')
		.option('--detect', 'tell the language of such posts by their text')
		.option('--uploads <folder>', "the old blog's wp-content/uploads, to copy files from")
		.option('--fetch', 'fetch from the old blog the files that are not in that folder')
		.option('--dry-run', 'read and report, write nothing')
		.action(importCommand)
	otklik
		.command('backup <file>')
		.description('back up the blog, running or not, into a file')
		.option('--to <s3://…>', 'copy it to a bucket too')
		.action(backupCommand)
	otklik
		.command('restore <file>')
		.description('put a backup in the place of the database; it is kept, and so are the files')
		.action(restoreCommand)
	const exporting = otklik
		.command('export')
		.description('take the blog out')
		.argument('[file.zip]', 'texts as Markdown, JSON and the uploads, readable without a program')
		.action(exportCommand)
	exporting
		.command('wxr <file>')
		.description('write what WordPress imports (Tools → Import), languages as Polylang keeps them')
		.action(exportWxrCommand)
	authors(otklik.command('author').description('add authors, give them passwords'))
	privacy(otklik.command('privacy').description('what is kept about a person'))
	responses(otklik.command('responses').description('list and moderate responses'))
	otklik
		.command('doctor')
		.description('look for what is wrong with the blog, and say what to do; nothing is changed')
		.option('--json', 'as JSON')
		.action(doctorCommand)
	otklik
		.command('seed')
		.description('fill the blog with made-up posts and comments of ten years, the same each time')
		.requiredOption('--posts <n>', 'how many posts', wholeNumber)
		.requiredOption('--comments <n>', 'how many comments', wholeNumber)
		.action(seedCommand)
	return otklik
}

function authors(command: Command): void {
	command
		.command('add')
		.description('add an author, and give a link to choose a password by')
		.requiredOption('--email <address>', 'the e-mail address to sign in with')
		.requiredOption('--name <name>', 'the name that readers see')
		.addOption(new Option('--role <role>', 'what they may do').choices(ROLES).makeOptionMandatory())
		.option('--password-stdin', 'take the password from the standard input')
		.action((options) => onBlog(async (blog) => (await import('./authors/commands.ts')).addCommand(blog, options)))
	command
		.command('password <email>')
		.description('take a new password from the standard input, or give a link to choose one by')
		.option('--drop-second-step', 'turn off the second step of sign-in, for who has lost the phone and the codes')
		.action((email: string, options: { dropSecondStep?: boolean }) =>
			onBlog(async (blog) => (await import('./authors/commands.ts')).passwordCommand(blog, email, options)),
		)
}

function responses(command: Command): void {
	command
		.command('list')
		.description('the newest responses')
		.addOption(new Option('--state <state>', 'in one state only').choices(Object.values(STATES)))
		.option('--json', 'as JSON')
		.action((options) => onBlog(async (blog) => (await import('./comments/commands.ts')).listCommand(blog, options)))
	command
		.command('recheck')
		.description('run the filters over responses that no author has decided on, such as imported ones')
		.action(() =>
			onBlog(async (blog) => {
				const { recheckCommand } = await import('./spam/commands.ts')
				const { showProgress } = await import('./transfer/commands.ts')
				await recheckCommand(blog, showProgress(process.stderr))
			}),
		)
	for (const [verb, state] of Object.entries(STATES)) {
		command
			.command(verb)
			.description(`put a response among those ${state}`)
			.addArgument(new Argument('<id>', 'its number').argParser(wholeNumber))
			.action((id) => onBlog(async (blog) => (await import('./comments/commands.ts')).moderateCommand(blog, id, state)))
	}
}

function privacy(command: Command): void {
	command
		.command('export <email>')
		.description('everything about an e-mail address, as JSON')
		.action((email: string) =>
			onBlog(async (blog) => say(await (await import('./privacy/commands.ts')).exportCommand(blog, email))),
		)
	command
		.command('erase <email>')
		.description('erase everything about an e-mail address')
		.action((email: string) =>
			onBlog(async (blog) => say(await (await import('./privacy/commands.ts')).eraseCommand(blog, email))),
		)
}

function say(text: string): void {
	process.stdout.write(`${text}\n`)
}

async function serveCommand(options: { watch?: boolean }): Promise<void> {
	const config = readConfig()
	// What was compiled once isn't compiled again: a start takes half the time.
	enableCompileCache(join(config.dataDir, 'compile-cache'))
	const { serve } = await import('./serve.ts')
	await serve(config, options)
}

async function migrateCommand(): Promise<void> {
	const { migrate } = await import('./db/migrate.ts')
	const { openDatabase } = await import('./db/open.ts')
	const db = openDatabase(readConfig().databaseUrl)
	try {
		const names = await migrate(db)
		say(names.length ? `Migrated: ${names.join(', ')}` : 'The database is up to date')
	} finally {
		await db.destroy()
	}
}

function importCommand(file: string, options: ImportOptions): Promise<void> {
	return onDatabase(async (db, config) => {
		const { formatReport, importWxr, showProgress } = await import('./transfer/commands.ts')
		const { createFetch } = await import('./net/fetch.ts')
		const { openLog } = await import('./log.ts')
		const fetch = createFetch({ config, log: openLog(config.logLevel) })
		const report = await importWxr({ db, config, fetch, progress: showProgress(process.stderr) }, file, options)
		const { loadCatalog } = await import('./i18n/catalog.ts')
		say(formatReport(report, loadCatalog(['en']).translator('en')))
		process.exitCode = report.exitCode
	})
}

/** The database stays as it is: a backup is what one makes before an update. */
async function backupCommand(file: string, { to }: { to?: string }): Promise<void> {
	const config = readConfig()
	const { holdDatabase } = await import('./db/presence.ts')
	const release = await holdDatabase(config.databaseUrl)
	try {
		const { backupCommand } = await import('./backup/commands.ts')
		say(await backupCommand(await roomOf(config), file, to))
	} finally {
		await release()
	}
}

async function restoreCommand(file: string): Promise<void> {
	const { restoreCommand } = await import('./backup/commands.ts')
	say(await restoreCommand(await roomOf(readConfig()), file))
}

function exportCommand(file: string | undefined, _: object, command: Command): Promise<void> {
	if (file === undefined) return command.help({ error: true })
	return onDatabase(async (db, config) => {
		const { exportCommand } = await import('./export/commands.ts')
		say(await exportCommand({ db, ...(await roomOf(config)) }, file))
	})
}

function exportWxrCommand(file: string): Promise<void> {
	return onDatabase(async (db, config) => {
		const { exportWxrCommand } = await import('./export/commands.ts')
		say(await exportWxrCommand({ db, ...(await roomOf(config)) }, file))
	})
}

async function roomOf(config: Config) {
	const { openStorage } = await import('./storage/open.ts')
	const { showProgress } = await import('./transfer/commands.ts')
	return { config, storage: await openStorage(config), progress: showProgress(process.stderr) }
}

/** The database stays as it is here too: what is wrong with it is what is asked. */
async function doctorCommand({ json }: { json?: boolean }): Promise<void> {
	const config = readConfig()
	const { openDatabase } = await import('./db/open.ts')
	const { examineBlog, formatJson, formatText, isIll } = await import('./doctor/commands.ts')
	const { showProgress } = await import('./transfer/commands.ts')
	const outcomes = await examineBlog({
		config,
		openDb: () => openDatabase(config.databaseUrl, { pool: config.dbPool }),
		open: async (db) => (await import('./serve.ts')).serveAside(config, db),
		progress: showProgress(process.stderr),
		now: Date.now(),
	})
	say(json ? formatJson(outcomes) : formatText(outcomes))
	process.exitCode = isIll(outcomes) ? 1 : 0
}

function seedCommand({ posts, comments }: { posts: number; comments: number }): Promise<void> {
	return onDatabase(async (db, { languages, timezone }) => {
		const { seed } = await import('./seed/seed.ts')
		const { showProgress } = await import('./transfer/commands.ts')
		const progress = showProgress(process.stderr)
		progress.start(posts)
		await seed(db, { posts, comments, languages, timezone, now: Date.now(), onProgress: progress.advance })
		progress.stop()
		say(`Seeded ${posts} posts and ${comments} comments`)
	})
}

/** Opens and migrates the database for one piece of work, and closes it after. */
async function onDatabase(work: (db: Db, config: Config) => Promise<void>): Promise<void> {
	const config = readConfig()
	const { migrate } = await import('./db/migrate.ts')
	const { openDatabase } = await import('./db/open.ts')
	const { holdDatabase } = await import('./db/presence.ts')
	const release = await holdDatabase(config.databaseUrl)
	const db = openDatabase(config.databaseUrl, { pool: config.dbPool })
	try {
		await migrate(db)
		await work(db, config)
	} finally {
		await db.destroy()
		await release()
	}
}

/** The same with a whole blog, as a request has it. */
function onBlog(work: (blog: Blog) => Promise<unknown>): Promise<void> {
	return onDatabase(async (db, config) => {
		const { createBlog } = await import('./app.ts')
		const { openLog } = await import('./log.ts')
		await work(await createBlog({ config, db, log: openLog(config.logLevel) }))
	})
}

function wholeNumber(value: string): number {
	if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It must be a whole number.')
	return Number(value)
}
