import { pino } from 'pino'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createBlog } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/open.ts'
import { startServer } from '../../src/server.ts'
import { databases } from '../support/databases.ts'
import { NOW, seedFixtures } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folders.ts'
import { send } from '../support/http.ts'

/** How many queries a page takes once the memory is warm. These numbers may only go down. */
const MOST: Record<string, number> = {
	'/ru/': 1,
	'/ru/2025/02/': 1,
	'/ru/2025/02/26/': 1,
	'/ru/category/sobytiya/': 3,
	'/ru/tag/knigi/': 2,
	'/ru/author/anna/': 2,
	'/ru/search/': 1,
	'/ru/search/?q=%D0%BA%D0%BD%D0%B8%D0%B3%D0%B0': 4,
	'/ru/2025/02/konferenciya-egov-2-0/': 1,
	'/ru/2025/01/dlya-svoih/': 1,
	'/ru/o-bloge/': 1,
	'/ru/nowhere/': 6,
	'/ru/2024/08/': 1,
	'/': 1,
	'/healthz': 0,
	'/favicon.ico': 1,
}

for (const database of databases) {
	const test = suite(`queries on ${database.name}`)

	test('no kind of page takes more of them than it did', async () => {
		const { db, url, drop } = await database.create()
		await seedFixtures(db)
		let queries: string[] = []
		const counted = openDatabase(url, { onQuery: ({ query }) => void queries.push(query.sql) })
		const config = readConfig({ PORT: '0', DATABASE_URL: url, DATA_DIR: temporaryFolder('data'), PAGE_CACHE: '0' })
		const log = pino({ level: 'silent' })
		const running = await startServer(await createBlog({ config, db: counted, log, clock: () => NOW }))
		const port = Number(new URL(running.url).port)
		for (const [path, most] of Object.entries(MOST)) {
			await send(port, path)
			queries = []
			await send(port, path)
			assert.ok(queries.length <= Math.min(8, most), `${path}: ${queries.length}\n${queries.join('\n')}`)
		}
		await running.stop()
		await drop()
	})

	test.run()
}
