import { assert as check, property, string } from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { diffTexts, type Piece, shortened } from '../../../src/posts/revisions/diff.ts'

const test = suite('what changed between two texts')

const joined = (pieces: Piece[], without: Piece['kind']) =>
	pieces
		.filter(({ kind }) => kind !== without)
		.map(({ text }) => text)
		.join('')

test('words are compared, not letters', () => {
	assert.equal(diffTexts('Ёлка растёт в лесу.', 'Ёлка выросла в лесу.', 'ru'), [
		{ kind: 'same', text: 'Ёлка ' },
		{ kind: 'removed', text: 'растёт' },
		{ kind: 'added', text: 'выросла' },
		{ kind: 'same', text: ' в лесу.' },
	])
})

test('a paragraph put in the middle leaves those around it as they are', () => {
	assert.equal(diffTexts('Раз.\n\nТри.', 'Раз.\n\nДва.\n\nТри.', 'ru'), [
		{ kind: 'same', text: 'Раз.\n\n' },
		{ kind: 'added', text: 'Два.\n\n' },
		{ kind: 'same', text: 'Три.' },
	])
})

test('nothing is lost: without what was added it is the text before, without what was removed the text after', () => {
	check(
		property(string({ unit: 'grapheme' }), string({ unit: 'grapheme' }), (before, after) => {
			const pieces = diffTexts(before, after, 'ru')
			assert.is(joined(pieces, 'added'), before)
			assert.is(joined(pieces, 'removed'), after)
		}),
	)
	for (const [one, other] of [
		['Раз, два.\n\nТри\n', 'Раз.\n\nДва, три\n\n'],
		['\u{16fe2}\ua000\u202f\u{16e80}', ' '],
	] as const) {
		assert.is(joined(diffTexts(one, other, 'ru'), 'added'), one)
		assert.is(joined(diffTexts(one, other, 'ru'), 'removed'), other)
	}
})

test('texts of half a million letters are told apart within a second', () => {
	const text = (word: string) => `${word} и текст `.repeat(33_000)
	const lines = (word: string) => Array.from({ length: 20_000 }, (_, at) => `${word} ${at}`).join('\n')
	for (const [before, after] of [
		[text('слово'), text('иное')],
		[lines('раз'), lines('два')],
	] as const) {
		const start = performance.now()
		assert.is(joined(diffTexts(before, after, 'ru'), 'removed'), after)
		assert.ok(performance.now() - start < 1000)
	}
})

test('long stretches that stayed are cut down to what is around the changes', () => {
	const long = 'слово '.repeat(200)
	const [same, added, rest] = shortened(diffTexts(long, `${long}новое ${long}`, 'ru'))
	assert.ok(same!.text.startsWith('…') && same!.text.length < 200)
	assert.match(added!.text, 'новое')
	assert.is(rest, undefined)
})

test.run()
