import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Desk, type DeskBlog, openDesk, startDesks } from '../admin/desk.ts'
import { otklik } from '../backup/support.ts'
import { filesIn, photo, upload } from '../media/uploads.ts'
import { databases } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'

const MB = 2 ** 20
const disk = temporaryFolder('disk')

// Only root may mount; who may not injects the error instead.
const isMounted = tryTo('mount', '-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', disk)
process.on('exit', () => isMounted && tryTo('umount', '-l', disk))

function tryTo(command: string, ...args: string[]): boolean {
	try {
		execFileSync(command, args, { stdio: 'ignore' })
		return true
	} catch {
		return false
	}
}

const filler = join(disk, 'filler')

/** Takes the room that is left, but for `left` bytes. */
function fillUp(left: number): void {
	const { bavail, bsize } = statfsSync(disk)
	writeFileSync(filler, Buffer.alloc(bavail * bsize - Math.ceil(left)))
}

const test = suite('a disk without room for files')
let blog: DeskBlog
let anna: Desk

test.before(async () => {
	blog = await startDesks(databases[0]!, { env: { DATA_DIR: disk } })
	anna = await openDesk(blog, 'anna@example.org')
})
test.after(() => blog.close())

test('an upload is a 503 that comes again, leaves nothing behind, and works when there is room', async () => {
	const picture = await photo(900, 900).jpeg({ quality: 100 }).toBuffer()
	const document = Buffer.concat([PDF, Buffer.alloc(MB, 'a')])
	const { storage } = blog.inside
	const put = storage.put
	let stored = 0
	for (const file of [
		{ name: 'a.jpg', content: picture },
		{ name: 'a.pdf', content: document },
	]) {
		const size = file.content.length
		// Without room for what comes in, and for what is made of it and kept.
		for (const left of isMounted ? [size / 2, size + size / 2] : [0]) {
			if (isMounted) fillUp(left)
			else storage.put = () => Promise.reject(Object.assign(new Error('no room'), { code: 'ENOSPC' }))
			const answer = await upload(blog, anna, [file])
			assert.is(answer.status, 503, `${file.name} with room for ${left} of ${size}`)
			assert.ok(Number(answer.headers['retry-after']) > 0)
			assert.is((await blog.get('/ru/')).status, 200)
			assert.is((await blog.db.selectFrom('media').select('id').execute()).length, stored)
			rmSync(filler, { force: true })
			assert.is(filesIn(disk).length, stored)
		}
		storage.put = put
		assert.is((await upload(blog, anna, [file])).status, 303)
		assert.is((await blog.db.selectFrom('media').select('id').execute()).length, ++stored)
	}
})

const PDF = Buffer.from('%PDF-1.7\n')

if (isMounted) {
	test('a backup says that there is no room, ends with 1 and leaves no file', async () => {
		fillUp(10_000)
		const before = readdirSync(disk).sort()
		const env = { DATABASE_URL: blog.databaseUrl, DATA_DIR: temporaryFolder('data') }
		const { code, stderr } = await otklik(['backup', join(disk, 'blog.zip')], env)
		assert.is(code, 1)
		assert.match(stderr, /no space left/)
		assert.equal(readdirSync(disk).sort(), before)
		rmSync(filler)
		assert.is((await otklik(['backup', join(disk, 'blog.zip')], env)).code, 0)
	})
}

test.run()
