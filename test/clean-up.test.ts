import { mkdirSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { replaceLink } from '../src/authors/link-queries.ts'
import { insertSession } from '../src/authors/session-queries.ts'
import type { Pictures } from '../src/avatars/pictures.ts'
import { cleanUp } from '../src/clean-up.ts'
import { readConfig } from '../src/config.ts'
import { keepUnsaved } from '../src/posts/drafts/queries.ts'
import { insertPreview } from '../src/posts/previews/queries.ts'
import type { Storage } from '../src/storage/storage.ts'
import { databases } from './support/databases.ts'
import { NOW, seedFixtures } from './support/fixtures.ts'
import { temporaryFolder } from './support/folders.ts'

const DAY = 86_400_000
const config = readConfig({ DATA_DIR: temporaryFolder('data') })

for (const database of databases) {
	const test = suite(`cleaning up on ${database.name}`)

	test('takes away sessions that nobody used for 30 days and links that have ended, and nothing else', async () => {
		const { db, drop } = await database.create()
		const { anna, boris } = (await seedFixtures(db)).authors
		const tidied: string[] = []
		const empty = { list: async () => [] } as unknown as Storage
		const pictures = { cleanUp: async () => void tidied.push('pictures') } as unknown as Pictures
		const session = { author_id: anna, user_agent: '' }
		await insertSession(db, { ...session, token_hash: 'idle', created_at: NOW - 31 * DAY })
		await insertSession(db, { ...session, token_hash: 'used', created_at: NOW - 29 * DAY })
		await db.transaction().execute(async (trx) => {
			await replaceLink(trx, { token_hash: 'ended', purpose: 'password', author_id: anna, expires_at: NOW - 1 })
			await replaceLink(trx, { token_hash: 'works', purpose: 'password', author_id: boris, expires_at: NOW + DAY })
			await replaceLink(trx, { token_hash: 'for ever', purpose: 'setup', author_id: null, expires_at: null })
		})
		await cleanUp({ db, clock: () => NOW, pictures, storage: empty, config })
		assert.equal(tidied, ['pictures'])
		const sessions = await db.selectFrom('sessions').select('token_hash').execute()
		assert.equal(sessions, [{ token_hash: 'used' }])
		const links = await db.selectFrom('links').select('token_hash').orderBy('token_hash').execute()
		assert.equal(
			links.map((link) => link.token_hash),
			['for ever', 'works'],
		)
		await drop()
	})

	test('takes away what an upload that a crash ended left a day ago', async () => {
		const { db, drop } = await database.create()
		const folder = join(config.dataDir, 'uploading')
		for (const name of ['old', 'new']) mkdirSync(join(folder, name), { recursive: true })
		utimesSync(join(folder, 'old'), NOW / 1000 - 90_000, NOW / 1000 - 90_000)
		utimesSync(join(folder, 'new'), NOW / 1000 - 80_000, NOW / 1000 - 80_000)
		const nothing = { list: async () => [], cleanUp: async () => {} } as unknown as Storage & Pictures
		await cleanUp({ db, clock: () => NOW, pictures: nothing, storage: nothing, config })
		assert.equal(readdirSync(folder), ['new'])
		await drop()
	})

	test('takes away what was typed and not saved a season ago, and links to drafts that have ended', async () => {
		const { db, drop } = await database.create()
		const { authors, posts } = await seedFixtures(db)
		const { id: translation } = await db
			.selectFrom('translations')
			.select('id')
			.where('post_id', '=', posts.plans)
			.executeTakeFirstOrThrow()
		for (const [name, age] of [
			['old', 91 * DAY],
			['new', 89 * DAY],
		] as const) {
			const place = { authorId: authors.anna, place: name, locale: 'ru' }
			await keepUnsaved(db, place, { form: '[]', now: NOW - age })
			const expires = { token: name, expires_at: NOW + DAY - age + 89 * DAY }
			await insertPreview(db, { ...expires, translation_id: translation, author_id: authors.anna })
		}
		const nothing = { list: async () => [], cleanUp: async () => {} } as never
		await cleanUp({ db, clock: () => NOW, pictures: nothing, storage: nothing, config })
		assert.equal(await db.selectFrom('autosaves').select('place').execute(), [{ place: 'new' }])
		assert.equal(await db.selectFrom('previews').select('token').execute(), [{ token: 'new' }])
		await drop()
	})

	test.run()
}
