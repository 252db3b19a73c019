import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { avatarPath } from '../../src/avatars/avatar.ts'
import { startBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'

test('a picture is served from its address alone, for good', async () => {
	const blog = await startBlog(databases[0]!)
	const path = avatarPath('any', { name: 'Вера', email: 'vera@example.org' })
	const found = await blog.get(path)
	assert.is(found.status, 200)
	assert.match(found.headers['content-type']!, /^image\/svg\+xml/)
	assert.is(found.headers['cache-control'], 'public, max-age=31536000, immutable')
	assert.match(found.text, /^<svg /)
	assert.is((await blog.get(path)).text, found.text)
	await blog.close()
})

test('what is no hash has no picture', async () => {
	const blog = await startBlog(databases[0]!)
	for (const name of [
		'x.svg',
		`${'g'.repeat(32)}.svg`,
		`${'a'.repeat(33)}.svg`,
		`${'a'.repeat(32)}.png`,
		'a/b.svg',
		'%D1%8F.svg',
	]) {
		assert.is((await blog.get(`/avatars/${name}`)).status, 404, name)
	}
	await blog.close()
})

test.run()
