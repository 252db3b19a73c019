import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import SqliteDatabase from 'better-sqlite3'
import { readAll } from './readers.ts'

// node test/upgrade/make.ts NAME [ROOT]: keeps a database of the program in ROOT (this one, if none is named), with rows
// in every table, and what readers see of it, as test/upgrade/fixtures/NAME.*. Run it once at every release, from the
// commit that is released; `git worktree add` gives an older one. What was kept is never made again.

const [name, from = '.'] = process.argv.slice(2)
if (!name) throw new Error('node test/upgrade/make.ts NAME [ROOT]')

const here = import.meta.dirname
const root = resolve(from)
const folder = mkdtempSync(join(tmpdir(), 'otklik-upgrade-'))
const env = {
	PATH: process.env.PATH,
	DATA_DIR: folder,
	PORT: '3999',
	SITE_URL: 'http://localhost:3999',
	LOG_LEVEL: 'error',
}
const program = join(root, 'src/main.ts')

const VALUES: Record<string, unknown> = {
	...{
		locale: 'ru',
		kind: 'tag',
		protocol: 'webmention',
		state: 'done',
		status: 'held',
		day: '2025-03-15',
		role: 'author',
	},
	...{ cron: '0 0 1 1 *', payload: '{}', form: '{}', options: '{}', scopes: '[]', times: '[]', transports: '[]' },
	// A job for a day that none of us sees.
	...{ due_at: 32503680000000, next_at: 32503680000000, expires_at: 32503680000000 },
}

run('import', 'wxr', join(here, 'blog.xml'), '--lang', 'ru')
await serving(comment)
fill(join(folder, 'otklik.db'))
const seen = await serving(() => readAll('http://localhost:3999'))
keep()
rmSync(folder, { recursive: true })

function run(...args: string[]): void {
	const { status, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: root, env, encoding: 'utf8' })
	if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
}

/** Does something while the blog is served. */
async function serving<T>(work: () => Promise<T>): Promise<T> {
	const child = spawn(process.execPath, [program, 'serve'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
	try {
		for await (const line of child.stdout) if (String(line).includes('Listening')) break
		return await work()
	} finally {
		const ended = new Promise((done) => child.once('close', done))
		child.kill('SIGTERM')
		await ended
	}
}

/** A reader says something, which waits. */
async function comment(): Promise<void> {
	const body = new URLSearchParams({ name: 'Вера', email: 'vera@example.org', text: 'Жду *ёлку*.', parent: '' })
	const { pages } = JSON.parse(readFileSync(join(here, 'pages.json'), 'utf8'))
	const { status } = await fetch(`http://localhost:3999${pages[0]}comments/`, {
		method: 'POST',
		body,
		redirect: 'manual',
	})
	if (status !== 303) throw new Error(`the comment was answered ${status}`)
}

interface Column {
	name: string
	type: string
	notnull: number
	dflt_value: string | null
	pk: number
}

/** Puts a row into every table that has none; rows of such a kind are in the way of nobody. */
function fill(file: string): void {
	const database = new SqliteDatabase(file)
	database.pragma('foreign_keys = on')
	const tables = database
		.prepare<[], string>("select name from sqlite_schema where type = 'table' and sql not like '%fts5%' order by rowid")
		.pluck()
		.all()
		.filter((table) => !/^(sqlite_|search_index|kysely_)/.test(table))
	for (const table of tables) {
		const { count } = database.prepare<[], { count: number }>(`select count(*) as count from ${table}`).get()!
		if (count === 0) insert(database, table)
	}
	database.pragma('wal_checkpoint(truncate)')
	database.pragma('journal_mode = delete')
	database.exec('vacuum')
	database.close()
}

function insert(database: SqliteDatabase.Database, table: string): void {
	const columns = database.prepare<[], Column>(`pragma table_info(${table})`).all()
	const keys = database
		.prepare<[], { from: string; table: string; to: string }>(`pragma foreign_key_list(${table})`)
		.all()
	const row = columns
		.filter(({ notnull, dflt_value, pk }) => (notnull || pk) && dflt_value === null)
		.filter(({ name, type }) => !(name === 'id' && /^integer$/i.test(type)))
		.map(({ name, type }) => {
			const key = keys.find((one) => one.from === name)
			const known = key && database.prepare(`select ${key.to} from ${key.table} limit 1`).pluck().get()
			const made = /int/i.test(type) ? (name.endsWith('_at') ? 1735689600000 : 1) : `${table} ${name}`
			return [name, known ?? VALUES[name] ?? made] as const
		})
	const names = row.map(([column]) => column)
	database
		.prepare(
			names.length === 0
				? `insert into ${table} default values`
				: `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
		)
		.run(...row.map(([, value]) => value))
}

function keep(): void {
	const fixtures = join(here, 'fixtures')
	mkdirSync(fixtures, { recursive: true })
	writeFileSync(join(fixtures, `${name}.sqlite.gz`), gzipSync(readFileSync(join(folder, 'otklik.db')), { level: 9 }))
	writeFileSync(join(fixtures, `${name}.json`), `${JSON.stringify(seen, null, '\t')}\n`)
}
