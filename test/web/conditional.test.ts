import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { entityTag, preconditions } from '../../src/web/conditional.ts'
import { parseHttpDate } from '../../src/web/http-date.ts'

const now = Date.UTC(2025, 0, 15)
const modified = Date.UTC(1994, 9, 29, 19, 43, 31)
const date = 'Sat, 29 Oct 1994 19:43:31 GMT'

function answer(headers: Record<string, string>, etag: string | undefined = 'W/"xyzzy"', lastModified = modified) {
	return preconditions(headers, { etag, lastModified }, now)
}

test("If-None-Match takes the RFC's own examples", () => {
	assert.is(answer({ 'if-none-match': '"xyzzy"' }), 304)
	assert.is(answer({ 'if-none-match': 'W/"xyzzy"' }), 304)
	assert.is(answer({ 'if-none-match': '"xyzzy", "r2d2xxxx", "c3piozzzz"' }), 304)
	assert.is(answer({ 'if-none-match': 'W/"xyzzy", W/"r2d2xxxx", W/"c3piozzzz"' }), 304)
	assert.is(answer({ 'if-none-match': '"r2d2xxxx", W/"xyzzy"' }), 304)
	assert.is(answer({ 'if-none-match': '*' }), 304)
	assert.is(answer({ 'if-none-match': '"r2d2xxxx"' }), 200)
})

test('tags are compared weakly, to the letter', () => {
	assert.is(answer({ 'if-none-match': 'W/"1"' }, '"1"'), 304)
	assert.is(answer({ 'if-none-match': '"1"' }, 'W/"1"'), 304)
	assert.is(answer({ 'if-none-match': 'W/"1"' }, 'W/"2"'), 200)
	assert.is(answer({ 'if-none-match': '"XYZZY"' }), 200)
	assert.is(answer({ 'if-none-match': 'w/"xyzzy"' }), 200)
})

test('a tag may hold commas, and a list may have empty members and odd spaces', () => {
	assert.is(answer({ 'if-none-match': '"a,b", "c"' }, '"a,b"'), 304)
	assert.is(answer({ 'if-none-match': '"x","a' }, '"a'), 200)
	assert.is(answer({ 'if-none-match': ' , ,"r2d2"\t,\t"xyzzy" ,' }), 304)
	assert.is(answer({ 'if-none-match': '""' }, '""'), 304)
})

test('what is no entity tag matches nothing', () => {
	for (const value of ['', 'xyzzy', '"xyzzy', 'xyzzy"', "'xyzzy'", '"a" "xyzzy"', '*, "q"', ',']) {
		assert.is(answer({ 'if-none-match': value }), 200, value)
	}
})

test('If-None-Match goes before If-Modified-Since', () => {
	assert.is(answer({ 'if-none-match': '"other"', 'if-modified-since': date }), 200)
	assert.is(answer({ 'if-none-match': '"xyzzy"', 'if-modified-since': 'Sat, 01 Jan 1994 00:00:00 GMT' }), 304)
	assert.is(answer({ 'if-none-match': 'rubbish', 'if-modified-since': date }), 200)
})

test('If-Modified-Since is compared by whole seconds', () => {
	assert.is(answer({ 'if-modified-since': date }), 304)
	assert.is(answer({ 'if-modified-since': date }, undefined, modified + 999), 304)
	assert.is(answer({ 'if-modified-since': date }, undefined, modified + 1000), 200)
	assert.is(answer({ 'if-modified-since': 'Sat, 29 Oct 1994 19:43:30 GMT' }), 200)
	assert.is(answer({ 'if-modified-since': 'Sun, 30 Oct 1994 00:00:00 GMT' }), 304)
	assert.is(preconditions({ 'if-modified-since': date }, { etag: '"a"' }, now), 200)
})

test('the three forms of an HTTP-date are read', () => {
	const expected = Date.UTC(1994, 10, 6, 8, 49, 37)
	for (const form of ['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994']) {
		assert.is(parseHttpDate(form, now), expected, form)
	}
	assert.is(parseHttpDate('Thursday, 01-Jan-70 00:00:00 GMT', now), Date.UTC(2070, 0, 1))
	assert.is(parseHttpDate('Thursday, 01-Jan-76 00:00:00 GMT', now), Date.UTC(1976, 0, 1))
})

test('a bad date is ignored', () => {
	const bad = [
		'',
		'0',
		'yesterday',
		'1994-11-06T08:49:37Z',
		'Sun, 06 Nov 1994 08:49:37',
		'Sun, 06 Nov 1994 08:49:37 +0000',
	]
	const impossible = ['Sun, 31 Feb 1994 08:49:37 GMT', 'Sun, 06 Nov 1994 25:49:37 GMT', 'Sun, 00 Nov 1994 08:49:37 GMT']
	for (const value of [...bad, ...impossible]) {
		assert.is(parseHttpDate(value, now), null, value)
		assert.is(answer({ 'if-modified-since': value }), 200, value)
		assert.is(answer({ 'if-unmodified-since': value }), 200, value)
	}
})

test('a condition that the page be as it was is answered 412 when it is not', () => {
	assert.is(answer({ 'if-match': '"xyzzy"' }, '"xyzzy"'), 200)
	assert.is(answer({ 'if-match': '"a", "xyzzy"' }, '"xyzzy"'), 200)
	assert.is(answer({ 'if-match': '*' }), 200)
	assert.is(answer({ 'if-match': 'W/"xyzzy"' }, 'W/"xyzzy"'), 412)
	assert.is(answer({ 'if-match': '"other"' }, '"xyzzy"'), 412)
	assert.is(answer({ 'if-unmodified-since': date }), 200)
	assert.is(answer({ 'if-unmodified-since': 'Sat, 29 Oct 1994 19:43:30 GMT' }), 412)
	assert.is(answer({ 'if-match': '*', 'if-none-match': 'W/"xyzzy"' }), 304)
})

const tag = fc
	.tuple(fc.constantFrom('', 'W/'), fc.stringMatching(/^[!#-~\x80-\xff]{0,12}$/))
	.map(([weak, opaque]) => `${weak}"${opaque}"`)

test('any list that names the tag is unchanged, any that does not is changed', () => {
	fc.assert(
		fc.property(fc.array(tag, { maxLength: 6 }), tag, fc.nat(6), (others, own, at) => {
			const strong = (value: string) => value.replace(/^W\//, '')
			const without = others.filter((other) => strong(other) !== strong(own))
			const list = without.toSpliced(at, 0, strong(own))
			assert.is(answer({ 'if-none-match': list.join(', ') }, own), 304)
			assert.is(answer({ 'if-none-match': without.join(',') }, own), 200)
		}),
	)
})

test('no header breaks it, and what it sends it accepts again', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.string(), (rubbish, body) => {
			const headers = { 'if-none-match': rubbish, 'if-modified-since': rubbish, 'if-unmodified-since': rubbish }
			assert.ok([200, 304].includes(answer(headers)))
			assert.is(answer({ 'if-none-match': entityTag(body) }, entityTag(body)), 304)
		}),
	)
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 253402300799000 }), (time) => {
			assert.is(parseHttpDate(new Date(time).toUTCString(), now), Math.floor(time / 1000) * 1000)
		}),
	)
})

test('a hostile list takes no long time', () => {
	const began = performance.now()
	answer({ 'if-none-match': `${' ,'.repeat(50_000)}x` })
	answer({ 'if-none-match': '"'.repeat(100_000) })
	answer({ 'if-none-match': '"a" ,'.repeat(20_000) })
	assert.ok(performance.now() - began < 1000)
})

test.run()
