import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import SqliteDatabase from 'better-sqlite3'
import { sql } from 'kysely'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { TABLES } from '../../src/backup/tables.ts'
import { reserveNumbers } from '../../src/db/dialect.ts'
import { findDamage, findDangling } from '../../src/db/integrity.ts'
import { listMigrations, migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import type { Db } from '../../src/db/schema.ts'
import { indexTranslations } from '../../src/search/queries.ts'
import { startBlog } from '../support/app.ts'
import { type Database, databases } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'
import { readPages, type Seen } from './readers.ts'

const FOLDER = join(import.meta.dirname, 'fixtures')
/** Made by the migrations, or by each database in its own way. */
const OWN = ['kysely_migration', 'kysely_migration_lock', 'search_index', 'jobs', 'rates']
const NOW = Date.parse('2026-11-23T12:00Z')

const fixtures = readdirSync(FOLDER)
	.filter((name) => name.endsWith('.sqlite.gz'))
	.map((name) => name.replace('.sqlite.gz', ''))

function unpack(name: string): string {
	const file = join(temporaryFolder('upgrade'), 'otklik.db')
	writeFileSync(file, gunzipSync(readFileSync(join(FOLDER, `${name}.sqlite.gz`))))
	return file
}

/** A database as a program of that time has left it: the file itself, or its rows in a schema of that time. */
async function restore(name: string, database: Database): Promise<{ db: Db; url: string; drop(): Promise<void> }> {
	const file = unpack(name)
	if (database.name === 'SQLite') {
		const db = openDatabase(`sqlite:${file}`)
		return { db, url: `sqlite:${file}`, drop: () => db.destroy() }
	}
	const created = await database.create({ empty: true })
	const old = new SqliteDatabase(file, { readonly: true })
	await migrate(created.db, migrationsOf(old))
	await copyRows(old, created.db)
	old.close()
	return created
}

function migrationsOf(old: SqliteDatabase.Database): string[] {
	return old.prepare<[], string>('select name from kysely_migration order by name').pluck().all()
}

function tablesOf(old: SqliteDatabase.Database): string[] {
	const all = old.prepare<[], string>("select name from sqlite_schema where type = 'table'").pluck().all()
	return all.filter((name) => !/^(sqlite_|search_index_)/.test(name))
}

async function copyRows(old: SqliteDatabase.Database, db: Db): Promise<void> {
	const any = db.withTables<Record<string, Record<string, unknown>>>()
	await any.transaction().execute(async (trx) => {
		await sql`set local session_replication_role = replica`.execute(trx)
		for (const table of tablesOf(old).filter((name) => !OWN.includes(name))) {
			const rows = old.prepare<[], Record<string, unknown>>(`select * from ${table}`).all()
			await trx.deleteFrom(table).execute()
			await trx.insertInto(table).values(rows).execute()
			const greatest = Math.max(...rows.map(({ id }) => Number(id ?? 0)))
			if (rows[0] && 'id' in rows[0] && table !== 'imports') await reserveNumbers(trx, table, greatest)
		}
	})
	const ids = await db.selectFrom('translations').select('id').execute()
	await indexTranslations(
		db,
		ids.map(({ id }) => id),
	)
}

const kept = suite('what is kept of earlier releases')

kept('there is one of each, in whose every table is a row', () => {
	assert.ok(fixtures.length >= 2)
	for (const name of fixtures) {
		const old = new SqliteDatabase(unpack(name), { readonly: true })
		for (const table of tablesOf(old)) {
			const count = old.prepare(`select count(*) from ${table}`).pluck().get()
			if (!['kysely_migration_lock', 'search_index'].includes(table)) assert.ok(Number(count) > 0, `${name}: ${table}`)
		}
		old.close()
	}
})

kept('no migration that was given out has changed since', async () => {
	for (const name of fixtures) {
		const old = new SqliteDatabase(unpack(name), { readonly: true })
		const { db, url, drop } = await databases[0]!.create({ empty: true })
		await migrate(db, migrationsOf(old))
		const made = new SqliteDatabase(url.slice('sqlite:'.length), { readonly: true })
		assert.equal(schemaOf(made), schemaOf(old), name)
		assert.ok((await listMigrations()).length > 0)
		for (const one of [made, old]) one.close()
		await drop()
	}
})

function schemaOf(database: SqliteDatabase.Database): string[] {
	return database.prepare<[], string>('select sql from sqlite_schema where sql is not null order by sql').pluck().all()
}

kept.run()

for (const name of fixtures) {
	for (const database of databases) {
		const test = suite(`the database of ${name} on ${database.name}`)

		test('it migrates, and readers see what they saw', async () => {
			const old = await restore(name, database)
			const before = await countRows(old.db)
			await migrate(old.db)
			assert.equal(await findDamage(old.db, 10), [])
			assert.equal(await findDangling(old.db, 10), [])
			const after = await countRows(old.db)
			for (const [table, count] of before) assert.is(after.get(table), count, table)

			const blog = await startBlog(
				{ name: database.name, create: async () => old },
				{ clock: () => NOW, seed: async () => {} },
			)
			const seen = await readPages(async (path) => {
				const { status, text, headers } = await blog.get(path)
				return { status, text, location: headers.location }
			})
			const expected = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Seen[]
			for (const [index, page] of expected.entries()) {
				assert.equal(JSON.parse(JSON.stringify(seen[index])), page, page.path)
			}
			assert.equal(await migrate(old.db), [])
			await blog.close()
		})

		test.run()
	}
}

/** Rows of the tables that any release had, and that no migration fills or empties. */
async function countRows(db: Db): Promise<Map<string, number>> {
	const tables = (await db.introspection.getTables()).map((table) => table.name)
	const counts = new Map<string, number>()
	const growing = [...OWN, 'versions', 'changes', 'settings', 'links', 'schedules']
	for (const table of TABLES.filter((one) => tables.includes(one) && !growing.includes(one))) {
		const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.id(table)}`.execute(db)
		counts.set(table, Number(rows[0]!.count))
	}
	return counts
}
