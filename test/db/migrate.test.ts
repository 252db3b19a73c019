import { sql } from 'kysely'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import { ConfigError } from '../../src/errors.ts'
import { databases } from '../support/databases.ts'

for (const database of databases) {
	const test = suite(`migrations on ${database.name}`)

	test('an empty database is brought to the newest schema, once', async () => {
		const { db, drop } = await database.create({ empty: true })
		assert.ok((await migrate(db)).includes('0001_initial'))
		assert.equal(await migrate(db), [])
		assert.equal(await db.selectFrom('posts').selectAll().execute(), [])
		await drop()
	})

	test('two programs that start together both find the newest schema', async () => {
		const { db, url, drop } = await database.create({ empty: true })
		const other = openDatabase(url)
		const names = await Promise.all([migrate(db), migrate(other)])
		assert.is(names.flat().filter((name) => name === '0001_initial').length, 1)
		await other.destroy()
		await drop()
	})

	test('a database of a newer program is refused by name and left as it is', async () => {
		const { db, drop } = await database.create()
		await sql`insert into kysely_migration (name, timestamp) values ('9999_future', '2030')`.execute(db)
		const error = await migrate(db).catch((error: unknown) => error)
		assert.instance(error, ConfigError)
		assert.match((error as Error).message, /newer than this program.*9999_future/)
		await drop()
	})

	test('a new test database is migrated already, and empty', async () => {
		const { db, drop } = await database.create()
		assert.equal(await migrate(db), [])
		assert.equal(await db.selectFrom('translations').selectAll().execute(), [])
		await drop()
	})

	test.run()
}
