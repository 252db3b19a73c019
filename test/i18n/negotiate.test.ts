import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { negotiate } from '../../src/i18n/negotiate.ts'

const LANGUAGES = ['ru', 'en']
const choose = (accept?: string, cookie?: string) => negotiate(LANGUAGES, cookie, accept)

test('the cookie goes before what the browser asks for, unless it names no language of the blog', () => {
	assert.is(choose('ru', 'en'), 'en')
	assert.is(choose('en', 'ru'), 'ru')
	for (const cookie of ['de', '', 'EN', 'en; q=1', '../../etc', 'ru,en']) assert.is(choose('en', cookie), 'en', cookie)
})

test('Accept-Language is followed by its weights', () => {
	assert.is(choose('en-US,en;q=0.9,ru;q=0.8'), 'en')
	assert.is(choose('en;q=0.1, ru;q=0.9'), 'ru')
	assert.is(choose('de, fr;q=0.9, en;q=0.1'), 'en')
	assert.is(choose('ru-RU'), 'ru')
	assert.is(choose('en-GB'), 'en')
})

test('what has the weight 0 is refused', () => {
	assert.is(choose('ru;q=0, en'), 'en')
	assert.is(choose('en;q=0, ru;q=0.1'), 'ru')
	assert.is(choose('ru;q=0, *'), 'en')
	assert.is(choose('en;q=0, *'), 'ru')
})

test('those who read Belarusian are given Russian', () => {
	for (const accept of ['be', 'be-BY', 'be-BY,be;q=0.9', 'be,en;q=0.9'])
		assert.is(negotiate(['en', 'ru'], undefined, accept), 'ru')
})

test('without a wish that can be met the default language is given', () => {
	for (const accept of [undefined, '', '*', 'de', 'ja,zh;q=0.5', ';;;', 'q=1', 'x-private, i-klingon, und']) {
		assert.is(choose(accept), 'ru', accept)
		assert.is(negotiate(['en', 'ru'], undefined, accept), 'en', accept)
	}
})

test('nothing that a reader sends breaks it', () => {
	const tag = fc.stringMatching(/^[a-zA-Z0-9*-]{0,12}$/)
	const weight = fc.constantFrom('', ';q=0', ';q=1', ';q=0.5', ';q=x', ';q=-1', ';')
	const list = fc
		.array(
			fc.tuple(tag, weight).map((pair) => pair.join('')),
			{ maxLength: 30 },
		)
		.map((all) => all.join(','))
	fc.assert(
		fc.property(fc.oneof(list, fc.string({ unit: 'binary' })), fc.string(), (accept, cookie) => {
			assert.ok(LANGUAGES.includes(choose(accept, cookie)))
		}),
		{ numRuns: 300 },
	)
	assert.ok(LANGUAGES.includes(choose('a-'.repeat(50_000))))
	assert.ok(LANGUAGES.includes(choose(','.repeat(50_000))))
})

test.run()
