import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { detectEncoding } from '../../../src/transfer/wxr/encoding.ts'
import { Problems } from '../../../src/transfer/wxr/problems.ts'
import { NotWxrError, readWxr } from '../../../src/transfer/wxr/reader.ts'
import { Repairer } from '../../../src/transfer/wxr/repair.ts'
import type { WxrEvent, WxrItem } from '../../../src/transfer/wxr/types.ts'
import { comment, inEnglish, item, written, wxr } from './support.ts'

async function read(content: string | Buffer) {
	const file = written(content)
	const problems = new Problems()
	const encoding = await detectEncoding(file)
	const events: WxrEvent[] = []
	for await (const event of readWxr(file, { encoding: encoding.label, problems })) events.push(event)
	const items = events.flatMap((event) => (event.type === 'item' ? [event.item] : []))
	return { events, items, encoding, problems: problems.list() }
}

function lineOf(content: string, words: string): number {
	return content.slice(0, content.indexOf(words)).split('\n').length
}

test('an item is read with its line, terms, meta and comments', async () => {
	const content = wxr(item(7, {}, `<category domain="post_tag" nicename="a"><![CDATA[A]]></category>${comment(3)}`))
	const { items, problems } = await read(content)
	assert.is(items.length, 1)
	assert.is(items[0]!.line, lineOf(content, '<item>'))
	assert.equal(items[0]!.terms, [{ taxonomy: 'post_tag', slug: 'a', name: 'A' }])
	assert.is(items[0]!.comments[0]!.content, 'Answer 3')
	assert.equal(problems, [])
})

test('a ]]> that WordPress split is whole again', async () => {
	const { items, problems } = await read(wxr(item(1, { 'content:encoded': 'a ]]> b' })))
	assert.is(items[0]!.content, 'a ]]> b')
	assert.equal(problems, [])
})

test('a raw & is text, and its line is told', async () => {
	const content = wxr(item(1).replace('<![CDATA[Post 1]]>', 'Fish & chips &nbsp; &amp; tea'))
	const { items, problems } = await read(content)
	assert.is(items[0]!.title, 'Fish & chips &nbsp; & tea')
	assert.equal(problems[0]!.lines, [lineOf(content, 'Fish')])
	assert.not(problems[0]!.damage)
})

test('a prefix that nobody declared is read all the same', async () => {
	const content = wxr(`<atom:link href="https://old.example/feed/" rel="self" />\n${item(1)}`)
	const { items, problems } = await read(content)
	assert.is(items.length, 1)
	assert.match(inEnglish(problems[0]!.text), 'atom:')
	assert.equal(problems[0]!.lines, [lineOf(content, '<atom:link')])
})

test('namespaces count, not the prefixes that stand for them', async () => {
	const { items } = await read(
		wxr(item(1))
			.replaceAll('wp:', 'ns2:')
			.replaceAll('content:encoded', 'ns0:encoded')
			.replace('xmlns:content', 'xmlns:ns0')
			.replace('xmlns:wp', 'xmlns:ns2'),
	)
	assert.is(items[0]!.id, '1')
	assert.is(items[0]!.content, 'Text 1.')
})

test('control characters and references to them are left out', async () => {
	const content = wxr(item(1, { title: 'a\u0001b\u000bc' }).replace('Text 1.]]>', 'x]]>&#0;&#x1f;'))
	const { items, problems } = await read(content)
	assert.is(items[0]!.title, 'abc')
	assert.is(items[0]!.content, 'x')
	assert.is(problems.length, 2)
	assert.equal(problems[0]!.lines, [lineOf(content, 'a\u0001b')])
})

test('entities are never expanded', async () => {
	const bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
	const content = wxr(item(1).replace('<![CDATA[Post 1]]>', '&b;&x;')).replace('<rss', `${bomb}<rss`)
	const { items } = await read(content)
	assert.is(items[0]!.title, '&b;&x;')
})

test('windows-1251 that is declared as UTF-8 is read as it is', async () => {
	const text = wxr(item(1, { title: 'Привет' }))
	const bytes = Buffer.from(
		[...text].map((char) => (/[А-я]/.test(char) ? char.charCodeAt(0) - 0x410 + 0xc0 : char.charCodeAt(0))),
	)
	const { items, encoding } = await read(bytes)
	assert.is(items[0]!.title, 'Привет')
	assert.match(inEnglish(encoding.surprise!), 'windows-1251')
})

test('UTF-8 that is declared as windows-1251 is read as it is', async () => {
	const { items, encoding } = await read(wxr(item(1, { title: 'Привет' })).replace('UTF-8', 'windows-1251'))
	assert.is(items[0]!.title, 'Привет')
	assert.match(inEnglish(encoding.surprise!), 'utf-8')
})

test('a byte order mark and UTF-16 are understood', async () => {
	const text = wxr(item(1, { title: 'Привет' }))
	const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
	for (const bytes of [Buffer.from(`\ufeff${text}`), utf16, Buffer.from(utf16).swap16(), utf16.subarray(2)]) {
		const { items, problems } = await read(bytes)
		assert.is(items[0]!.title, 'Привет')
		assert.equal(problems, [])
	}
})

test('a few bytes that are no characters cost only themselves', async () => {
	const [before, after] = wxr(item(1, { title: 'Привет, длинное название' })).split('Привет')
	const { items, encoding } = await read(
		Buffer.concat([Buffer.from(`${before}Привет`), Buffer.from([0xd0]), Buffer.from(after!)]),
	)
	assert.match(items[0]!.title, 'длинное')
	assert.is(encoding.unreadable.count, 1)
	assert.equal(encoding.unreadable.lines, [before!.split('\n').length])
})

test('blank lines before the declaration do no harm', async () => {
	const { items, problems } = await read(`\n\n${wxr(item(1))}`)
	assert.is(items.length, 1)
	assert.equal(problems, [])
})

test('of a file that was cut off, whole items are read and the last one is named', async () => {
	const content = wxr(item(1) + item(2, { title: 'Cut' }))
	const { items, events } = await read(content.slice(0, content.indexOf('Text 2')))
	assert.equal(
		items.map(({ id }) => id),
		['1'],
	)
	const end = events.at(-1)!
	assert.is(end.type, 'truncated')
	assert.is(end.type === 'truncated' && end.item?.title, 'Cut')
})

test('a field or an item that is not closed does not take the next ones with it', async () => {
	const broken = item(1)
		.replace(/<\/content:encoded>/, '')
		.replace('</item>', '')
	const { items, problems } = await read(wxr(broken + item(2)))
	assert.equal(
		items.map(({ id }) => id),
		['1', '2'],
	)
	assert.ok(problems.some(({ damage }) => damage))
})

test('a file of another kind is refused', async () => {
	for (const content of ['', '<html><body>no</body></html>', 'PK\u0003\u0004']) {
		try {
			await read(content)
			assert.unreachable()
		} catch (error) {
			assert.instance(error, NotWxrError)
		}
	}
})

test('however a file is cut into chunks, the same comes out', () => {
	const content = wxr(
		item(1, { title: 'a ]]> b & <c>' }) + item(2).replace('<![CDATA[Post 2]]>', 'x & y < z &lt;'),
	).replace('<rss', '<!-- c --><rss')
	const whole = new Repairer(new Problems())
	const expected = whole.push(content) + whole.end()
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sizes) => {
			const repairer = new Repairer(new Problems())
			let out = ''
			for (let at = 0, turn = 0; at < content.length; turn++) {
				const size = sizes[turn % sizes.length]!
				out += repairer.push(content.slice(at, at + size))
				at += size
			}
			return out + repairer.end() === expected
		}),
	)
})

test('whatever is broken in a file, reading ends and other items are read', async () => {
	const junk = fc.string({
		unit: fc.constantFrom('<', '>', '&', ';', '"', "'", '!', '[', ']', '-', '/', 'a', ':', ' ', '\n', '\0'),
	})
	await fc.assert(
		fc.asyncProperty(junk, async (text) => {
			const { items } = await read(wxr(item(1) + item(2, { title: text }) + item(3)))
			const titles = new Map(items.map((one: WxrItem) => [one.id, one.title]))
			return titles.has('1') && titles.get('2') === text.replaceAll('\0', '') && titles.has('3')
		}),
		{ numRuns: 60 },
	)
})

test('junk outside of CDATA never throws', async () => {
	const pieces = fc.constantFrom(
		'<',
		'>',
		'&',
		'</title>',
		'<item>',
		'<![CDATA[',
		']]>',
		'<!--',
		'<?',
		'<!DOCTYPE',
		'a',
		'"',
		'<wp:x>',
	)
	await fc.assert(
		fc.asyncProperty(fc.array(pieces), async (parts) => {
			const { events } = await read(wxr(`${item(1)}<item><title>${parts.join('')}`))
			return events.some((event) => event.type === 'item' && event.item.id === '1')
		}),
		{ numRuns: 60 },
	)
})

test.run()
