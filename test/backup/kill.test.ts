import { once } from 'node:events'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openBackup } from '../../src/backup/verify.ts'
import { claimDatabase } from '../../src/db/presence.ts'
import { seed } from '../../src/seed/seed.ts'
import { serveBlog } from '../faults/server-process.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folders.ts'
import { send } from '../support/http.ts'
import { contentOf } from './fixture.ts'
import { backUp, openPlace, otklik, start } from './support.ts'

const ROUNDS = 6
const SEEDED = { posts: 200, comments: 600, languages: ['ru', 'en'], timezone: 'Europe/Moscow', now: NOW }

for (const database of databases) {
	const test = suite(`backups and kill -9 on ${database.name}`)

	test('a backup that is killed leaves no file under its name, and the next one is whole', async () => {
		const place = await openPlace(database)
		await seed(place.db, SEEDED)
		const folder = temporaryFolder('backup')
		const file = join(folder, 'blog.zip')
		const begun = performance.now()
		assert.is((await otklik(['backup', join(folder, 'timed.zip')], place.env)).code, 0)
		const whole = performance.now() - begun
		for (let round = 1; round <= ROUNDS; round++) {
			const { child } = start(['backup', file], place.env)
			const ended = once(child, 'close')
			await pause((whole * round) / (ROUNDS + 1))
			child.kill('SIGKILL')
			await ended
			if (existsSync(file)) (await openBackup(file)).archive.close()
		}
		assert.is((await otklik(['backup', file], place.env)).code, 0)
		assert.is(statSync(file).mode & 0o777, 0o600)
		const { archive, manifest } = await openBackup(file)
		assert.is(manifest.tables.posts, SEEDED.posts)
		archive.close()
		assert.equal(readdirSync(folder).sort(), ['blog.zip', 'timed.zip'])
		await place.drop()
	})

	test('a restore that is killed leaves the old blog or the new one, whole', async () => {
		const source = await openPlace(database)
		await seed(source.db, SEEDED)
		const file = await backUp(source)
		const fresh = JSON.stringify(await contentOf(source.url))
		await source.drop()
		const place = await openPlace(database)
		await seed(place.db, { ...SEEDED, posts: 20, comments: 30 })
		await place.db.destroy()
		const old = JSON.stringify(await contentOf(place.url))
		const timing = await openPlace(database, { empty: true })
		await timing.db.destroy()
		const begun = performance.now()
		assert.is((await otklik(['restore', file], timing.env)).code, 0)
		const whole = performance.now() - begun
		let isNew = false
		for (let round = 1; round <= ROUNDS && !isNew; round++) {
			const { child } = start(['restore', file], place.env)
			const ended = once(child, 'close')
			// The last of them at the time of the change.
			await pause(whole * (0.4 + (0.6 * round) / ROUNDS))
			child.kill('SIGKILL')
			await ended
			const now = JSON.stringify(await contentOf(place.url))
			isNew = now === fresh
			assert.ok(isNew || now === old, 'it is one of the two')
		}
		// A server that was killed lets go a moment later.
		let { code, stderr } = await otklik(['restore', file], place.env)
		for (let tries = 0; code !== 0 && tries < 20; tries++) {
			assert.match(stderr, 'stop it first')
			await pause(100)
			;({ code, stderr } = await otklik(['restore', file], place.env))
		}
		assert.is(code, 0, stderr)
		assert.ok(JSON.stringify(await contentOf(place.url)) === fresh)
		await place.drop().catch(() => {})
		await timing.drop().catch(() => {})
	})

	test('a restore onto a running blog is refused, and may be done when it was stopped or killed', async () => {
		const place = await openPlace(database)
		await seed(place.db, { ...SEEDED, posts: 5, comments: 5 })
		const file = await backUp(place)
		await place.db.destroy()
		const server = await serveBlog(place.env)
		const refused = await otklik(['restore', file], place.env)
		assert.equal(refused, {
			code: 1,
			stdout: '',
			stderr: refused.stderr.replace(/otklik: .*$/m, 'otklik: a blog runs on this database: stop it first'),
		})
		assert.match(refused.stderr, 'otklik: a blog runs on this database')
		assert.is((await send(server.port, '/ru/')).status, 200)
		const backup = await otklik(['backup', join(temporaryFolder('backup'), 'b.zip')], place.env)
		assert.is(backup.code, 0, 'a backup is made meanwhile')
		await server.kill()
		let last = await otklik(['restore', file], place.env)
		for (let tries = 0; last.code !== 0 && tries < 20; tries++) {
			await pause(100)
			last = await otklik(['restore', file], place.env)
		}
		assert.is(last.code, 0, last.stderr)
		assert.match(last.stdout, 'What was there before is in ')
		const again = await serveBlog(place.env)
		assert.is((await send(again.port, '/ru/')).status, 200)
		await again.kill()
		await place.drop().catch(() => {})
	})

	test('nothing begins to work on a database that is being replaced', async () => {
		const place = await openPlace(database)
		await place.db.destroy()
		const release = await claimDatabase(place.url)
		const { code, stderr } = await otklik(['serve'], { ...place.env, PORT: '0' })
		assert.is(code, 1)
		assert.match(stderr, /database is (?:locked|being restored)/)
		await release()
		const server = await serveBlog(place.env)
		await server.kill()
		await place.drop().catch(() => {})
	})

	test.run()
}
