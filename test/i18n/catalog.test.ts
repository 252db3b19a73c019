import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { ConfigError } from '../../src/errors.ts'
import { loadCatalog } from '../../src/i18n/catalog.ts'
import { direction, languageName, languageNameIn, regionalCode } from '../../src/i18n/languages.ts'

const catalog = loadCatalog(['ru', 'en'])
const ru = catalog.translator('ru')
const en = catalog.translator('en')

test('Russian counts responses as people do', () => {
	const forms = { 1: 'отклик', 2: 'отклика', 4: 'отклика', 5: 'откликов', 11: 'откликов', 12: 'откликов' }
	const more = { 21: 'отклик', 22: 'отклика', 25: 'откликов', 101: 'отклик', 111: 'откликов', 114: 'откликов' }
	for (const [count, noun] of Object.entries({ 0: 'откликов', ...forms, ...more })) {
		assert.is(ru('responses.count', { count: Number(count) }), `${count} ${noun}`)
	}
})

test('English has one response and two responses', () => {
	assert.is(en('responses.count', { count: 1 }), '1 response')
	for (const count of [0, 2, 11, 21]) assert.is(en('responses.count', { count }), `${count} responses`)
})

test('a count that came from the database as a string is a number all the same', () => {
	assert.is(ru('responses.count', { count: '21' }), '21 отклик')
	assert.is(ru('post.reading', { count: '2' }), '2 минуты чтения')
})

test('great numbers are grouped by the language', () => {
	assert.match(ru('responses.count', { count: 12345 }), /^12\s345 откликов$/)
	assert.is(en('responses.count', { count: 12345 }), '12,345 responses')
})

test('what is put into a text is neither escaped here nor read as a text of ours', () => {
	assert.is(ru('listing.tag', { name: '<b>{{x}}</b> $t(site.title)' }), 'Метка «<b>{{x}}</b> $t(site.title)»')
})

test('a language without a file is a wrong setting', () => {
	assert.throws(
		() => loadCatalog(['ru', 'xx']),
		(error: Error) => error instanceof ConfigError && /xx/.test(error.message),
	)
})

test('languages go by their own names, and by those another language gives them', () => {
	assert.is(languageName('ru'), 'Русский')
	assert.is(languageName('en'), 'English')
	assert.is(languageNameIn('en', 'ru'), 'английский')
	assert.is(languageNameIn('ru', 'en'), 'Russian')
	assert.is(regionalCode('ru'), 'ru_RU')
	assert.is(direction('ru'), 'ltr')
	assert.is(direction('ar'), 'rtl')
})

test.run()
