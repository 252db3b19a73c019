import { setTimeout as pause } from 'node:timers/promises'
import type { Db } from '../../src/db/schema.ts'
import { startWorker } from '../../src/jobs/worker.ts'
import { mentionHandlers } from '../../src/mentions/handlers.ts'
import { type StartOptions, startBlog, type TestBlog } from '../support/app.ts'
import type { Database } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { startSource } from './source-server.ts'

export const POST = '/ru/2025/02/konferenciya-egov-2-0/'
export const ENGLISH_POST = '/en/2025/02/egov-2-0-conference/'

/** A blog, and another one that mentions it. */
export async function startExchange(database: Database, options: Pick<StartOptions<unknown>, 'env' | 'clock'> = {}) {
	const source = await startSource()
	const env = { TRUST_PROXY: '1', FETCH_ALLOW: source.allow, ...options.env }
	const start = Date.now()
	// Pauses end.
	const clock = options.clock ?? (() => NOW + Date.now() - start)
	const blog = await startBlog(database, { clock, env })
	const { db, log } = blog.inside
	const worker = await startWorker({
		...{ db, clock, log, url: blog.databaseUrl, timezone: 'Europe/Moscow', concurrency: 4, schedules: {} },
		handlers: mentionHandlers(blog.inside),
	})
	return {
		blog,
		source,
		db: blog.db,
		close: async () => {
			await worker.stop()
			await blog.close()
			await source.close()
		},
	}
}

export type Exchange = Awaited<ReturnType<typeof startExchange>>

let addresses = 0

/** Headers of somebody nobody has heard of. */
export function stranger(): Record<string, string> {
	addresses++
	return { 'X-Forwarded-For': `198.${51 + (addresses >> 16)}.${(addresses >> 8) & 255}.${addresses & 255}` }
}

/** Sends `pingback.ping`; gives the code of the fault, or what was answered. */
export async function ping(blog: TestBlog<unknown>, source: string, target: string, headers = stranger()) {
	const param = (value: string) => `<param><value><string>${xmlText(value)}</string></value></param>`
	const body = `<?xml version="1.0"?><methodCall><methodName>pingback.ping</methodName><params>${param(source)}${param(target)}</params></methodCall>`
	const { status, text } = await blog.get('/xmlrpc', {
		method: 'POST',
		headers: { 'Content-Type': 'text/xml', ...headers },
		body,
	})
	if (status !== 200) throw new Error(`/xmlrpc answered ${status}`)
	const code = /<name>faultCode<\/name>\s*<value>\s*<int>(-?\d+)</.exec(text)?.[1]
	return code ? Number(code) : /<string>(.*?)<\/string>/s.exec(text)![1]!
}

/** Sends a webmention. */
export function mention(blog: TestBlog<unknown>, source: string, target: string, headers = stranger()) {
	return blog.post('/webmention', { source, target }, { Accept: '*/*', ...headers })
}

/** Waits until every notice has been looked into. */
export async function settled(db: Db): Promise<void> {
	await until(async () => {
		const row = await db.selectFrom('mentions').select('id').where('waiting', '=', 1).limit(1).executeTakeFirst()
		return row === undefined
	})
}

/** Waits for a condition. @throws Error when it doesn't come true */
export async function until(isTrue: () => Promise<boolean> | boolean, deadline = 20_000): Promise<void> {
	const end = Date.now() + deadline
	while (!(await isTrue())) {
		if (Date.now() > end) throw new Error(`it never came true: ${isTrue}`)
		await pause(20)
	}
}

/** The responses that were made of mentions by a page, the oldest first. */
export async function responsesBy(db: Db, url: string) {
	return db.selectFrom('comments').selectAll().where('url', '=', url).orderBy('id').execute()
}

/** What came of the notices about a page. */
export async function outcomesOf(db: Db, url: string) {
	const rows = await db.selectFrom('mentions').selectAll().where('source', '=', url).orderBy('id').execute()
	return rows.map(({ outcome }) => outcome)
}

function xmlText(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
