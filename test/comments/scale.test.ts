import { pino } from 'pino'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createBlog } from '../../src/app.ts'
import { insertPlaced, placeResponses } from '../../src/comments/thread-queries.ts'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/open.ts'
import type { Comment, Db } from '../../src/db/schema.ts'
import { startServer } from '../../src/server.ts'
import { databases } from '../support/databases.ts'
import { at, NOW, seedFixtures } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folders.ts'
import { type Node, parseHtml } from '../support/html.ts'
import { send } from '../support/http.ts'
import { VERA } from './reader.ts'

const PATH = '/ru/2024/07/pravila/'
const COMMENTS = 10_000
const DEEPEST = 1_000
const PAGES = COMMENTS / 100

/** A thread of a thousand levels, and nine thousand more, each to one of the hundred before it or to nobody. */
async function seedOneByOne(db: Db, postId: number): Promise<Comment[]> {
	const all: Comment[] = []
	for (let start = 0; start < COMMENTS; start += 1000) {
		await db.transaction().execute(async (trx) => {
			for (let n = start; n < start + 1000; n++) all.push(await insertPlaced(trx, comment(postId, n), parentOf(all, n)))
		})
	}
	return all
}

/** The same as an import does it. */
async function seedAtOnce(db: Db, postId: number): Promise<Comment[]> {
	await db.transaction().execute(async (trx) => {
		const { id: last } = await trx.selectFrom('comments').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()
		const ids = Array.from({ length: COMMENTS }, (_, n) => ({ id: last + 1 + n }))
		const rows = ids.map((_, n) => ({ ...comment(postId, n), parent_id: parentOf(ids, n)?.id ?? null }))
		for (let start = 0; start < COMMENTS; start += 500) {
			await trx
				.insertInto('comments')
				.values(rows.slice(start, start + 500))
				.execute()
		}
		await placeResponses(trx, postId)
	})
	return db.selectFrom('comments').selectAll().where('post_id', '=', postId).orderBy('id').execute()
}

function parentOf<T>(all: T[], n: number): T | undefined {
	if (n < DEEPEST) return all[n - 1]
	return n % 3 === 0 ? undefined : all[n - 1 - ((n * 7919) % 100)]
}

function comment(postId: number, n: number) {
	return {
		post_id: postId,
		kind: 'comment',
		status: 'approved',
		locale: 'ru',
		name: `Имя ${n}`,
		format: 'markdown',
		source: `Слово ${n}`,
		html: `<p>Слово ${n}</p>`,
		author_id: null,
		created_at: at('2025-01-01T00:00Z') + n * 60_000,
	} as const
}

const idsOf = (page: Node) => page.$$('#comments .comment').map(({ attributes }) => Number(attributes.id!.slice(8)))

for (const database of databases) {
	const test = suite(`ten thousand comments on ${database.name}`)

	let queries = 0
	let blog: Awaited<ReturnType<typeof open>>

	async function open() {
		const { db, url, drop } = await database.create()
		const { posts } = await seedFixtures(db)
		const all = await (database.name === 'SQLite' ? seedOneByOne : seedAtOnce)(db, posts.rules)
		const counted = openDatabase(url, { onQuery: () => void queries++ })
		const config = readConfig({ PORT: '0', DATABASE_URL: url, DATA_DIR: temporaryFolder('data') })
		const log = pino({ level: 'silent' })
		const running = await startServer(await createBlog({ config, db: counted, log, clock: () => NOW }))
		const port = Number(new URL(running.url).port)
		const close = async () => {
			await running.stop()
			await counted.destroy()
			await drop()
		}
		return { db, port, all, close }
	}

	async function get(path: string): Promise<{ page: Node; size: number }> {
		const { status, text, bytes } = await send(blog.port, path)
		assert.is(status, 200, path)
		return { page: parseHtml(text), size: bytes.length }
	}

	test.before(async () => {
		blog = await open()
	})
	test.after(() => blog.close())

	test('over all pages each stands exactly once, in reading order, apart from ancestors at the head', async () => {
		const order: number[] = []
		const known = new Set<number>()
		for (let number = 1; number <= PAGES; number++) {
			const ids = idsOf((await get(`${PATH}?comments=${number}`)).page)
			const repeated = ids.filter((id) => known.has(id))
			assert.ok(repeated.length <= 4, `${repeated.length} are repeated on page ${number}`)
			assert.equal(repeated, ids.slice(0, repeated.length), 'at the head')
			const own = ids.slice(repeated.length)
			assert.is(own.length, 100, `page ${number}`)
			for (const id of own) known.add(id)
			order.push(...own)
		}
		const expected = blog.all.toSorted((a, b) => a.id - b.id)
		assert.equal(order, readingOrder(expected))
	})

	test('a page takes as many queries and bytes in the middle as at the beginning', async () => {
		await get(PATH)
		for (const path of [
			PATH,
			...[2, 5, 50, 99, 100].map((number) => `${PATH}?comments=${number}`),
			`${PATH}?only=ru`,
		]) {
			queries = 0
			const { size } = await get(path)
			assert.ok(queries <= 12, `${path}: ${queries} queries`)
			assert.ok(size < 250_000, `${path}: ${size} bytes`)
		}
	})

	test('a reply a thousand levels deep is taken, and stands flat on the page the 303 leads to', async () => {
		const deepest = blog.all[DEEPEST - 1]!
		assert.is(deepest.depth, DEEPEST - 1)
		await blog.db
			.updateTable('comments')
			.set({ name: VERA.name, email: VERA.email })
			.where('id', '=', blog.all[5_000]!.id)
			.execute()
		queries = 0
		const { status, headers } = await send(blog.port, `${PATH}comments/`, {
			method: 'POST',
			body: String(new URLSearchParams({ ...VERA, parent: String(deepest.id) })),
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		})
		assert.is(status, 303)
		assert.ok(queries <= 40, `${queries} queries`)
		const [target, id] = headers.location!.split('#')
		const { page } = await get(target!)
		const reply = page.$(`#${id}`)!
		const parent = reply.$('.replying-to')!.attributes.href!.split('#')
		assert.ok((await get(parent[0]!)).page.$(`#comment-${deepest.id}`))
		assert.ok(page.$$('#comments ol ol ol ol ol').length > 0)
		assert.is(page.$$('#comments ol ol ol ol ol ol').length, 0)
		await blog.db
			.deleteFrom('comments')
			.where('id', '=', Number(id!.slice(8)))
			.execute()
	})

	test('feeds and the widget lead to the right pages of it', async () => {
		const { text } = await send(blog.port, `${PATH}feed/`)
		const links = [...text.matchAll(/<link>http:\/\/localhost:\d+(\/[^<]*)#(comment-\d+)<\/link>/g)]
		assert.is(links.length, 20)
		for (const [, path, id] of links.slice(0, 5)) {
			assert.ok((await get(path!.replaceAll('&amp;', '&'))).page.$(`#${id}`), `${path} ${id}`)
		}
	})

	test.run()
}

/** Each before those under it, the oldest first. */
function readingOrder(comments: Comment[]): number[] {
	const children = Map.groupBy(comments, ({ parent_id }) => parent_id)
	const order: number[] = []
	const waiting = (children.get(null) ?? []).toReversed()
	for (let at = waiting.pop(); at; at = waiting.pop()) {
		order.push(at.id)
		waiting.push(...(children.get(at.id) ?? []).toReversed())
	}
	return order
}
