import fc from 'fast-check'
import { parseFragment } from 'parse5'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { highlightExcerpt, highlightTitle } from '../../src/search/highlight.ts'

test('any form of a word is marked', () => {
	assert.is(highlightTitle('Книга о книгах', 'книгами', 'ru'), '<mark>Книга</mark> о <mark>книгах</mark>')
	assert.is(highlightTitle('Ёлка и ель', 'елки', 'ru'), '<mark>Ёлка</mark> и ель')
	assert.is(highlightTitle('Наша conference', 'CONFERENCES', 'ru'), 'Наша <mark>conference</mark>')
})

test('a word that begins as the last one does is marked whole', () => {
	assert.is(highlightTitle('Конференция', 'конфер', 'ru'), '<mark>Конференция</mark>')
	assert.is(highlightTitle('Конференция и мир', 'конфер мир', 'ru'), 'Конференция и <mark>мир</mark>')
})

test('the words of a phrase are marked only together', () => {
	const title = 'Мир и «Война и мир»'
	assert.is(highlightTitle(title, '"война и мир"', 'ru').match(/<mark>/g)?.length, 3)
	assert.is(highlightTitle(title, '"мир и война"', 'ru').match(/<mark>/g)?.length, 3)
	assert.not.match(highlightTitle(title, '"мир война"', 'ru'), /<mark>/)
})

test('markup of the text is shown, not obeyed', () => {
	assert.is(highlightTitle('<b>Книга</b> & "я"', 'книга', 'en').includes('<b>'), false)
	assert.match(highlightExcerpt('<script>alert(1)</script> книга', 'script', 'ru'), /^&lt;<mark>script<\/mark>&gt;/)
})

test('the excerpt is the place with the most words of the query', () => {
	const filler = 'Совсем другой текст. '.repeat(40)
	const text = `Книга. ${filler}Здесь книга, роман и повесть. ${filler}Роман и повесть.`
	const excerpt = highlightExcerpt(text, 'повести книги роман', 'ru')
	assert.match(excerpt, /^….* Здесь <mark>книга<\/mark>, <mark>роман<\/mark> и <mark>повесть<\/mark>\. .*…$/)
})

test('without a match the excerpt is the beginning', () => {
	const excerpt = highlightExcerpt(`Начало. ${'Слово за словом. '.repeat(40)}`, 'книга', 'ru', 60)
	assert.match(excerpt, /^Начало\. Слово.*[а-я]…$/)
})

test('a short text is given whole, without an ellipsis', () => {
	assert.is(highlightExcerpt('«Просто книга».', 'книга', 'ru'), '«Просто <mark>книга</mark>».')
	assert.is(highlightExcerpt('', 'книга', 'ru'), '')
})

test('whatever the text and the query, the result is a part of the text and nothing but <mark>', () => {
	const text = fc.array(fc.oneof(piece(), fc.string({ unit: 'binary-ascii' }), fc.string({ unit: 'grapheme' })))
	fc.assert(
		fc.property(text, fc.array(piece()), fc.integer({ min: 10, max: 100 }), (parts, query, length) => {
			const source = parts.join('').replaceAll('…', '').replaceAll('\r', ' ').replaceAll('\0', '')
			const html = highlightExcerpt(source, query.join(' '), 'ru', length)
			const shown = textOf(html).replaceAll('…', '')
			assert.ok(source.includes(shown))
			assert.ok(shown.length <= length)
			assert.not.match(html.replace(/<\/?mark>/g, ''), /[<>"']/)
			assert.is(textOf(highlightTitle(source, query.join(' '), 'ru')), source)
		}),
		{ numRuns: 1000 },
	)
})

test('a huge text or a repeated word takes little time', () => {
	const started = performance.now()
	for (const text of ['а '.repeat(500_000), 'x'.repeat(1_000_000), '<&'.repeat(500_000)]) {
		assert.ok(highlightExcerpt(text, 'а x '.repeat(40), 'ru').length < 10_000)
	}
	assert.ok(performance.now() - started < 3000)
})

function piece() {
	return fc.constantFrom('книга', 'Книгами', ' ', ', ', '<b>', '&amp;', '"', 'мир', '«', '»', 'ё\u0301', '\u{1F600}')
}

function textOf(html: string): string {
	const texts: string[] = []
	const walk = (node: any): void => {
		if (node.nodeName === '#text') texts.push(node.value)
		else assert.ok(node.nodeName === 'mark' || node.nodeName === '#document-fragment')
		node.childNodes?.forEach(walk)
	}
	walk(parseFragment(html))
	return texts.join('')
}

test.run()
