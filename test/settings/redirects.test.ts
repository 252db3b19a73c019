import fc from 'fast-check'
import { test as pure, suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isLoop, pathFrom, targetFrom } from '../../src/settings/redirects/rules.ts'
import { type Desk, type DeskBlog, openDesk, startDesks } from '../admin/desk.ts'
import { databases } from '../support/databases.ts'

const SITE = 'https://blog.example'

pure('a path of this site is read in any of its forms, nothing else is', () => {
	assert.is(pathFrom('/old', SITE), '/old/')
	assert.is(pathFrom('/old//page/', SITE), '/old/page/')
	assert.is(pathFrom('/old.html', SITE), '/old.html')
	assert.is(pathFrom('https://blog.example/%D0%B0/', SITE), '/а/')
	assert.is(pathFrom('/а', SITE), '/а/')
	for (const wrong of [
		'',
		'/',
		'old',
		'//evil.example/',
		'/\\evil',
		'https://other.example/a',
		'/a?b=1',
		'/a#b',
		'/%ff',
		'/a b',
	]) {
		assert.is(pathFrom(wrong, SITE), undefined, wrong)
	}
})

pure('a target is a path of this site or an address elsewhere', () => {
	assert.is(targetFrom('/new/?a=1#b', SITE), '/new/?a=1#b')
	assert.is(targetFrom('https://blog.example/new/', SITE), '/new/')
	assert.is(targetFrom('https://other.example', SITE), 'https://other.example/')
	for (const wrong of [
		'',
		'new',
		'javascript:alert(1)',
		'//evil.example',
		'https://a:b@c.example/',
		'data:text/html,x',
	]) {
		assert.is(targetFrom(wrong, SITE), undefined, wrong)
	}
})

pure('whatever is typed is answered, and a path from it never leaves the site', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (text) => {
			const [path, target] = [pathFrom(text, SITE), targetFrom(text, SITE)]
			assert.ok(path === undefined || (path.startsWith('/') && !path.startsWith('//')))
			assert.ok(target === undefined || /^(\/(?!\/)|https?:\/\/)/.test(target), target)
		}),
	)
})

pure('circles of any length are seen', () => {
	const next = new Map([
		['/b/', '/c/'],
		['/c/', '/a/?x=1'],
		['/d/', 'https://other.example/'],
	])
	const find = (path: string) => next.get(path)
	assert.ok(isLoop({ path: '/a/', target: '/b/' }, find))
	assert.ok(isLoop({ path: '/a/', target: '/a' }, find))
	assert.not(isLoop({ path: '/a/', target: '/d/' }, find))
	assert.not(isLoop({ path: '/a/', target: '/e/' }, find))
})

pure.run()

for (const database of databases) {
	const test = suite(`redirects on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk

	test.before.each(async () => {
		blog = await startDesks(database)
		anna = await openDesk(blog, 'anna@example.org')
	})
	test.after.each(() => blog.close())

	const add = (from: string, to: string) => anna.post('/admin/settings/redirects/', { from, to })
	const leads = async (path: string) => {
		const { status, headers } = await blog.get(path)
		return `${status} ${headers.location ?? ''}`.trim()
	}

	test('one is made, followed, listed, found and removed', async () => {
		assert.is(await leads('/staroe/'), '404')
		assert.is((await add('/staroe', '/ru/o-bloge/#x')).status, 303)
		assert.is((await add('/ru/дело/', 'https://other.example/a')).status, 303)
		assert.is(await leads('/staroe/'), '301 /ru/o-bloge/#x')
		assert.is(await leads('/ru/%D0%B4%D0%B5%D0%BB%D0%BE/'), '301 https://other.example/a')
		const rows = async (query: string) => (await anna.html(`/admin/settings/redirects/${query}`)).$$('.leads code')
		assert.is((await rows('')).length, 4)
		assert.is((await rows('?q=staro')).length, 2)
		assert.is((await rows('?q=%25')).length, 0)
		await anna.post('/admin/settings/redirects/remove/', { path: '/staroe/' })
		assert.is(await leads('/staroe/'), '404')
	})

	test('none stands in the way of a page, leads in a circle or goes where it should not', async () => {
		await add('/a', '/b/')
		await add('/b', '/c/')
		for (const [from, to] of [
			['/c', '/a/'],
			['/x', '/x'],
			['/ru/', '/y/'],
			['/ru/o-bloge', '/y/'],
			['/ru/2025/02/konferenciya-egov-2-0/', '/y/'],
			['/ru/2025/', '/y/'],
			['/ru/tag/knigi/', '/y/'],
			['/admin/people', '/y/'],
			['/sitemap.xml', '/y/'],
			['/y', 'javascript:alert(1)'],
			['y', '/z/'],
		] as const) {
			const { status, text } = await add(from, to)
			assert.is(status, 422, from)
			assert.match(text, `value="${from}"`)
		}
		assert.is((await blog.db.selectFrom('redirects').selectAll().execute()).length, 2)
	})

	test('only the owner makes them', async () => {
		const boris = await openDesk(blog, 'boris@example.org')
		assert.is((await boris.post('/admin/settings/redirects/', { from: '/a', to: '/b' })).status, 403)
		assert.is((await boris.get('/admin/settings/redirects/')).status, 403)
	})

	test.run()
}
