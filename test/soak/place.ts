import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { setPassword } from '../../src/authors/accounts.ts'
import { createAuthor } from '../../src/authors/queries.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import type { Db } from '../../src/db/schema.ts'
import { seed } from '../../src/seed/seed.ts'
import type { SourceServer } from '../mentions/source-server.ts'
import { freePort, startPostgres } from '../support/postgres.ts'

export const OWNER = { email: 'owner@example.org', password: 'правильная лошадь батарея' }
const SEEDED = { languages: ['ru', 'en'], timezone: 'Europe/Moscow' }

/** A blog's folder, database and settings. */
export interface Place {
	folder: string
	env: Record<string, string>
	close(): void
}

/** Makes a blog of some hundred posts. */
export async function openPlace(isPostgres: boolean, source: SourceServer): Promise<Place> {
	const folder = mkdtempSync(join(tmpdir(), 'otklik-soak-'))
	const server = isPostgres ? await startPostgres(folder) : undefined
	if (server) await createDatabase(server.url)
	const url = server ? `${server.url}/soak` : `sqlite:${join(folder, 'otklik.db')}`
	const db = openDatabase(url)
	await migrate(db)
	await fill(db, { posts: 300, comments: 600 })
	await db.destroy()
	return {
		folder,
		env: await envOf(url, folder, source),
		close() {
			server?.stop()
			rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
		},
	}
}

async function createDatabase(server: string): Promise<void> {
	const client = new pg.Client({ connectionString: `${server}/postgres` })
	await client.connect()
	await client.query('CREATE DATABASE soak TEMPLATE template0').finally(() => client.end())
}

/** The settings; the port is always the same. */
export async function envOf(url: string, folder: string, { allow }: SourceServer): Promise<Place['env']> {
	const port = String(await freePort())
	return {
		DATABASE_URL: url,
		DATA_DIR: folder,
		PORT: port,
		SITE_URL: `http://127.0.0.1:${port}`,
		TRUST_PROXY: '1',
		FETCH_ALLOW: allow,
	}
}

/** Puts so many posts and comments into a blog, and an owner who can sign in. */
export async function fill(db: Db, amounts: { posts: number; comments: number }): Promise<void> {
	const now = Date.now()
	await seed(db, { ...SEEDED, ...amounts, now })
	const names = [{ locale: 'ru', name: 'Хозяйка' }]
	const owner = await createAuthor(db, { slug: 'owner', email: OWNER.email, role: 'owner', names, now })
	await setPassword(db, owner, OWNER.password)
}
