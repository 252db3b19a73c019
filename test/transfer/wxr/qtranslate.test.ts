import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { splitLanguages } from '../../../src/transfer/wxr/qtranslate.ts'

test('parts in square brackets belong to their languages', () => {
	const text = splitLanguages('[:ru]Привет[:en]Hello[:]')
	assert.equal(text.languages, ['ru', 'en'])
	assert.is(text.in('ru'), 'Привет')
	assert.is(text.in('en'), 'Hello')
})

test('the older marks are HTML comments, and what stands between them belongs to all', () => {
	const text = splitLanguages('<!--:ru-->Раз<!--:--><!--more--><!--:en-->One<!--:--><!--:ru--> два<!--:-->')
	assert.is(text.in('ru'), 'Раз<!--more--> два')
	assert.is(text.in('en'), '<!--more-->One')
})

test('a text without marks is the same in every language and names none', () => {
	const text = splitLanguages('list[:] and <!--more-->')
	assert.equal(text.languages, [])
	assert.is(text.in('ru'), 'list[:] and <!--more-->')
})

test('a language whose parts are blank is not there', () => {
	assert.equal(splitLanguages('[:ru]Да[:en]  [:]').languages, ['ru'])
})

test('what was joined for two languages comes apart again', () => {
	const words = fc.string({ unit: 'grapheme' }).filter((text) => !/[[\]{}<>:]/.test(text))
	fc.assert(
		fc.property(words, words, words, (before, russian, english) => {
			const text = splitLanguages(`${before}[:ru]${russian}[:en]${english}[:]`)
			return text.in('ru') === before + russian && text.in('en') === before + english
		}),
	)
})

test('no text is too odd to split, and no mark stays', () => {
	const pieces = fc.constantFrom('[:ru]', '[:en]', '[:]', '<!--:ru-->', '<!--:-->', '{:en}', '{:}', '[', ':', 'x', ' ')
	fc.assert(
		fc.property(fc.array(pieces), (parts) => {
			const text = splitLanguages(parts.join(''))
			return text.languages.every((language) => !text.in(language).includes('[:ru]'))
		}),
	)
})

test.run()
