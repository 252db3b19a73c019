import { Agent, request } from 'node:http'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import type { Figure } from './figures.ts'
import { median } from './load.ts'
import type { Options } from './options.ts'
import { seededCopy } from './seeded.ts'
import { type Server, startOtklik } from './servers.ts'

const ROUNDS = 3
const WRITERS = 32
/** WordPress on such a machine. */
const WORDPRESS = 77
const [POSTS, COMMENTS] = [1_000, 2_500]

const agent = new Agent({ keepAlive: true, maxSockets: 2 * WRITERS })
let sent = 0

/** Comments and pings that 32 writers at once get stored, against a loop of the same two inserts; all of them durable. */
export async function measureWriting({ seconds }: Options): Promise<Figure[]> {
	const folder = await seededCopy(POSTS, COMMENTS)
	// Flood limits are by address: a proxy in front tells of many.
	const blog = await startOtklik(folder, { TRUST_PROXY: '1' })
	const posts = await postsOf(blog)
	await write(200, () => comment(blog, posts))
	const bare = bareInserts(join(await seededCopy(POSTS, COMMENTS), 'otklik.db'), join(folder, 'otklik.db'))
	const rounds: { comments: number; pings: number; bare: number }[] = []
	for (let round = 0; round < ROUNDS; round++) {
		rounds.push({
			comments: await write(3_000 * seconds, () => comment(blog, posts)),
			// No more wait to be looked into than the blog allows: who comes later is told to come again.
			pings: await write(500 * seconds, () => ping(blog, posts)),
			bare: bare(1_500 * seconds),
		})
	}
	await blog.stop()
	const of = (value: (round: (typeof rounds)[number]) => number) => median(rounds.map(value))
	const part = 'writing'
	return [
		{
			part,
			what: 'comments',
			value: of((one) => one.comments),
			unit: '/s',
			atLeast: 5 * WORDPRESS,
			note: `${WRITERS} at once`,
		},
		{ part, what: 'pings', value: of((one) => one.pings), unit: '/s', note: `${WRITERS} at once` },
		{ part, what: 'bare loop of the same two inserts', value: of((one) => one.bare), unit: '/s' },
		{ part, what: 'comments / bare loop', value: of((one) => one.comments / one.bare), unit: '', atLeast: 0.3 },
	]
}

/** Addresses of the posts that are written under: so many that no limit of one of them is met. */
export async function postsOf({ url }: Server): Promise<string[]> {
	const locationsOf = async (path: string) =>
		[...(await (await fetch(url + path)).text()).matchAll(/<loc>([^<]+)<\/loc>/g)].map(
			([, at]) => new URL(at!).pathname,
		)
	const first = await locationsOf('/sitemap.xml')
	const parts = first.filter((path) => path.endsWith('.xml'))
	const all = parts.length > 0 ? (await Promise.all(parts.map(locationsOf))).flat() : first
	return all.filter((path) => /^\/ru\/\d{4}\/\d\d\/[^/]+\/$/.test(path))
}

/** Lets 32 write one after the other for so many milliseconds; gives how many were stored a second. */
async function write(ms: number, one: () => Promise<unknown>): Promise<number> {
	const begun = performance.now()
	let stored = 0
	await Promise.all(
		Array.from({ length: WRITERS }, async () => {
			for (; performance.now() - begun < ms; stored++) await one()
		}),
	)
	return (stored * 1_000) / (performance.now() - begun)
}

/** Sends a comment that nobody has sent; gives where it is to be seen. @throws Error when it isn't taken */
export async function comment({ url }: Server, posts: string[], writer = `reader${++sent}`): Promise<string> {
	sent++
	const text = `Спасибо, ${sent}-е письмо на эту тему: у нас в городе всё иначе, расскажу подробнее в следующий раз.`
	const fields = new URLSearchParams({ name: writer, email: `${writer}@bench.example`, text })
	const { status, location } = await post(`${url}${posts[sent % posts.length]}comments/`, String(fields), FORM)
	if (status !== 303) throw new Error(`a comment was answered ${status}`)
	return location
}

async function ping({ url }: Server, posts: string[]): Promise<void> {
	sent++
	// Addresses for measurements (RFC 2544), each a host of its own: none of them is fetched from.
	const source = `http://198.${18 + ((sent >> 16) & 1)}.${(sent >> 8) & 255}.${sent & 255}/${sent}/`
	const values = [source, `${url.replace('127.0.0.1', 'localhost')}${posts[sent % posts.length]}`]
	const params = values.map((value) => `<param><value><string>${value}</string></value></param>`).join('')
	const call = `<?xml version="1.0"?><methodCall><methodName>pingback.ping</methodName><params>${params}</params></methodCall>`
	const { status, text } = await post(`${url}/xmlrpc`, call, 'text/xml')
	if (status !== 200 || text.includes('<fault>')) throw new Error(`a ping was answered ${status}: ${text}`)
}

const FORM = 'application/x-www-form-urlencoded'

function post(url: string, body: string, type: string): Promise<{ status: number; location: string; text: string }> {
	const address = `2001:db8:${(sent >> 16).toString(16)}:${(sent & 0xffff).toString(16)}::1`
	const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body), 'x-forwarded-for': address }
	return new Promise((resolve, reject) => {
		const asked = request(url, { method: 'POST', headers, agent }, (response) => {
			let text = ''
			response.setEncoding('utf8').on('data', (piece) => {
				text += piece
			})
			response.on('error', reject)
			response.on('end', () =>
				resolve({ status: response.statusCode!, location: response.headers.location ?? '', text }),
			)
		})
		asked.on('error', reject)
		asked.end(body)
	})
}

/** Writes copies of a comment that Otklik has written, each with a job, in one transaction, as fast as the disk allows. */
function bareInserts(file: string, written: string): (ms: number) => number {
	const database = new SqliteDatabase(file)
	database.pragma('journal_mode = WAL')
	database.pragma('synchronous = FULL')
	database.pragma('foreign_keys = ON')
	const source = new SqliteDatabase(written, { readonly: true })
	const comment = source.prepare('select * from comments order by id desc limit 1').get() as Record<string, unknown>
	delete comment.id
	const insertComment = insertInto(database, 'comments', Object.keys(comment))
	const insertJob = insertInto(database, 'jobs', ['kind', 'payload', 'due_at', 'attempts'])
	let count = 0
	const both = database.transaction(() => {
		insertComment.run({ ...comment, digest: `bare ${++count}` })
		insertJob.run({ kind: 'check', payload: JSON.stringify({ comment: count }), due_at: Date.now(), attempts: 20 })
	})
	return (ms) => {
		const [begun, before] = [performance.now(), count]
		while (performance.now() - begun < ms) both()
		return ((count - before) * 1_000) / (performance.now() - begun)
	}
}

function insertInto(database: SqliteDatabase.Database, table: string, names: string[]) {
	const places = names.map((name) => `@${name}`)
	return database.prepare(`insert into ${table} (${names.join()}) values (${places.join()})`)
}
