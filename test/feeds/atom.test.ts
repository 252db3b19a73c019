import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { writeAtom } from '../../src/feeds/atom.ts'
import { NAMESPACES } from '../../src/feeds/xml.ts'
import { all, atomProblems, parseXml } from './rules.ts'
import { sampleEntry, sampleFeed } from './sample.ts'

const LANG = '{http://www.w3.org/XML/1998/namespace}lang'

function feedOf(changes = {}) {
	return parseXml(writeAtom(sampleFeed([sampleEntry(changes)])))
}

function entryOf(changes = {}) {
	return atom(feedOf(changes), 'entry')[0]!
}

function atom(node: ReturnType<typeof parseXml>, name: string) {
	return all(node, `{${NAMESPACES.atom}}${name}`)
}

test('a feed follows the rules of Atom, an empty one too', () => {
	assert.equal(atomProblems(writeAtom(sampleFeed())), [])
	assert.equal(atomProblems(writeAtom(sampleFeed([]))), [])
})

test('feeds of one page are told apart', () => {
	const other = parseXml(writeAtom({ ...sampleFeed(), self: 'https://blog.example/ru/comments/feed/atom/' }))
	assert.is.not(atom(other, 'id')[0]!.text, atom(feedOf(), 'id')[0]!.text)
})

test('the feed and each entry say their language', () => {
	assert.is(feedOf().attributes[LANG], 'ru')
	assert.is(entryOf({ locale: 'en', siblings: [] }).attributes[LANG], 'en')
})

test('each entry links its translations', () => {
	const links = atom(entryOf(), 'link').filter(({ attributes }) => attributes.rel === 'alternate')
	assert.equal(
		links.map(({ attributes: { hreflang, href } }) => [hreflang, href]),
		[
			['ru', 'https://blog.example/ru/2010/03/kniga/'],
			['en', 'https://blog.example/en/2010/03/book/'],
		],
	)
})

test('texts come through as they were', () => {
	const entry = entryOf()
	assert.is(atom(entry, 'title')[0]!.text, 'Книга & <жизнь>')
	assert.is(atom(entry, 'title')[0]!.attributes.type, undefined)
	assert.is(atom(entry, 'summary')[0]!.text, 'Текст & ещё')
	assert.is(atom(entry, 'content')[0]!.text, sampleEntry().html)
	assert.is(atom(entry, 'content')[0]!.attributes.type, 'html')
	assert.is(atom(atom(entry, 'author')[0]!, 'name')[0]!.text, 'Анна "Аня" <А>')
	assert.equal(
		atom(entry, 'category').map(({ attributes }) => attributes.term),
		['Книги & "чтение"', '<b>'],
	)
})

test('an entry counts its responses and leads to them', () => {
	const replies = atom(entryOf(), 'link').filter(({ attributes }) => attributes.rel === 'replies')
	assert.equal(
		replies.map(({ attributes }) => [attributes.type, attributes[`{${NAMESPACES.thr}}count`]]),
		[
			['text/html', '5'],
			['application/rss+xml', '5'],
		],
	)
})

test('a response names what it answers', () => {
	const entry = entryOf({
		inReplyTo: { guid: 'http://old.example/?p=12', url: 'https://blog.example/ru/2010/03/kniga/' },
	})
	const [answered] = all(entry, `{${NAMESPACES.thr}}in-reply-to`)
	assert.is(answered!.attributes.ref, 'http://old.example/?p=12')
	assert.is(answered!.attributes.href, 'https://blog.example/ru/2010/03/kniga/')
})

test('every enclosure is linked with its type and length', () => {
	const enclosures = atom(entryOf(), 'link').filter(({ attributes }) => attributes.rel === 'enclosure')
	assert.equal(
		enclosures.map(({ attributes: { type, length } }) => [type, length]),
		[
			['audio/mpeg', '12345'],
			['audio/ogg', '0'],
		],
	)
})

test('an id is the guid to the letter, or a name made from it', () => {
	for (const guid of ['HTTP://Old.Example:80/?p=1&x=2', 'tag:blog.example,2010:1', 'urn:uuid:1-2']) {
		assert.is(atom(entryOf({ guid }), 'id')[0]!.text, guid)
	}
	const made = atom(entryOf({ guid: 'запись № 5' }), 'id')[0]!.text
	assert.match(made, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
	assert.is(atom(entryOf({ guid: 'запись № 5' }), 'id')[0]!.text, made)
	assert.is.not(atom(entryOf({ guid: 'запись № 6' }), 'id')[0]!.text, made)
})

test('dates are those of the entry', () => {
	assert.is(atom(entryOf(), 'published')[0]!.text, '2010-03-05T21:30:00.000Z')
	assert.is(atom(entryOf(), 'updated')[0]!.text, '2011-01-01T00:00:00.000Z')
})

test('an entry that may not be shown has no content', () => {
	assert.equal(atom(entryOf({ html: undefined }), 'content'), [])
})

test.run()
