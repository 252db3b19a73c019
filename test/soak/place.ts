import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { setPassword } from '../../src/authors/accounts.ts'
import { createAuthor } from '../../src/authors/queries.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import { seed } from '../../src/seed/seed.ts'
import type { SourceServer } from '../mentions/source-server.ts'
import { freePort, startPostgres } from '../support/postgres.ts'

export const OWNER = { email: 'owner@example.org', password: 'правильная лошадь батарея' }
const SEEDED = { posts: 300, comments: 600, languages: ['ru', 'en'], timezone: 'Europe/Moscow' }

/** A blog's folder, database and settings. */
export interface Place {
	folder: string
	env: Record<string, string>
	close(): void
}

/** Makes a blog of some hundred posts whose owner can sign in; its port is always the same. */
export async function openPlace(isPostgres: boolean, source: SourceServer): Promise<Place> {
	const folder = mkdtempSync(join(tmpdir(), 'otklik-soak-'))
	const server = isPostgres ? await startPostgres(folder) : undefined
	if (server) await createDatabase(server.url)
	const url = server ? `${server.url}/soak` : `sqlite:${join(folder, 'otklik.db')}`
	await fill(url)
	const port = String(await freePort())
	return {
		folder,
		env: {
			DATABASE_URL: url,
			DATA_DIR: folder,
			PORT: port,
			SITE_URL: `http://127.0.0.1:${port}`,
			TRUST_PROXY: '1',
			FETCH_ALLOW: source.allow,
		},
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

async function fill(url: string): Promise<void> {
	const now = Date.now()
	const db = openDatabase(url)
	await migrate(db)
	await seed(db, { ...SEEDED, now })
	const names = [{ locale: 'ru', name: 'Хозяйка' }]
	const owner = await createAuthor(db, { slug: 'owner', email: OWNER.email, role: 'owner', names, now })
	await setPassword(db, owner, OWNER.password)
	await db.destroy()
}
