import { basename } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { askedKeys, findUndeclared, quotedKeys } from './keys.ts'
import { baseOf, findForeignWords, findGaps, findVariables, type Locale, readLocale } from './locales.ts'
import { readSources } from './sources.ts'

/** Written in Latin letters in Russian too. */
const LATIN = ['RSS', 'Atom', 'JSON', 'Feed', 'e-mail', 'Telegram', 'X', 'Facebook', 'WhatsApp', 'LinkedIn', 'Mastodon']
const FORMATS = ['JPEG', 'PNG', 'GIF', 'WebP', 'AVIF', 'HEIC', 'SVG', 'PDF']
const PROTOCOLS = ['Pingback', 'Trackback', 'Webmention', 'WebSub', 'Gravatar', 'IP', 'https', 'mailto']
const ALSO_LATIN = [
	'WordPress',
	'Markdown',
	'HTML',
	'URL',
	'Akismet',
	'OpenSearch',
	'Bluesky',
	'JavaScript',
	'QR',
	'Micropub',
	'MarsEdit',
	'Polylang',
	'LANGUAGES',
	'XML',
	'XLIFF',
	'guid',
]

const locales = readLocales()
const sources = readSources('src/**/*.ts', 'themes/**/*.hbs')

/** The program's strings with those of the themes, which are under `theme`. */
function readLocales(): Locale[] {
	return [...readSources('locales/*.json')].map(([path, text]) => {
		const code = basename(path, '.json')
		const themes = [...readSources(`themes/*/strings/${code}.json`).values()].map((text) => JSON.parse(text))
		return readLocale(code, { ...JSON.parse(text), ...(themes.length > 0 && { theme: Object.assign({}, ...themes) }) })
	})
}

test('Russian and English are there', () => {
	const codes = locales.map(({ code }) => code)
	assert.ok(codes.includes('ru') && codes.includes('en'))
})

test('every language has every key, in every plural category of its own and no other', () => {
	assert.equal(findGaps(locales), [])
})

test('a text takes the same variables in every language and form', () => {
	assert.equal(findVariables(locales), [])
})

test('every key that the program asks for exists', () => {
	const known = new Set(locales.flatMap(({ texts }) => [...texts.keys()].map(baseOf)))
	const unknown = [...askedKeys(sources)].filter(([key]) => !known.has(key))
	assert.equal(
		unknown.map(([key, file]) => `${file}: ${key}`),
		[],
	)
})

test('no key is unused', () => {
	const used = new Set([...askedKeys(sources).keys(), ...quotedKeys(sources)])
	const keys = new Set([...locales[0]!.texts.keys()].map(baseOf))
	assert.equal(
		[...keys].filter((key) => !used.has(key)),
		[],
	)
})

test('a file that builds keys of pieces declares them in a comment', () => {
	assert.equal(findUndeclared(sources), [])
})

test('Russian texts have no English words, English ones no Russian', () => {
	const find = (code: string) => locales.find((locale) => locale.code === code)!
	assert.equal(
		findForeignWords(find('ru'), /\p{Script=Latin}+(-\p{Script=Latin}+)*/gu, [
			...LATIN,
			...FORMATS,
			...ALSO_LATIN,
			...PROTOCOLS,
		]),
		[],
	)
	assert.equal(findForeignWords(find('en'), /\p{Script=Cyrillic}+/gu, []), [])
})

test('the checks see what is wrong', () => {
	const ru = readLocale('ru', { a: { b_one: '{{count}} б', b_few: '{{n}} б', b_many: 'б Page', b_two: ' ' }, c: 'в' })
	const en = readLocale('en', { a: { b_one: '{{count}} b', b_other: '{{count}} b' }, d: 'Page' })
	assert.equal(findGaps([ru, en]).sort(), [
		'en: c is missing',
		'ru: a.b_other is missing',
		'ru: a.b_two is empty',
		'ru: a.b_two is never chosen',
		'ru: d is missing',
	])
	assert.equal(findVariables([ru, en]).slice(0, 2), [
		'ru: a.b_few takes n, not count',
		'ru: a.b_many takes nothing, not count',
	])
	assert.equal(findForeignWords(ru, /[A-Za-z]+/g, []), ['ru: a.b_many says Page'])
})

test('keys are found where they are asked for, declared and handed on', () => {
	const files = new Map([
		['a.ts', "t('a.one'); catalog.translator('ru')('a.two', { count }) // t('a.no')\nconst set = split('a.split')"],
		['b.hbs', '{{t "b.one" name=(t \'b.two\')}} {{asset "b.css"}}'],
		['c.ts', '/**\n * i18n: c.404 c.404Text\n * c.500 */\nt(`c.${status}`)'],
		['d.ts', 't(`d.${kind}`); const e = { text: "d.handed" }'],
	])
	assert.equal([...askedKeys(files).keys()], ['a.one', 'a.two', 'b.one', 'b.two', 'c.404', 'c.404Text', 'c.500'])
	assert.ok(quotedKeys(files).has('d.handed'))
	assert.equal(findUndeclared(files), ['d.ts'])
})

test.run()
