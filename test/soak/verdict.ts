import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findDamage, findDangling } from '../../src/db/integrity.ts'
import { openDatabase } from '../../src/db/open.ts'
import type { Db } from '../../src/db/schema.ts'
import { otklik } from '../backup/support.ts'
import { until } from '../mentions/exchange.ts'
import type { Ledger } from './ledger.ts'
import type { Place } from './place.ts'

const DEADLINE = 180_000
const MOST = 100

/** What was acknowledged, and what of it is not there, or more than once. */
export interface Row {
	what: string
	acknowledged: number
	missing: number
	doubled: number
}

/** What is there in the end. */
export interface Verdict {
	rows: Row[]
	/** What the database says is broken in itself. */
	damage: string[]
	/** Errors of `otklik doctor`, with the check that found them. */
	doctor: string[]
}

/** Compares the ledger with the blog, which is still served, and with the last backup. */
export async function judge(place: Place, ledger: Ledger): Promise<Verdict> {
	const db = openDatabase(place.env.DATABASE_URL!)
	try {
		await until(() => isQuiet(db), DEADLINE)
		const rows = [
			...(await compare(db, ledger)),
			await changed(db, ledger),
			await uploaded(db, place, ledger),
			...(await restored(place, ledger)),
		]
		const dangling = (await findDangling(db, MOST)).map(
			({ table, row, parent }) => `${table} ${row} lacks its ${parent}`,
		)
		return { rows, damage: [...(await findDamage(db, MOST)), ...dangling], doctor: await examine(place) }
	} finally {
		await db.destroy()
	}
}

/** Whether every mention was looked into. */
async function isQuiet(db: Db): Promise<boolean> {
	const rows = await db.selectFrom('mentions').select('id').where('waiting', '=', 1).limit(1).execute()
	return rows.length === 0
}

/** What was acknowledged, beside what a database has. */
export async function compare(
	db: Db,
	{ comments, posts, imported, mentions }: Omit<Ledger, 'backups' | 'uploads'>,
): Promise<Row[]> {
	const responses = await db.selectFrom('comments').select(['kind', 'source', 'url']).execute()
	const titles = (await db.selectFrom('translations').select('title').execute()).map(({ title }) => title)
	return [
		rowOf(
			'comments (303)',
			comments,
			responses.map(({ source }) => source),
		),
		rowOf('posts (303)', posts, titles),
		rowOf('imported posts (exit 0)', imported, titles),
		rowOf(
			'mentions (202, no fault)',
			mentions,
			responses.map(({ url }) => url),
		),
	]
}

function rowOf(what: string, acknowledged: Map<string, unknown>, present: string[]): Row {
	const counts = new Map<string, number>()
	for (const one of present) counts.set(one, (counts.get(one) ?? 0) + 1)
	const found = [...acknowledged.keys()].map((name) => counts.get(name) ?? 0)
	return {
		what,
		acknowledged: acknowledged.size,
		missing: found.filter((count) => count === 0).length,
		doubled: found.filter((count) => count > 1).length,
	}
}

/** Posts whose text isn't the last that was saved are missing. */
async function changed(db: Db, { posts }: Ledger): Promise<Row> {
	const stored = await db.selectFrom('translations').select(['title', 'source']).execute()
	const texts = new Map(stored.map(({ title, source }) => [title, source]))
	const missing = [...posts].filter(([title, { text }]) => texts.get(title) !== text).length
	return { what: 'texts as last saved (303)', acknowledged: posts.size, missing, doubled: 0 }
}

/** Uploads that aren't served are missing. */
async function uploaded(db: Db, { env }: Place, { uploads }: Ledger): Promise<Row> {
	const names = (await db.selectFrom('media').select('name').execute()).map(({ name }) => name)
	const row = rowOf('uploads (200)', uploads, names)
	const answers = await Promise.all([...uploads.values()].map((url) => fetch(env.SITE_URL + url)))
	await Promise.all(answers.map((answer) => answer.arrayBuffer()))
	return { ...row, missing: Math.max(row.missing, answers.filter(({ ok }) => !ok).length) }
}

/** All that was acknowledged before the last backup was begun is in it. */
async function restored({ folder }: Place, ledger: Ledger): Promise<Row[]> {
	const last = ledger.backups.at(-1)
	if (!last) return []
	const room = join(folder, 'restored')
	mkdirSync(room)
	const env = { DATA_DIR: room, DATABASE_URL: `sqlite:${join(room, 'otklik.db')}` }
	const { code, stderr } = await otklik(['restore', last.file], env)
	if (code !== 0) throw new Error(`the last backup can't be restored: ${stderr}`)
	const db = openDatabase(env.DATABASE_URL)
	const before = <Value>(all: Map<string, Value>, at: (value: Value) => number) =>
		new Map([...all].filter(([, value]) => at(value) < last.begun))
	const rows = await compare(db, {
		comments: before(ledger.comments, Number),
		posts: before(ledger.posts, ({ made }) => made),
		imported: before(ledger.imported, Number),
		mentions: new Map(),
	})
	await db.destroy()
	return rows
		.slice(0, 3)
		.map((row) => ({ ...row, what: `… in the last of ${ledger.backups.length} backups: ${row.what}` }))
}

async function examine({ env }: Place): Promise<string[]> {
	const { stdout, stderr } = await otklik(['doctor', '--json'], env)
	if (!stdout.startsWith('{')) return [stderr]
	const { checks } = JSON.parse(stdout) as { checks: { check: string; findings: Record<string, string>[] }[] }
	return checks.flatMap(({ check, findings }) =>
		findings.filter(({ level }) => level === 'error').map(({ subject, message }) => `${check}: ${subject} ${message}`),
	)
}
