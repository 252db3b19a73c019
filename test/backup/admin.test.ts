import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { outdated, shownPlace } from '../../src/backup/plan.ts'
import { openBackup } from '../../src/backup/verify.ts'
import { hurry } from '../../src/jobs/queries.ts'
import { writeSetting } from '../../src/settings/queries.ts'
import { openStorage } from '../../src/storage/open.ts'
import { startJobs } from '../../src/work.ts'
import { openZip } from '../../src/zip/read.ts'
import { type Desk, type DeskBlog, openDesk, startDesks } from '../admin/desk.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folders.ts'
import { startS3 } from '../support/s3-server.ts'

const DEADLINE = 20_000
const HOUR = 3_600_000
const PLAN = { on: true, hour: 4, keep: 2, to: '' }

for (const database of databases) {
	const test = suite(`the page of backups on ${database.name}`)
	let blog: DeskBlog
	let desk: Desk
	let now: number

	test.before.each(async () => {
		now = NOW
		blog = await startDesks(database, { clock: () => now })
		desk = await openDesk(blog, 'anna@example.org')
	})

	test.after.each(() => blog.close())

	const runs = () => blog.db.selectFrom('backups').selectAll().orderBy('id').execute()

	/** Does jobs until as many backups have ended. */
	async function backedUp(count: number, until = 'done') {
		const worker = await startJobs(blog.inside)
		const end = Date.now() + DEADLINE
		const ended = async () => (await runs()).filter(({ state }) => state === until).length
		while ((await ended()) < count) {
			assert.ok(Date.now() < end, JSON.stringify(await runs()))
			await pause(20)
		}
		await worker.stop()
		return runs()
	}

	test('a backup is begun by a button, is in the list, and is downloaded whole', async () => {
		assert.is((await desk.post('/admin/backup/now/')).headers.location, '/admin/backup/?done=begun')
		const [run] = await backedUp(1)
		const page = await desk.html('/admin/backup/')
		const link = page.$('.copies a')!
		assert.is(link.text.trim(), run!.name)
		assert.match(page.$('.copies li')!.text, /готова · \d/)
		const { bytes, headers, status } = await desk.get(link.attributes.href!)
		assert.is(status, 200)
		assert.match(headers['content-disposition']!, run!.name)
		assert.match(headers['cache-control']!, 'no-store')
		const file = join(temporaryFolder('got'), 'blog.zip')
		writeFileSync(file, bytes)
		const { archive, manifest } = await openBackup(file)
		assert.ok(manifest.tables.posts! > 5)
		archive.close()
		assert.is(statSync(join(run!.place, run!.name)).mode & 0o777, 0o600)
		const log = await blog.db.selectFrom('audit').select('action').orderBy('id').execute()
		assert.equal(
			log.slice(-2).map(({ action }) => action),
			['backed-up', 'exported'],
		)
		rmSync(join(run!.place, run!.name))
		assert.is((await desk.get(link.attributes.href!)).status, 404)
		assert.not((await desk.html('/admin/backup/')).$('.copies a'))
	})

	test('every day after its hour there is one, also when the blog was off then; the oldest go', async () => {
		await desk.post('/admin/backup/', { on: '1', hour: '4', keep: '2', to: '' })
		const folder = join(blog.inside.config.dataDir, 'backups')
		const due = async () => {
			const trx = blog.db
			await trx.transaction().execute(async (trx) => {
				const { enqueue } = await import('../../src/jobs/queries.ts')
				await enqueue(trx, 'backup-due', null, { key: 'test' })
			})
		}
		for (let day = 1; day <= 3; day++) {
			await due()
			await backedUp(day)
			now += HOUR
			await due()
			assert.is((await backedUp(day)).length, day, 'one a day')
			now += 23 * HOUR
		}
		assert.equal(
			readdirSync(folder).sort(),
			(await runs()).slice(1).map(({ name }) => name),
		)
	})

	test('one that fails is told of and tried again', async () => {
		const file = join(temporaryFolder('no'), 'file')
		writeFileSync(file, '')
		await blog.db.transaction().execute((trx) => writeSetting(trx, 'backups', '', { ...PLAN, to: `${file}/folder` }))
		await desk.post('/admin/backup/now/')
		const [run] = await backedUp(1, 'failed')
		assert.match(run!.error, 'ENOTDIR')
		assert.ok(blog.logs.some(({ msg }) => msg === 'jobs: an attempt failed'))
		assert.match((await desk.html('/admin/backup/')).$('.copies .is-failed')!.text, 'не получилась')
		assert.match((await desk.html('/admin/')).text, 'резервная копия не получилась')
		await blog.db.transaction().execute((trx) => writeSetting(trx, 'backups', '', PLAN))
		await hurry(blog.db, 'backup')
		await backedUp(1)
		assert.not.match((await desk.html('/admin/')).text, 'резервная копия не получилась')
	})

	test('they go to a bucket, whose key nobody is shown', async () => {
		const s3 = await startS3()
		await desk.post('/admin/backup/', { on: '1', hour: '4', keep: '1', to: s3.url })
		const input = (await desk.html('/admin/backup/')).$('#to')!
		assert.match(input.attributes.value!, 's3://S3RVER:…@127.0.0.1')
		await desk.post('/admin/backup/', { on: '1', hour: '5', keep: '1', to: input.attributes.value! })
		for (let count = 1; count <= 2; count++) {
			await desk.post('/admin/backup/now/')
			await backedUp(count)
			now += 2000
		}
		const bucket = await openStorage({ storageUrl: s3.url })
		const names = await bucket.list('')
		assert.equal(names, [(await runs())[1]!.name])
		const file = join(temporaryFolder('got'), 'blog.zip')
		writeFileSync(file, (await bucket.read(names[0]!))!)
		;(await openBackup(file)).archive.close()
		assert.equal(readdirSync(join(blog.inside.config.dataDir, 'backups')), [])
		assert.not.match((await desk.get('/admin/backup/')).text, 'S3RVER:S3RVER')
		await s3.close()
	})

	test('what is no place and no hour is told beside the field', async () => {
		const answer = await desk.post('/admin/backup/', { on: '1', hour: '24', keep: '0', to: 'backups' })
		assert.is(answer.status, 422)
		for (const id of ['hour-error', 'keep-error', 'to-error']) assert.match(answer.text, `id="${id}"`)
		assert.match(answer.text, 'value="backups"')
		for (const to of ['s3://host/bucket', 'http://a/b', '../x', 's3:', '/a\u0000b']) {
			assert.is((await desk.post('/admin/backup/', { hour: '1', keep: '1', to })).status, 422, to)
		}
	})

	test('the blog is downloaded as an archive and for WordPress, by a form of our own alone', async () => {
		const zip = await desk.post('/admin/export/', { format: 'zip' })
		assert.is(zip.status, 200)
		assert.match(zip.headers['content-disposition']!, 'blog.zip')
		const file = join(temporaryFolder('got'), 'blog.zip')
		writeFileSync(file, zip.bytes)
		const archive = await openZip(file, { members: 1000, ratio: 1000, small: 1 << 20 })
		assert.ok(archive.members.has('README.md'))
		archive.close()
		const wxr = await desk.post('/admin/export/', { format: 'wxr' })
		assert.match(wxr.headers['content-type']!, 'application/xml')
		assert.match(wxr.text, /<\/rss>\s*$/)
		assert.is((await desk.post('/admin/export/', { format: 'exe' })).status, 422)
		const foreign = { Origin: 'https://evil.example' }
		assert.is((await desk.post('/admin/export/', { format: 'zip' }, foreign)).status, 403)
		assert.is((await desk.get('/admin/export/')).status, 405)
	})

	test.run()
}

const test = suite('plans of backups')

test('the newest stay, and other files are none of them', () => {
	const names = [
		'otklik-20250315-040000.zip',
		'otklik-20250313-040000.zip',
		'otklik-20250314-040000.zip',
		'photo.zip',
		'otklik-x.zip',
	]
	assert.equal(outdated(names, 2), ['otklik-20250313-040000.zip'])
	assert.equal(outdated(names, 5), [])
})

test('a place is shown without its key', () => {
	assert.is(shownPlace('s3://key:se%2Fcret@host:9000/b/f?tls=off'), 's3://key:…@host:9000/b/f?tls=off')
	assert.is(shownPlace('/backups'), '/backups')
})

test.run()
