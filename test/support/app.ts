import { createBlog } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import type { Db, Time } from '../../src/db/schema.ts'
import { openLog } from '../../src/log.ts'
import type { Resolve } from '../../src/net/fetch.ts'
import { startServer } from '../../src/server.ts'
import type { Blog } from '../../src/web/context.ts'
import type { Database } from './databases.ts'
import { NOW, seedFixtures } from './fixtures.ts'
import { temporaryFolder } from './folders.ts'
import { type Node, parseHtml } from './html.ts'
import { type Answer, type Question, send } from './http.ts'

export interface StartOptions<Seeded> {
	/** Settings besides the address, the database and the data folder, which are the test's own. */
	env?: Record<string, string>
	/** What time it is; NOW of the fixtures by default. */
	clock?: () => Time
	/** Names to addresses, in DNS's place. */
	resolve?: Resolve
	/** A server in Gravatar's place. */
	gravatarUrl?: string
	/** What the blog holds; the fixtures by default. */
	seed?: (db: Db) => Promise<Seeded>
}

/** A blog that listens on a port of its own. */
export interface TestBlog<Seeded> {
	/** Its address without a final slash; its SITE_URL too, unless `env` says another. */
	url: string
	db: Db
	databaseUrl: string
	/** The blog itself, for what no request can ask. */
	inside: Blog
	/** What `seed` gave. */
	seeded: Seeded
	/** Lines of its log. */
	logs: Record<string, unknown>[]
	/** Redirects aren't followed; the path goes out as it is. */
	get(path: string, question?: Question): Promise<Answer>
	/** Sends a form. */
	post(path: string, form: Record<string, string>, headers?: Record<string, string>): Promise<Answer>
	/** A page, parsed; fails when the status isn't the expected one. */
	html(path: string, expected?: Question & { status?: number }): Promise<Node>
	close(): Promise<void>
}

type Seed = Awaited<ReturnType<typeof seedFixtures>>

/** Starts a blog on a database of its own, put together as `otklik serve` does it. */
export async function startBlog<Seeded = Seed>(
	database: Database,
	{ env = {}, clock = () => NOW, resolve, gravatarUrl, seed = seedFixtures as never }: StartOptions<Seeded> = {},
): Promise<TestBlog<Seeded>> {
	const { db, url: databaseUrl, drop } = await database.create()
	const seeded = await seed(db)
	const own = { PORT: '0', DATABASE_URL: databaseUrl, DATA_DIR: temporaryFolder('data') }
	const logs: Record<string, unknown>[] = []
	const log = openLog('info', { write: (line) => void logs.push(JSON.parse(line)) })
	const blog = await createBlog({ config: readConfig({ ...own, ...env }), db, log, clock, resolve, gravatarUrl })
	const running = await startServer(blog)
	const port = Number(new URL(running.url).port)
	const get = async (path: string, question?: Question) => {
		// Tests write to the database beside the blog, which on PostgreSQL hears of it a moment later.
		await blog.pages?.catchUp()
		return send(port, path, question)
	}
	return {
		url: `http://localhost:${port}`,
		db,
		databaseUrl,
		inside: blog,
		seeded,
		logs,
		get,
		post: (path, form, headers) =>
			get(path, { method: 'POST', body: String(new URLSearchParams(form)), headers: { ...FORM, ...headers } }),
		html: async (path, { status = 200, ...question } = {}) =>
			parseHtml(expectStatus(await get(path, question), path, status)),
		close: async () => {
			await running.stop()
			await drop()
		},
	}
}

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }

function expectStatus({ status, text }: Answer, path: string, expected: number): string {
	if (status !== expected) throw new Error(`${path} answered ${status} instead of ${expected}: ${text.slice(0, 500)}`)
	return text
}
