import { CompiledQuery, sql } from 'kysely'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openDatabase } from '../../src/db/open.ts'
import { countMatchesIn, searchTranslations } from '../../src/search/queries.ts'
import { databases } from '../support/databases.ts'
import { NOW, publish } from './library.ts'

const PLANS = {
	SQLite: {
		explain: 'explain query plan',
		uses: [
			/SCAN search_index VIRTUAL TABLE INDEX \d+:M/,
			/SEARCH t USING INDEX translations_readable \(id=\? AND locale=\? AND published_at<\?\)/,
		],
		avoids: /SCAN (t|translations)/,
	},
	PostgreSQL: {
		explain: 'explain',
		uses: [
			/Bitmap Index Scan on search_index_words/,
			/Index (Only )?Scan using \w+ on translations\s.*\n\s*Index Cond: \(+id = /,
		],
		avoids: /Seq Scan/,
	},
}

const test = suite('the plan of a search')

for (const database of databases) {
	test(`reads the text index and then the found posts alone on ${database.name}`, async () => {
		const { db, url, drop } = await database.create()
		await publish(db, { title: 'Книга' })
		const queries: { sql: string; parameters: readonly unknown[] }[] = []
		const watched = openDatabase(url, { pool: 1, onQuery: ({ query }) => queries.push(query) })
		// With one post, reading all of them would be the best plan.
		if (database.name === 'PostgreSQL') await sql`set enable_seqscan = off`.execute(watched)
		const asked = { query: 'книга "о книге" кни', locale: 'ru', now: NOW }
		await searchTranslations(watched, { ...asked, offset: 0, limit: 10 })
		await countMatchesIn(watched, asked)
		const { explain, uses, avoids } = PLANS[database.name]
		for (const query of queries.slice(-2)) {
			const raw = CompiledQuery.raw(`${explain} ${query.sql}`, [...query.parameters])
			const { rows } = await watched.executeQuery<Record<string, unknown>>(raw)
			const plan = rows.map((row) => row.detail ?? row['QUERY PLAN']).join('\n')
			for (const part of uses) assert.match(plan, part)
			assert.not.match(plan, avoids)
		}
		await watched.destroy()
		await drop()
	})
}

test.run()
