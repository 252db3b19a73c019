import { randomUUID } from 'node:crypto'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import type { Db } from '../../src/db/schema.ts'
import { temporaryFolder } from './folders.ts'

const TEMPLATE = 'otklik_template'

export interface TestDatabase {
	db: Db
	/** As DATABASE_URL takes it. */
	url: string
	/** Closes `db` and removes the database. */
	drop(): Promise<void>
}

/** One of the databases the engine runs on. */
export interface Database {
	name: 'SQLite' | 'PostgreSQL'
	/** Gives a new database of its own, migrated; `empty` leaves the migrations to the test. */
	create(options?: { empty?: boolean }): Promise<TestDatabase>
}

/**
 * What suites loop over.
 * @example for (const database of databases) { const test = suite(database.name); …; test.run() }
 */
export const databases: Database[] = [
	{ name: 'SQLite', create: createSqlite },
	{ name: 'PostgreSQL', create: createPostgres },
]

/** Migrates the two databases that the others are copied from; called once, by test/run.ts. */
export async function prepareTemplates(): Promise<void> {
	await execute(`CREATE DATABASE ${TEMPLATE}`)
	for (const url of [`sqlite:${sqliteTemplate()}`, `${serverUrl()}/${TEMPLATE}`]) {
		const db = openDatabase(url, { pool: 1 })
		await migrate(db)
		await db.destroy()
	}
}

async function createSqlite({ empty = false } = {}): Promise<TestDatabase> {
	const file = join(temporaryFolder('sqlite'), 'otklik.db')
	if (!empty) await copyFile(sqliteTemplate(), file)
	const url = `sqlite:${file}`
	const db = openDatabase(url)
	return { db, url, drop: () => db.destroy() }
}

async function createPostgres({ empty = false } = {}): Promise<TestDatabase> {
	const name = `test_${randomUUID().replaceAll('-', '')}`
	await execute(`CREATE DATABASE ${name} TEMPLATE ${empty ? 'template0' : TEMPLATE}`)
	const url = `${serverUrl()}/${name}`
	const db = openDatabase(url, { pool: 5 })
	const drop = async () => {
		await db.destroy()
		await execute(`DROP DATABASE ${name} WITH (FORCE)`)
	}
	return { db, url, drop }
}

async function execute(statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: `${serverUrl()}/postgres` })
	await client.connect()
	await client.query(statement).finally(() => client.end())
}

function sqliteTemplate(): string {
	return join(given('TEST_FOLDER'), 'template.db')
}

function serverUrl(): string {
	return given('TEST_POSTGRES')
}

function given(name: string): string {
	const value = process.env[name]
	if (!value) throw new Error('Databases are started by the runner: run tests by `node test/run.ts FILE`')
	return value
}
