import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readHtml, unmask } from '../../src/spam/text.ts'
import { tokensOf } from '../../src/spam/tokens.ts'
import { nameShape } from '../../src/spam/writer.ts'
import { sample } from './corpus.ts'

test('words are one however they are written', () => {
	const plain = has({ text: 'Лучшее казино', locale: 'ru' })
	for (const text of ['ЛУЧШЕЕ КАЗИНО', 'лучшее ка\u200Bзи\u00ADно', '**лучшее** казино', 'лучшее кaзинo']) {
		const tokens = has({ text, locale: 'ru' })
		for (const word of plain.filter((token) => /^(word|pair):/.test(token))) assert.ok(tokens.includes(word), text)
	}
})

test('letters of another alphabet give a disguise away, words of two alphabets do not', () => {
	assert.is(unmask('кaзинo'), 'казино')
	assert.is(unmask('саsino'), 'casino')
	assert.is(unmask('usbшный'), undefined)
	assert.is(unmask('казино'), undefined)
	assert.ok(has({ text: 'кaзинo' }).includes('masked'))
	assert.not(has({ text: 'казино casino' }).includes('masked'))
})

test('links count by host, its words and number', () => {
	const tokens = has({ text: '[here](https://www.best-casino.top/bonus) and https://example.org/a' })
	for (const token of ['host:best-casino.top', 'tld:top', 'hostword:casino', 'host:example.org', 'links:2']) {
		assert.ok(tokens.includes(token), token)
	}
})

test('names tell people from shops', () => {
	const shapes = {
		person: ['Анна Ёлкина', 'Марья Ивановна', 'John Carter', 'Старый Сергей', 'Иванов Пётр Ильич'],
		nick: ['kot', 'd_ark', 'vovka777', 'прохожий'],
		pair: ['Adaeze Okafor', 'А. Щукин', 'Golden Oak'],
		phrase: ['Пластиковые окна', 'Oak Furniture Outlet', 'cheap shoes'],
		address: ['best-shop.ru', 'www.example.com', 'Casino.top'],
	}
	for (const [shape, names] of Object.entries(shapes)) {
		for (const name of names) assert.is(nameShape(name), shape, name)
	}
})

test('the site, the mail and the language count', () => {
	const tokens = has({
		name: 'Golden Oak Outlet',
		email: 'sales777@goldenoak.biz',
		url: 'https://www.goldenoak.biz/sale/chairs?ref=5',
		text: 'Hello',
		isForeign: true,
	})
	for (const token of ['site:deep', 'host:goldenoak.biz', 'mail:site', 'mail:digits', 'foreign', 'namesake:phrase']) {
		assert.ok(tokens.includes(token), token)
	}
	assert.ok(has({ text: 'Hello' }).includes('site:none'))
})

test('a mention is not judged by its title as if that were a name', () => {
	const tokens = has({ kind: 'pingback', name: 'Best cheap books', url: 'https://a.example/2010/12/x/', text: '…' })
	assert.ok(tokens.includes('named:mention'))
	assert.not(tokens.some((token) => token.startsWith('site:deep')))
})

test('markup is read as people see it', () => {
	const read = readHtml(
		'<p>a &lt;b&gt; &amp;amp; <a href="https://x.example/?a=1&amp;b=2" rel="nofollow ugc">c</a>d</p>',
	)
	assert.is(read.text, 'a <b> &amp; cd')
	assert.equal(read.links, ['https://x.example/?a=1&b=2'])
})

test('any text gives some tokens, quickly', () => {
	const part = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('<a href="', 'http://', '@', '(', '-', '.', '$'))
	fc.assert(
		fc.property(fc.array(part, { maxLength: 30 }), fc.string(), fc.string(), (parts, name, url) => {
			const html = parts.join('')
			assert.ok(tokensOf({ ...sample({ text: '' }), html, name, url, email: name }).size > 0)
		}),
	)
})

test('hostile texts take no time', () => {
	for (const piece of ['(', '-', '<', '<a href="', '!', 'А, ', '[', 'a.', '8 ', ':', '&', 'aб', '+7']) {
		const html = piece.repeat(60_000 / piece.length)
		const start = performance.now()
		const { size } = tokensOf({ ...sample({ text: '' }), html, name: html.slice(0, 500), url: `https://${html}` })
		assert.ok(performance.now() - start < 1000, `${piece}: ${performance.now() - start} ms`)
		assert.ok(size <= 1600)
	}
})

test.run()

function has(fields: Parameters<typeof sample>[0]): string[] {
	return [...tokensOf(sample(fields)).keys()]
}
