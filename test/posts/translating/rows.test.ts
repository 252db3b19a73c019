import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { joinBlocks, MOST_BLOCKS, splitBlocks } from '../../../src/posts/translating/blocks.ts'
import { hashOf, type Memory, memoryOf } from '../../../src/posts/translating/memory.ts'
import {
	countUntranslated,
	newRows,
	pairsOf,
	rowsOf as rowsBeside,
	type Source,
	textOfRows,
} from '../../../src/posts/translating/rows.ts'
import { BOUND, effort } from './effort.ts'

const rowsOf = (source: Source, text: string, memory?: Memory) =>
	rowsBeside(source, { format: source.format, text }, memory)

const test = suite('a translation beside its source')

const MARKDOWN = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				'# Один',
				'Два',
				'- три\n- четыре',
				'```js\nа\n\nб\n```',
				'> ответ',
				'<div>\n\nк\n\n</div>',
				'---',
			),
			fc.constantFrom(
				'| а | б |\n| - | - |\n| 1 | 2 |',
				'    код',
				'[^1]: сноска',
				'<!--more-->',
				'\n',
				'\n\n',
				' \n',
				'\t',
			),
			fc.string({ unit: 'grapheme', maxLength: 20 }),
		),
		{ maxLength: 30 },
	)
	.map((parts) => parts.join('\n'))

test('a text split in its blocks and joined is the same text', () => {
	fc.assert(
		fc.property(MARKDOWN, fc.constantFrom('markdown', 'html'), (source, format) => {
			assert.is(joinBlocks(splitBlocks(source, format)), source)
		}),
		{ numRuns: 500 },
	)
})

test('lists, tables, code and HTML stay whole', () => {
	const blocks = ['# А', '- б\n\n- в', '```\nг\n\nд\n```', '| е | ж |\n| - | - |\n| з | и |', '<div>\nк\n</div>']
	const split = splitBlocks(blocks.join('\n\n'), 'markdown')
	assert.equal(
		split.map(({ text }) => text),
		blocks,
	)
})

test('HTML is parted at empty lines and after blocks', () => {
	const html = '<p>Раз</p>\n<ul>\n<li>два</li>\n\n<li>три</li>\n</ul>\nЧетыре\n\nпять <b>шесть</b>'
	assert.equal(
		splitBlocks(html, 'html').map(({ text }) => text),
		['<p>Раз</p>', '<ul>\n<li>два</li>\n\n<li>три</li>\n</ul>', 'Четыре', 'пять <b>шесть</b>'],
	)
})

for (const [name, source] of Object.entries({
	'10,000 quotes in each other': `${'> '.repeat(10_000)}а`,
	'10,000 lists in each other': `${'- '.repeat(10_000)}а`,
	'100,000 tags that never end': '<a '.repeat(100_000),
	'100,000 paragraphs': 'а\n\n'.repeat(100_000),
	'a paragraph of 500,000 marks': '*a **'.repeat(100_000),
	'10,000 open fences': '```\n'.repeat(10_000),
})) {
	test(`${name} are split, joined and aligned in little time`, () => {
		for (const format of ['markdown', 'html'] as const) {
			const start = effort()
			const blocks = splitBlocks(source, format)
			assert.ok(blocks.length <= MOST_BLOCKS)
			assert.ok(joinBlocks(blocks) === source)
			const rows = rowsOf({ format, now: source, earlier: source.replace(/[аa]/, 'б') }, source)
			assert.ok(textOfRows(rows).trimEnd() === source.trimEnd())
			assert.ok(effort() - start < BOUND, `${effort() - start} ms`)
		}
	})
}

test('a translation that stands in its rows is the same translation', () => {
	fc.assert(
		fc.property(MARKDOWN, MARKDOWN, MARKDOWN, (now, earlier, target) => {
			const rows = rowsOf({ format: 'markdown', now, earlier }, target)
			if (target.trim() !== '') assert.is(textOfRows(rows).trimEnd(), target.trimEnd())
			for (const { before, after, state } of rows) {
				assert.is(state === 'added' || state === 'same', before === undefined)
				if (state === 'removed') assert.is(after, undefined)
			}
		}),
		{ numRuns: 300 },
	)
})

const SOURCE = 'Первый абзац.\n\nВторой абзац, он длиннее.\n\n## Глава\n\nТретий.\n\nЧетвёртый и последний.'
const TARGET = 'First paragraph.\n\nThe second one is longer.\n\n## Chapter\n\nThird.\n\nThe fourth is the last.'
const beside = (rows: ReturnType<typeof rowsOf>) => rows.map(({ after, target }) => [after, target])

test('paragraphs stand beside those they were made of', () => {
	const rows = rowsOf({ format: 'markdown', now: SOURCE }, TARGET)
	assert.equal(
		beside(rows),
		SOURCE.split('\n\n').map((text, index) => [text, TARGET.split('\n\n')[index]]),
	)
})

test('what changed in the source is told, paragraph by paragraph', () => {
	const now = SOURCE.replace('Второй абзац, он длиннее', 'Второй абзац, он намного длиннее').replace('## Глава\n\n', '')
	const rows = rowsOf({ format: 'markdown', now: `${now}\n\nПятый, новый.`, earlier: SOURCE }, TARGET)
	assert.equal(
		rows.map(({ state, target }) => [state, target]),
		[
			['same', 'First paragraph.'],
			['changed', 'The second one is longer.'],
			['removed', '## Chapter'],
			['same', 'Third.'],
			['same', 'The fourth is the last.'],
			['added', ''],
		],
	)
	const keys = rows.map(({ key }) => key).filter((key) => key !== undefined)
	assert.is(new Set(keys).size, 3)
})

test('a change keeps its name when another paragraph changes too', () => {
	const once = SOURCE.replace('Третий', 'Совсем третий')
	const [first] = rowsOf({ format: 'markdown', now: once, earlier: SOURCE }, TARGET).filter(({ key }) => key)
	const twice = once.replace('Первый', 'Самый первый')
	const keys = rowsOf({ format: 'markdown', now: twice, earlier: SOURCE }, TARGET).map(({ key }) => key)
	assert.ok(keys.includes(first!.key))
})

test('two paragraphs that became one are one row', () => {
	const target =
		'First paragraph, and the second which is longer here.\n\n## Chapter\n\nThird.\n\nThe fourth is the last.'
	const rows = rowsOf({ format: 'markdown', now: SOURCE }, target)
	assert.is(rows[0]!.after, 'Первый абзац.\n\nВторой абзац, он длиннее.')
	assert.is(countUntranslated(rows), 0)
})

test('what was translated out of order is remembered, and so is what one paragraph became', () => {
	const empty = newRows({ format: 'markdown', now: SOURCE })
	const typed = empty.map((row, index) => ({
		...row,
		of: hashOf(row.after!),
		target: ['', '', '', 'Third.\n\nAnd more.', 'Last.'][index]!,
	}))
	const text = textOfRows(typed)
	assert.is(text, 'Third.\n\nAnd more.\n\nLast.')
	const memory = memoryOf(pairsOf(typed, 'markdown'))
	const rows = rowsOf({ format: 'markdown', now: SOURCE }, text, memory)
	assert.equal(
		rows.map(({ target }) => target),
		['', '', '', 'Third.\n\nAnd more.', 'Last.'],
	)
	assert.is(countUntranslated(rows), 3)
})

test('what needs no translation is there from the beginning', () => {
	const source =
		'Текст.\n\n<!--more-->\n\n```\nкод\n```\n\n---\n\n[1]: https://example.org\n\n[^1]: сноска\n\n![](/media/a.jpg)\n\n![кот](/media/b.jpg)'
	assert.equal(
		newRows({ format: 'markdown', now: source }).map(({ target }) => target),
		['', '<!--more-->', '```\nкод\n```', '---', '[1]: https://example.org', '', '![](/media/a.jpg)', ''],
	)
})

test.run()
