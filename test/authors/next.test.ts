import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { nextPath } from '../../src/authors/next.ts'

test('sign-in leads on to the page that was asked for, query included', () => {
	assert.is(nextPath('/admin/responses/?state=spam&page=2'), '/admin/responses/?state=spam&page=2')
})

test('it never leads elsewhere', () => {
	const bad = [
		'//evil.example/admin/',
		'/\\evil.example/admin/',
		'https://evil.example/admin/',
		'/ru/',
		'/admin/../ru/',
	]
	for (const asked of [...bad, '', null, 'javascript:alert(1)', '/adminer/', '/admin']) {
		assert.is(nextPath(asked), '/admin/', String(asked))
	}
})

test('whatever is asked for, the answer is a path of the authors’ pages on this site', () => {
	const asked = fc.oneof(
		fc.string(),
		fc.webUrl(),
		fc.string().map((text) => `/${text}`),
		fc.string().map((text) => `/admin/${text}`),
	)
	fc.assert(
		fc.property(asked, (text) => {
			const url = new URL(nextPath(text), 'http://blog.example')
			return url.host === 'blog.example' && url.pathname.startsWith('/admin/')
		}),
	)
})

test.run()
