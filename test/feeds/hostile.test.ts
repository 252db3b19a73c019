import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { writeAtom } from '../../src/feeds/atom.ts'
import { writeJson } from '../../src/feeds/json.ts'
import { writeRss } from '../../src/feeds/rss.ts'
import { NAMESPACES } from '../../src/feeds/xml.ts'
import { fitForXml } from '../../src/web/xml.ts'
import { all, atomProblems, jsonProblems, parseXml, rssProblems } from './rules.ts'
import { sampleEntry, sampleFeed } from './sample.ts'

function contentInRss(html: string): string {
	const xml = writeRss(sampleFeed([sampleEntry({ html })]))
	const item = all(all(parseXml(xml), 'channel')[0]!, 'item')[0]!
	return all(item, `{${NAMESPACES.content}}encoded`)[0]!.text
}

test('content with several ends of CDATA stays content', () => {
	const html = '<pre>a ]]> b ]]> c ]]]]>> d</pre>]]><script/><![CDATA['
	assert.is(contentInRss(html), html)
})

test('control characters, lone surrogates and noncharacters are left out', () => {
	assert.is(fitForXml('a\0\x01\x0b\x1b\x7f\x92\ud800b\udfff\ufffe\ufdd0\u{1f600}\t\n\u0301'), 'ab\u{1f600}\t\n\u0301')
	assert.is(contentInRss('x\0y\ud83dz'), 'xyz')
})

test('no text breaks a feed or changes on its way', () => {
	const piece = fc.oneof(
		fc.constantFrom(
			']]>',
			'<![CDATA[',
			'&amp;',
			'&amp;lt;',
			'&#0;',
			'&',
			'<',
			'"',
			"'",
			'\ufdd0',
			'\0',
			'\ud800',
			'-->',
			'<?',
		),
		fc.string({ unit: 'binary', maxLength: 5 }),
	)
	const hostile = fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => `a${pieces.join('')}z`)
	fc.assert(
		fc.property(hostile, (text) => {
			const entry = sampleEntry({
				guid: text,
				title: text,
				html: text,
				summary: text,
				author: { name: text },
				tags: [text],
				enclosures: [{ url: 'https://blog.example/a', mime: 'audio/mpeg', bytes: 1 }],
			})
			const feed = { ...sampleFeed([entry]), title: text, description: text, author: text }
			assert.equal(rssProblems(writeRss(feed)), [])
			assert.equal(atomProblems(writeAtom(feed)), [])
			assert.equal(jsonProblems(writeJson(feed)), [])
			const expected = fitForXml(text).replace(/\r\n?/g, '\n')
			assert.is(contentInRss(text), expected)
			const root = parseXml(writeAtom(feed))
			const [atomEntry] = all(root, `{${NAMESPACES.atom}}entry`)
			assert.is(all(atomEntry!, `{${NAMESPACES.atom}}title`)[0]!.text, expected)
			assert.is(all(all(root, `{${NAMESPACES.atom}}author`)[0]!, `{${NAMESPACES.atom}}name`)[0]!.text, expected)
		}),
		{ numRuns: 150 },
	)
})

test.run()
