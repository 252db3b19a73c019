import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { freeSlug, isReserved, slugFrom } from '../../src/posts/slug.ts'

const free = (wish: string, taken: string[] = []) => freeSlug(wish, async (slug) => taken.includes(slug))

test('Russian titles are written in Latin letters', () => {
	assert.is(slugFrom('Ёлки, книги и ночной поезд'), 'yolki-knigi-i-nochnoy-poezd')
	assert.is(slugFrom('Щука в Царицыно: съезд'), 'schuka-v-tsaritsyno-syezd')
	assert.is(slugFrom('The eGov 2.0 conference'), 'the-e-gov-2-0-conference')
})

test('a long title is cut at a word', () => {
	assert.is(slugFrom('слово '.repeat(40)), Array(16).fill('slovo').join('-'))
	assert.is(slugFrom('a'.repeat(300)), 'a'.repeat(100))
})

test('any title gives what can stand in an address', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (title) => {
			assert.match(slugFrom(title), /^([a-z0-9]+(-[a-z0-9]+)*)?$/)
			assert.ok(slugFrom(title).length <= 100)
		}),
	)
})

test('words that clash with other addresses are reserved', () => {
	for (const slug of ['feed', 'page', 'comments', 'category', 'tag', 'author', 'search', '2025', '26', '', '.', '..']) {
		assert.ok(isReserved(slug), slug)
	}
	for (const slug of ['feeds', 'o-bloge', '2025-god', '1', '123', '12345', 'книга']) assert.not(isReserved(slug), slug)
})

test('a slug that is taken or reserved is given a number', async () => {
	assert.is(await free('kniga'), 'kniga')
	assert.is(await free('kniga', ['kniga']), 'kniga-2')
	assert.is(await free('kniga', ['kniga', 'kniga-2', 'kniga-3']), 'kniga-4')
	assert.is(await free('feed'), 'feed-2')
	assert.is(await free('2025'), '2025-2')
	assert.is(await free('26', ['26-2']), '26-3')
})

test('what cannot stand in a path is left out, whatever is wished', async () => {
	for (const wish of ['', 'a/b', '/', '?', '#', '..', '...', 'a?b=c#d', '///']) {
		assert.not(isReserved(await free(wish)), wish)
	}
	assert.is(await free('a/b'), 'a-b')
})

test.run()
