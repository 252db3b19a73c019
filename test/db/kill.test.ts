import { sql } from 'kysely'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findDamage, findDangling } from '../../src/db/integrity.ts'
import { listMigrations, migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import type { Db } from '../../src/db/schema.ts'
import { otklik } from '../backup/support.ts'
import { countStatements, killAt, moments } from '../faults/dying.ts'
import { type Database, databases } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'

const KILLS = 17
/** The blog as it was when it had these. */
const OLD = 6

async function open(database: Database) {
	const { db, url, drop } = await database.create({ empty: true })
	const env = { DATABASE_URL: url, DATA_DIR: temporaryFolder('data') }
	await migrate(db, (await listMigrations()).slice(0, OLD))
	const authors = Array.from({ length: 200 }, (_, n) => ({ slug: `author-${n}`, created_at: n }))
	await db.withTables<{ authors: any }>().insertInto('authors').values(authors).execute()
	return { db, url, env, drop }
}

async function tablesOf(db: Db) {
	const tables = await db.introspection.getTables()
	return tables
		.map(({ name, columns }) => [name, columns.map((column) => `${column.name} ${column.dataType}`).sort()])
		.sort()
}

async function doneOf(db: Db): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
	return rows.map(({ name }) => name)
}

for (const database of databases) {
	const test = suite(`migrations and kill -9 on ${database.name}`)

	test(`killed ${KILLS} times on its way, a migration has happened whole or not at all, and happens in the end`, async () => {
		const whole = await open(database)
		const before = await tablesOf(whole.db)
		const total = await countStatements(['migrate'], whole.env)
		const after = await tablesOf(whole.db)
		assert.ok(total > 50 && before.length < after.length)
		await whole.drop()
		const names = await listMigrations()
		let place = await open(database)
		let killed = 0
		for (const moment of moments(total, KILLS)) {
			killed += Number(await killAt(moment, ['migrate'], place.env))
			const done = await doneOf(place.db)
			assert.ok(done.length === OLD || done.length === names.length, `${done.length} migrations happened`)
			assert.equal(await tablesOf(place.db), done.length === OLD ? before : after)
			if (done.length === OLD) continue
			await place.drop()
			place = await open(database)
		}
		assert.is(killed, KILLS)
		assert.is((await otklik(['migrate'], place.env)).code, 0)
		const db = openDatabase(place.url)
		assert.equal(await tablesOf(db), after)
		assert.is((await db.selectFrom('authors').select('id').execute()).length, 200)
		assert.equal(await findDamage(db, 10), [])
		assert.equal(await findDangling(db, 10), [])
		await db.destroy()
		await place.drop()
	})

	test.run()
}
