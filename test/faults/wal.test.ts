import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { sql } from 'kysely'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import { databases } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'

const IMAGES = 200
/** Rows that a checkpoint has brought into the file, and rows of transactions that are in the journal alone. */
const SETTLED = 20
const LATER = 30

const test = suite('a journal (WAL) that a power cut or a bad disk has damaged')

/** Numbers that look like chance, the same in every run. */
function chance(seed: number) {
	let state = seed
	return (below: number) => {
		state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
		return Math.floor((state / 2 ** 32) * below)
	}
}

type Damage = (journal: Buffer, random: (below: number) => number) => Buffer

const DAMAGES: Damage[] = [
	// What wasn't written yet.
	(journal, random) => journal.subarray(0, random(journal.length)),
	// A bit that has tipped over, anywhere or in the header.
	(journal, random) => changed(journal, random(journal.length), (byte) => byte ^ (1 << random(8))),
	(journal, random) => changed(journal, random(32), (byte) => byte ^ 0xff),
	// A sector of nothing, or of something else.
	(journal, random) => Buffer.from(journal).fill(0, ...sector(journal, random)),
	(journal, random) => Buffer.from(journal).fill(`${random(1e9)}`, ...sector(journal, random)),
	// Sectors in the wrong order.
	(journal, random) => {
		const copy = Buffer.from(journal)
		const [from] = sector(journal, random)
		journal.copy(copy, sector(journal, random)[0], from, from + 512)
		return copy
	},
	(journal, random) => Buffer.concat([journal, Buffer.alloc(random(9_000), random(256))]),
]

function changed(journal: Buffer, place: number, change: (byte: number) => number): Buffer {
	const copy = Buffer.from(journal)
	copy[place] = change(copy[place]!)
	return copy
}

function sector(journal: Buffer, random: (below: number) => number): [number, number] {
	const start = random(Math.floor(journal.length / 512)) * 512
	return [start, start + 512]
}

/** Copies of the file and of its journal, as they lie on the disk while the blog runs. */
async function photograph(folder: string): Promise<{ file: string; journal: Buffer }> {
	const { db, url, drop } = await databases[0]!.create()
	const write = async (n: number) =>
		db
			.insertInto('links')
			.values({ token_hash: `row ${n}`, purpose: 'test', author_id: null, expires_at: null, data: 'x'.repeat(n * 50) })
			.execute()
	for (let n = 0; n < SETTLED; n++) await write(n)
	await sql`pragma wal_checkpoint(truncate)`.execute(db)
	for (let n = SETTLED; n < SETTLED + LATER; n++) await write(n)
	const file = join(folder, 'photographed.db')
	copyFileSync(url.slice('sqlite:'.length), file)
	const journal = readFileSync(`${url.slice('sqlite:'.length)}-wal`)
	await drop()
	return { file, journal }
}

/** Opens a copy as the program does; gives the numbers of its rows, or undefined when it is refused. */
async function openCopy(file: string): Promise<number[] | undefined> {
	const db = openDatabase(`sqlite:${file}`)
	try {
		await migrate(db)
		const { rows } = await sql<Record<string, string>>`pragma integrity_check`.execute(db)
		assert.equal(rows.map(Object.values), [['ok']])
		const links = await db.selectFrom('links').select('token_hash').where('purpose', '=', 'test').execute()
		return links.map((link) => Number(link.token_hash.slice(4))).sort((a, b) => a - b)
	} catch (error) {
		if (error instanceof SqliteDatabase.SqliteError) return undefined
		throw error
	} finally {
		await db.destroy()
	}
}

test(`of ${IMAGES} each opens whole, with all that was settled and what came later up to the damage`, async () => {
	const folder = temporaryFolder('wal')
	const { file, journal } = await photograph(folder)
	const lengths = new Set<number>()
	for (let n = 0; n < IMAGES; n++) {
		const copy = join(folder, `${n}.db`)
		copyFileSync(file, copy)
		writeFileSync(`${copy}-wal`, DAMAGES[n % DAMAGES.length]!(journal, chance(n)))
		const rows = await openCopy(copy)
		assert.ok(rows, `image ${n} was refused`)
		assert.ok(rows.length >= SETTLED, `image ${n} has lost what was settled`)
		assert.equal(rows, [...rows.keys()], `image ${n} has a gap`)
		lengths.add(rows.length)
	}
	assert.ok(lengths.has(SETTLED) && lengths.has(SETTLED + LATER) && lengths.size > 10, 'the damage is of many kinds')
})

test.run()
