import { type CompiledQuery, sql } from 'kysely'
import { pino } from 'pino'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createBlog } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/open.ts'
import type { Db } from '../../src/db/schema.ts'
import { seed } from '../../src/seed/seed.ts'
import { startServer } from '../../src/server.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folders.ts'
import { send } from '../support/http.ts'

const POSTS = 60
const LARGE = ['translations', 'comments', 'posts', 'post_terms', 'listings']

/** What readers ask for; the path of a post is put in the place of `POST`. */
const PATHS = [
	...['/ru/', '/ru/page/2/', '/en/', '/ru/2024/', '/ru/2024/05/', '/ru/2024/05/12/', '/ru/tag/tag-1/'],
	...['/ru/category/topic-1/', '/ru/category/topic-1/page/2/', '/ru/author/alena/', '/ru/search/?q=tag', 'POST'],
	...['POST?comments=2', 'POST?only=ru', 'POST?reply=1', '/ru/2024/05/nowhere/', '/ru/nowhere/', '/ru/feed/'],
	...['/feed/', '/ru/tag/tag-1/feed/atom/', '/ru/comments/feed/', 'POSTfeed/', '/sitemap.xml', '/?p=12'],
]

/** Steps of a plan that read a whole table that grows with the blog, or sort all that it holds of a language. */
async function scans(db: Db, { sql: text, parameters }: CompiledQuery, isPostgres: boolean): Promise<string[]> {
	const explain = { sql: `explain ${isPostgres ? '' : 'query plan '}${text}`, parameters }
	const { rows } = await db.executeQuery<Record<string, string>>({
		...explain,
		query: sql``.toOperationNode(),
		queryId: { queryId: '' },
	} as never)
	const steps = rows.map((row) => row.detail ?? row['QUERY PLAN'] ?? '')
	return isPostgres
		? steps.filter((step) => LARGE.some((table) => step.includes(`Seq Scan on ${table}`)))
		: scansOf(text, steps)
}

/** Seeks in which the beginning of an index says too little: a kind, a language or a state. */
const LOOSE = /^SEARCH \w+ USING .*\((kind|locale|status|locale=\? AND kind)=\?( AND \w+[<>]\?)*\)$/
/** The newest responses of all are read from its end. */
const FROM_END = /comments_recent/

/** SQLite calls tables by their aliases. */
function scansOf(text: string, steps: string[]): string[] {
	const made = steps.flatMap((step) => /^(?:CO-ROUTINE|MATERIALIZE) (\w+)/.exec(step)?.[1] ?? [])
	const aliases = LARGE.flatMap((table) => [
		table,
		...[...text.matchAll(new RegExp(`\\b"?${table}"? (?:as )?"?(\\w+)"?`, 'g'))].map(([, alias]) => alias!),
	]).filter((name) => !made.includes(name))
	const isOf = (step: string) => aliases.includes(/^\w+ (\w+)/.exec(step)?.[1] ?? '')
	return steps.filter((step) => isOf(step) && (step.startsWith('SCAN') || (LOOSE.test(step) && !FROM_END.test(step))))
}

for (const database of databases) {
	const isPostgres = database.name === 'PostgreSQL'
	const test = suite(`plans on ${database.name}`)

	test('no query of a reader goes through all posts or all responses', async () => {
		const { db, url, drop } = await database.create()
		const texts = { languages: ['ru', 'en'], timezone: 'Europe/Moscow', now: NOW }
		await seed(db, { ...texts, posts: POSTS, comments: 300 })
		const asked = new Map<string, CompiledQuery>()
		const heard = openDatabase(url, { onQuery: ({ query }) => void asked.set(query.sql, query) })
		const config = readConfig({ PORT: '0', DATABASE_URL: url, DATA_DIR: temporaryFolder('data'), PAGE_CACHE: '0' })
		const log = pino({ level: 'silent' })
		const running = await startServer(await createBlog({ config, db: heard, log, clock: () => NOW }))
		const { slug, year, month } = await db
			.selectFrom('translations')
			.select(['slug', 'year', 'month'])
			.where('locale', '=', 'ru')
			.orderBy('id', 'desc')
			.executeTakeFirstOrThrow()
		const post = `/ru/${year}/${String(month).padStart(2, '0')}/${slug}/`
		for (const path of PATHS) {
			const { status } = await send(Number(new URL(running.url).port), path.replace('POST', post))
			assert.ok(status < 500, path)
		}
		const found: string[] = []
		for (const query of asked.values()) {
			if (!/^\s*(select|with)/i.test(query.sql)) continue
			const steps = await db.connection().execute(async (one) => {
				if (isPostgres) await sql`set enable_seqscan = off`.execute(one)
				return scans(one as Db, query, isPostgres)
			})
			if (steps.length > 0) found.push(`${steps.join('; ')}\n${query.sql}`)
		}
		assert.ok(asked.size > 30)
		assert.equal(found, [])
		await running.stop()
		await heard.destroy()
		await drop()
	})

	test.run()
}
