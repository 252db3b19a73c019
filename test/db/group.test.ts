import SqliteDatabase from 'better-sqlite3'
import { type Kysely, sql } from 'kysely'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openDatabase } from '../../src/db/open.ts'
import { temporaryFolder } from '../support/folders.ts'

const test = suite('transactions on SQLite')
let file: string
let db: Kysely<any>
/** Another process. */
let other: SqliteDatabase.Database

test.before.each(async () => {
	file = `${temporaryFolder('group')}/otklik.db`
	db = openDatabase(`sqlite:${file}`) as Kysely<any>
	await sql`create table notes (id integer primary key, text text not null unique)`.execute(db)
	await sql`create table parts (id integer primary key, note integer references notes (id) deferrable initially deferred)`.execute(
		db,
	)
	other = new SqliteDatabase(file)
})
test.after.each(async () => {
	other.close()
	await db.destroy().catch(() => {})
})

const write = (text: string, andThen = async (_: Kysely<any>) => {}) =>
	db.transaction().execute(async (trx) => {
		await trx.insertInto('notes').values({ text }).execute()
		await andThen(trx)
	})
const kept = () => other.prepare('select text from notes order by id').pluck().all()
const settled = async (all: Promise<unknown>[]) => (await Promise.allSettled(all)).map(({ status }) => status)

test('those that stand in line are committed together, and all are there', async () => {
	other.pragma('wal_checkpoint(truncate)')
	const version = () => other.pragma('data_version', { simple: true }) as number
	const before = version()
	const seen: unknown[] = []
	await Promise.all(
		Array.from({ length: 20 }, async (_, n) => {
			await write(`note ${n}`)
			seen.push(kept().length)
		}),
	)
	assert.is(kept().length, 20)
	assert.equal(new Set(seen), new Set([20]), 'none ends before all are kept')
	assert.ok(version() > before)
})

test('one that fails takes back itself alone', async () => {
	const fail = async () => {
		throw new Error('no')
	}
	const all = [write('first', fail), write('second'), write('third', fail), write('second'), write('fourth')]
	assert.equal(await settled(all), ['rejected', 'fulfilled', 'rejected', 'rejected', 'fulfilled'])
	assert.equal(kept(), ['second', 'fourth'])
})

test('readers see nothing that may yet be lost, and wait for nobody', async () => {
	const { promise: isOver, resolve: end } = Promise.withResolvers<void>()
	const writing = write('long', () => isOver)
	const waiting = write('next')
	assert.equal(await db.selectFrom('notes').selectAll().execute(), [])
	end()
	await Promise.all([writing, waiting])
	assert.is((await db.selectFrom('notes').selectAll().execute()).length, 2)
})

test('who writes without a transaction sees it kept, and no more than it is lost', async () => {
	const add = (text: string) => db.insertInto('notes').values({ text }).returning('id').executeTakeFirstOrThrow()
	const all = [add('one'), write('two'), add('two'), add('three')]
	assert.equal(await settled(all), ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
	assert.equal(kept().sort(), ['one', 'three', 'two'])
	assert.is((await db.deleteFrom('notes').executeTakeFirst()).numDeletedRows, 3n)
	assert.equal(kept(), [])
})

test('when the commit fails everybody hears of it, and the next ones succeed', async () => {
	const orphan = (trx: Kysely<any>) => trx.insertInto('parts').values({ note: 99 }).execute() as Promise<never>
	assert.equal(await settled([write('one'), write('two', orphan), write('three')]), Array(3).fill('rejected'))
	assert.equal(kept(), [])
	await write('four')
	assert.equal(kept(), ['four'])
})

test('when the lock is another process’s, who writes waits in line, and readers go on', async () => {
	other.exec('begin immediate')
	const writing = [write('one'), write('two')]
	assert.equal(await db.selectFrom('notes').selectAll().execute(), [])
	other.exec('commit')
	await Promise.all(writing)
	assert.equal(kept().sort(), ['one', 'two'])
})

test('what SQLite takes back by itself is lost for all, and what comes after has a transaction of its own', async () => {
	await sql`create trigger full before insert on notes when new.text = 'full' begin select raise(rollback, 'full'); end`.execute(
		db,
	)
	const catching = (trx: Kysely<any>) =>
		trx
			.insertInto('notes')
			.values({ text: 'full' })
			.execute()
			.catch(() => {}) as Promise<never>
	assert.equal(await settled([write('one'), write('two', catching), write('three')]), [
		'rejected',
		'rejected',
		'fulfilled',
	])
	assert.equal(kept(), ['three'])
	const more = (trx: Kysely<any>) =>
		catching(trx).then(() => trx.insertInto('notes').values({ text: 'x' }).execute()) as Promise<never>
	assert.equal(await settled([write('four', more)]), ['rejected'])
	assert.equal(kept(), ['three'])
})

test('who closes the database keeps what has ended and nothing by halves', async () => {
	const { promise: never, resolve: end } = Promise.withResolvers<void>()
	const begun = Promise.withResolvers<void>()
	const done = write('done')
	const half = write('half', () => {
		begun.resolve()
		return never
	})
	await begun.promise
	await db.destroy()
	end()
	assert.equal(await settled([done, half]), ['fulfilled', 'rejected'])
	assert.equal(kept(), ['done'])
})

test.run()
