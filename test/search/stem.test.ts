import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { stem } from '../../src/search/stem.ts'
import { fold } from '../../src/search/words.ts'

const same = (locale: string, words: string[]) => {
	assert.is(new Set(words.map((word) => stem(fold(word), locale))).size, 1, words.join(' '))
}

test('forms of a word have one stem', () => {
	same('ru', ['Книга', 'книгами', 'КНИГ', 'книге'])
	same('ru', ['Ёлка', 'елки', 'ЕЛКУ'])
	same('en', ['conference', 'Conferences'])
	same('de', ['Buchen', 'buche'])
})

test('a word of the other script is stemmed by its own language', () => {
	same('ru', ['conference', 'conferences'])
	same('en', ['книга', 'книгами'])
	same('uk', ['conference', 'conferences'])
})

test('a language without a stemmer keeps its words as they are', () => {
	for (const [word, locale] of [
		['книжками', 'uk'],
		['książkami', 'pl'],
		['βιβλία', 'el'],
	] as const) {
		assert.is(stem(word, locale), word)
	}
})

test('words with digits are kept as they are', () => {
	for (const word of ['2010s', 'mp3s', '42']) assert.is(stem(word, 'en'), word)
})

test('folding leaves й alone and forgets case, ё, stress marks, soft hyphens and wide letters', () => {
	assert.is(fold('Йод'), 'йод')
	assert.is(fold('И\u0306од'), 'йод')
	assert.is(fold('За\u0301мок'), 'замок')
	assert.is(fold('Е\u0308лка'), 'елка')
	assert.is(fold('кни\u00ADга'), 'книга')
	assert.is(fold('Ｂｏｏｋ'), 'book')
})

test.run()
