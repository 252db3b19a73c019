import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { excerptAround } from '../../../src/mentions/source/excerpt.ts'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const lengthOf = (text: string) => [...graphemes.segment(text)].length

/** An excerpt of one block: what is before the link, the link, what is after. */
function around(before: string, link: string, after: string): string {
	const text = before + link + after
	const block = { start: 0, end: text.length, lang: '' }
	return excerptAround(text, { start: before.length, end: before.length + link.length, block })
}

test('says what stands around the link, whole when it is short', () => {
	assert.is(around('Были на конференции, вот ', 'отчёт', ' о ней.'), '[…] Были на конференции, вот отчёт о ней. […]')
	assert.is(around('', 'отчёт', ''), '[…] отчёт […]')
})

test('is cut at the ends of words, some hundred characters on each side', () => {
	const words = 'слово '.repeat(60)
	const excerpt = around(words, 'ссылка', ` ${words}`)
	const [before, after] = excerpt.slice(4, -4).split('ссылка') as [string, string]
	for (const side of [before, after]) {
		assert.ok(side.length > 85 && side.length <= 101, String(side.length))
		assert.match(side.trim(), /^(слово )*слово$/)
	}
})

test('one endless word is cut between its characters', () => {
	const family = '👨‍👩‍👧‍👦'
	const excerpt = around(family.repeat(300), 'x', 'é'.repeat(300))
	assert.is(excerpt, `[…] ${family.repeat(100)}x${'é'.repeat(100)} […]`)
})

test('a block that says almost nothing beside its link is told with the one around it', () => {
	const text = 'О конференции написали многие, и вот что мы нашли за неделю: отчёт '
	const outer = { start: 0, end: text.length, lang: '' }
	const start = text.indexOf('отчёт')
	const block = { start, end: text.length, lang: '', parent: outer }
	assert.match(excerptAround(text, { start, end: start + 5, block }), /^\[…\] О конференции .* отчёт \[…\]$/)
})

test('whatever the text, it is bounded, well-formed, and made of whole characters', () => {
	const texts = fc.string({
		unit: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(' ', 'слово ', '👩‍🚀', '\ud83d', '\u0301')),
	})
	fc.assert(
		fc.property(texts, texts, texts, (before, link, after) => {
			const excerpt = around(before, link, after)
			assert.ok(excerpt.isWellFormed())
			assert.ok(excerpt.startsWith('[…]') && excerpt.endsWith('[…]'))
			assert.ok(lengthOf(excerpt) <= 412, String(lengthOf(excerpt)))
			assert.not.match(excerpt, /[\n\r\t]| {2}/)
		}),
	)
})

test.run()
