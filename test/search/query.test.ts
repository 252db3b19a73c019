import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseQuery } from '../../src/search/query.ts'

const words = (query: string) => parseQuery(query).map((term) => term.words)

test('words are parts of their own, folded', () => {
	assert.equal(words('  Ёлка,\tКНИГА '), [['елка'], ['книга']])
})

test('quotes of any kind make a phrase', () => {
	for (const query of ['"война и мир" том', '«война и мир» том', '“война и мир” том', '„война и мир“ том']) {
		assert.equal(words(query), [['война', 'и', 'мир'], ['том']], query)
	}
})

test('a quote that is never closed lasts to the end', () => {
	assert.equal(words('том "война и мир'), [['том'], ['война', 'и', 'мир']])
})

test('a compound is a phrase', () => {
	assert.equal(words('node.js кое-что'), [
		['node', 'js'],
		['кое', 'что'],
	])
})

test('the last word may be a beginning unless it is quoted or one letter', () => {
	const prefixes = (query: string) => parseQuery(query).map((term) => term.prefix)
	assert.equal(prefixes('война мир'), [false, true])
	assert.equal(prefixes('война "мир"'), [false, false])
	assert.equal(prefixes('война "мир" !'), [false, false])
	assert.equal(prefixes('"война" мир'), [false, true])
	assert.equal(prefixes('война м'), [false, false])
})

test('signs and operators of search engines are not syntax', () => {
	assert.equal(words('title:книга* AND (NEAR -мир) | !x:*'), [['title', 'книга'], ['and'], ['near'], ['мир'], ['x']])
})

test('a query without words has no parts', () => {
	for (const query of ['', ' \n', '""', '«»«', '***', '\0', '\u{1F600}', '\uD800'])
		assert.equal(words(query), [], query)
})

test('any text gives at most 16 folded words of letters and digits, soon', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (query) => {
			const found = words(query)
			assert.ok(found.every((term) => term.length > 0))
			assert.ok(found.flat().length <= 16)
			for (const word of found.flat()) assert.match(word, /^[\p{L}\p{N}\p{M}]{1,64}$/u)
		}),
		{ numRuns: 500 },
	)
	const started = performance.now()
	for (const part of ['"', '«', 'ё ', 'a.']) assert.ok(words(part.repeat(100_000)).flat().length <= 16)
	assert.ok(performance.now() - started < 500)
})

test.run()
