import { randomInt } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findDamage, findDangling } from '../../../src/db/integrity.ts'
import type { Db } from '../../../src/db/schema.ts'
import { otklik } from '../../backup/support.ts'
import { countStatements, killAt } from '../../faults/dying.ts'
import { type Database, databases } from '../../support/databases.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { comment, item, term, written, wxr } from './support.ts'

const KILLS = 17
/** More than are written in one transaction. */
const POSTS = 230

const EXPORT = wxr(
	Array.from({ length: POSTS }, (_, n) =>
		item(n + 1, {}, term('post_tag', `tag-${n % 9}`) + comment(2 * n + 1) + comment(2 * n + 2)),
	).join('\n'),
)

async function open(database: Database) {
	const { db, url, drop } = await database.create()
	return { db, env: { DATABASE_URL: url, DATA_DIR: temporaryFolder('data') }, drop }
}

/** What an import brings, without the numbers that it gives. */
async function brought(db: Db) {
	const all = {
		posts: await db.selectFrom('translations').select(['title', 'slug', 'source', 'status']).execute(),
		comments: await db.selectFrom('comments').select(['name', 'source', 'html']).execute(),
		terms: await db.selectFrom('term_names').select(['kind', 'name', 'slug']).execute(),
		redirects: await db.selectFrom('redirects').select('path').execute(),
		imports: await db.selectFrom('imports').select(['site', 'kind', 'key']).execute(),
	}
	return Object.fromEntries(
		Object.entries(all).map(([name, rows]) => [name, rows.map((row) => JSON.stringify(row)).sort()]),
	)
}

/** @throws Error that names what is missing and what is too much */
function assertSame(found: Record<string, string[]>, wanted: Record<string, string[]>): void {
	for (const name of Object.keys(wanted)) {
		const [there, due] = [new Set(found[name]), new Set(wanted[name])]
		assert.equal([...due.difference(there)], [], `${name} are missing`)
		assert.equal([...there.difference(due)], [], `${name} are too many`)
		assert.is(found[name]?.length, wanted[name]?.length, `${name} are doubled`)
	}
}

for (const database of databases) {
	const test = suite(`imports and kill -9 on ${database.name}`)

	test(`killed ${KILLS} times on its way and called again, an import brings everything once`, async () => {
		const args = ['import', 'wxr', written(EXPORT), '--lang', 'ru']
		const whole = await open(database)
		const total = await countStatements(args, whole.env)
		const wanted = await brought(whole.db)
		assert.is(wanted.posts?.length, POSTS)
		await whole.drop()
		let place = await open(database)
		for (let killed = 0; killed < KILLS; ) {
			if (await killAt(randomInt(1, total), args, place.env)) {
				killed++
				const { posts, comments } = await brought(place.db)
				assert.is(new Set(posts).size, posts?.length, 'no post is doubled')
				assert.is(new Set(comments).size, comments?.length, 'no comment is doubled')
				continue
			}
			// There was less left to do.
			assertSame(await brought(place.db), wanted)
			await place.drop()
			place = await open(database)
		}
		assert.is((await otklik(args, place.env)).code, 0)
		assertSame(await brought(place.db), wanted)
		assert.equal(await findDamage(place.db, 10), [])
		assert.equal(await findDangling(place.db, 10), [])
		await place.drop()
	})

	test.run()
}
