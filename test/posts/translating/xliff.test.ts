import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newRows, textOfRows } from '../../../src/posts/translating/rows.ts'
import { piecesOf } from '../../../src/posts/translating/xliff/inline.ts'
import { Refused, readXliff } from '../../../src/posts/translating/xliff/read.ts'
import { take } from '../../../src/posts/translating/xliff/take.ts'
import { digestOf, unitsOf } from '../../../src/posts/translating/xliff/units.ts'
import { writeXliff } from '../../../src/posts/translating/xliff/write.ts'
import { BOUND, effort } from './effort.ts'
import { breachesOf } from './xliff-rules.ts'

const test = suite('a file for translators')

const TEXT = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				'**жирно**',
				'[ссылка](https://example.org/a_(b) "подпись")',
				'`код <b>`',
				'![](/media/a.jpg)',
				'\n\n',
			),
			fc.constantFrom(
				'# Глава\n\n',
				'<b title="a > b">',
				'&nbsp;',
				']]>',
				'\u0001',
				'\ufffe',
				'\t',
				'😀',
				'[^1]',
				'<!-- к -->',
				'~~',
			),
			fc.string({ unit: 'grapheme', maxLength: 15 }),
			fc.string({ unit: 'binary', maxLength: 5 }).map((text) => text.toWellFormed().replace(/\r/g, '')),
		),
		{ maxLength: 20 },
	)
	.map((parts) => parts.join(''))

const LANGUAGES = { source: 'ru', target: 'en' }
const bytes = (text: string) => new TextEncoder().encode(text)

function exchangeOf(title: string, source: string) {
	return { post: 12, ...LANGUAGES, digest: digestOf({ title, manual_excerpt: '', source }) }
}

/** A post of this text as it is sent, half of it translated by itself. */
function send(title: string, source: string) {
	const rows = newRows({ format: 'markdown', now: source }).map((row, index) => ({
		...row,
		target: index % 2 ? (row.after ?? '') : '',
	}))
	const units = unitsOf({ title, excerpt: '' }, { title: '', excerpt: '' }, rows, [])
	const exchange = exchangeOf(title, source)
	return { rows, units, exchange, xml: writeXliff(exchange, 'https://example.org/', units) }
}

test('markup and words of a paragraph joined are the paragraph', () => {
	fc.assert(
		fc.property(TEXT, (text) =>
			assert.is(
				piecesOf(text)
					.map((piece) => piece.text)
					.join(''),
				text,
			),
		),
	)
})

test('keeps the core rules of XLIFF 2.0 whatever is in it', () => {
	fc.assert(
		fc.property(TEXT, TEXT, (title, source) => {
			if (title === '' && source.trim() === '') return
			assert.equal(breachesOf(send(title || 'т', source).xml), [])
		}),
		{ numRuns: 300 },
	)
})

test('comes back with every letter', () => {
	fc.assert(
		fc.property(TEXT, TEXT, (title, source) => {
			const { units, rows, exchange, xml } = send(title, source)
			const file = readXliff(bytes(xml))
			assert.equal(
				file.units.map((unit) => unit.source),
				units.map((unit) => unit.source),
			)
			const taken = take(file, exchange, units)
			const targets = rows.filter(({ after }) => after !== undefined)
			assert.equal(
				taken.rows.map(({ target = '' }) => target.trim()),
				targets.map(({ target }, index) =>
					(units[index + (title ? 1 : 0)]!.isKept ? targets[index]!.after! : target).trim(),
				),
			)
			assert.type(textOfRows(taken.rows.map(({ target = '' }) => ({ target, gap: '' }))), 'string')
		}),
		{ numRuns: 300 },
	)
})

const SOURCE = 'Первый **абзац** с [ссылкой](https://example.org/).\n\n```\nкод\n```\n\nВторой.'
const translated = (xml: string) =>
	xml
		.replace('<source>Заголовок</source>', '<source>Заголовок</source><target>Title</target>')
		.replace(/(<unit id="p1">.*?)<target>.*?<\/target>|(<unit id="p1">.*?<\/source>)/s, '$1$2<target>First</target>')

const reasonOf = (xml: string | Uint8Array, { exchange, units } = send('Заголовок', SOURCE)) => {
	try {
		take(readXliff(typeof xml === 'string' ? bytes(xml) : xml), exchange, units)
	} catch (error) {
		if (error instanceof Refused) return error.reason
		throw error
	}
	return undefined
}

test('markup is kept apart from the words, code isn’t translated', () => {
	const { xml } = send('Заголовок', SOURCE)
	assert.match(xml, '<data id="d1">**</data>')
	assert.match(xml, /Первый <ph id="1" dataRef="d1" disp="\*\*"\/>абзац<ph id="2" dataRef="d1"/)
	assert.match(xml, '<unit id="p2" translate="no">')
	const taken = take(
		readXliff(bytes(translated(xml))),
		send('Заголовок', SOURCE).exchange,
		send('Заголовок', SOURCE).units,
	)
	assert.equal([taken.title, taken.rows[0]!.target, taken.rows[1]!.target], ['Title', 'First', '```\nкод\n```'])
})

test('segments that a program parted, marks and paired codes are read as one text', () => {
	const { xml, exchange, units } = send('Заголовок', SOURCE)
	const unit = `<unit id="title"><originalData><data id="a">**</data></originalData>
		<segment id="s1" state="final"><source>Заго</source><target order="3">two</target></segment>
		<ignorable><source> </source><target order="2"> </target></ignorable>
		<segment id="s2"><source>ловок</source><target order="1"><pc id="1" dataRefStart="a" dataRefEnd="a">o<mrk id="m" type="term">n</mrk>e</pc></target></segment></unit>`
	const file = readXliff(bytes(xml.replace(/<unit id="title">.*?<\/unit>/s, unit)))
	assert.is(take(file, exchange, units).title, '**one** two')
})

test('is refused with the reason', () => {
	const { xml } = send('Заголовок', SOURCE)
	assert.is(reasonOf(xml), undefined)
	assert.is(reasonOf(xml.replace('version="2.0"', 'version="2.1"')), undefined)
	assert.is(reasonOf(Buffer.from(`\ufeff${xml.replace('UTF-8', 'UTF-16')}`, 'utf16le')), undefined)
	assert.is(reasonOf(xml.slice(0, -20)), 'xml')
	assert.is(reasonOf('это не XML'), 'xml')
	assert.is(reasonOf(Uint8Array.of(0xd0)), 'xml')
	assert.is(reasonOf(''), 'xml')
	assert.is(reasonOf('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), 'xml')
	assert.is(reasonOf('<html/>'), 'xliff')
	assert.is(reasonOf(xml.replace('version="2.0"', 'version="1.2"')), 'xliff')
	assert.is(reasonOf(xml.replace('dataRef="d1"', 'dataRef="d9"')), 'xliff')
	assert.is(reasonOf(xml.replace('otklik.12', 'otklik.13')), 'post')
	assert.is(reasonOf(xml.replace('trgLang="en"', 'trgLang="de"')), 'languages')
	assert.is(reasonOf(xml.replace('.ru.en.', '.en.ru.')), 'languages')
	assert.is(reasonOf(xml, send('Заголовок', `${SOURCE} И ещё.`)), 'changed')
	assert.is(reasonOf(xml.replace(/<unit id="p3".*?<\/unit>/s, '')), 'missing')
	assert.is(reasonOf(xml.replace(/<unit id="title".*?<\/unit>/s, '')), 'missing')
	assert.is(reasonOf(xml.replace('Второй.', 'Другой.')), 'missing')
})

for (const [name, xml] of Object.entries({
	'100,000 elements in each other': `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0">${'<a>'.repeat(100_000)}`,
	'a million elements': `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0">${'<a/>'.repeat(1_000_000)}</xliff>`,
	'a million entities': `<!DOCTYPE a [<!ENTITY a "${'a'.repeat(1000)}">]><a>${'&a;'.repeat(1_000_000)}</a>`,
})) {
	test(`${name}: refused in little time`, () => {
		const start = effort()
		assert.ok(reasonOf(xml))
		assert.ok(effort() - start < BOUND)
	})
}

for (const [name, text] of Object.entries({
	brackets: '['.repeat(100_000),
	'ends of links': ']('.repeat(100_000),
	comments: '<!--'.repeat(100_000),
	footnotes: '[^'.repeat(100_000),
	backticks: '`'.repeat(100_001),
	'backticks with words': '`а'.repeat(100_001),
	entities: '&a'.repeat(100_000),
	tags: '<a '.repeat(100_000),
	'references without end': ']['.repeat(100_000),
	'images without end': '![a'.repeat(100_000),
	'addresses without end': 'http://'.repeat(50_000),
})) {
	test(`a paragraph of ${name} is written in little time`, () => {
		const start = effort()
		assert.is(
			piecesOf(text)
				.map((piece) => piece.text)
				.join(''),
			text,
		)
		send('т', text)
		assert.ok(effort() - start < BOUND, `${effort() - start} ms`)
	})
}

test.run()
