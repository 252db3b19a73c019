import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { writeRss } from '../../src/feeds/rss.ts'
import { NAMESPACES } from '../../src/feeds/xml.ts'
import { all, parseXml, rssProblems } from './rules.ts'
import { sampleEntry, sampleFeed } from './sample.ts'

const { atom, content, dc, slash, wfw } = NAMESPACES

function channelOf(xml: string) {
	return all(parseXml(xml), 'channel')[0]!
}

function itemOf(changes = {}) {
	return all(channelOf(writeRss(sampleFeed([sampleEntry(changes)]))), 'item')[0]!
}

test('a feed follows the rules of RSS, an empty one too', () => {
	assert.equal(rssProblems(writeRss(sampleFeed())), [])
	assert.equal(rssProblems(writeRss(sampleFeed([]))), [])
})

test('the channel says what it is, in which language, and where it is in others', () => {
	const channel = channelOf(writeRss(sampleFeed()))
	assert.is(all(channel, 'title')[0]!.text, 'Отклик & друзья')
	assert.is(all(channel, 'description')[0]!.text, 'Блог <о> "языках"')
	assert.is(all(channel, 'language')[0]!.text, 'ru')
	assert.is(all(channel, 'lastBuildDate')[0]!.text, 'Sat, 01 Jan 2011 00:00:00 GMT')
	const links = all(channel, `{${atom}}link`).map(({ attributes: { rel, hreflang, href } }) => [rel, hreflang, href])
	assert.equal(links, [
		['self', undefined, 'https://blog.example/ru/feed/?a=1&b=2'],
		['alternate', 'en', 'https://blog.example/en/'],
	])
})

test('the items are last', () => {
	const names = channelOf(writeRss(sampleFeed([sampleEntry(), sampleEntry({ guid: 'b' })]))).children.map(
		({ name }) => name,
	)
	assert.equal(names.slice(names.indexOf('item')), ['item', 'item'])
})

test('texts come through as they were', () => {
	const item = itemOf()
	assert.is(all(item, 'title')[0]!.text, 'Книга & <жизнь>')
	assert.is(all(item, 'description')[0]!.text, 'Текст & ещё')
	assert.is(all(item, `{${content}}encoded`)[0]!.text, sampleEntry().html)
	assert.is(all(item, `{${dc}}creator`)[0]!.text, 'Анна "Аня" <А>')
	assert.equal(
		all(item, 'category').map(({ text }) => text),
		['Книги & "чтение"', '<b>'],
	)
})

test('an item leads to its conversation and its translations', () => {
	const item = itemOf()
	assert.is(all(item, 'comments')[0]!.text, 'https://blog.example/ru/2010/03/kniga/#comments')
	assert.is(all(item, `{${wfw}}commentRss`)[0]!.text, 'https://blog.example/ru/2010/03/kniga/feed/')
	assert.is(all(item, `{${slash}}comments`)[0]!.text, '5')
	assert.is(all(item, `{${atom}}link`)[0]!.attributes.hreflang, 'en')
})

test('a guid is a permalink only when it is the address', () => {
	assert.is(all(itemOf(), 'guid')[0]!.text, 'http://old.example/?p=12')
	assert.is(all(itemOf(), 'guid')[0]!.attributes.isPermaLink, 'false')
	const same = all(itemOf({ guid: sampleEntry().url }), 'guid')[0]!
	assert.is(same.attributes.isPermaLink, 'true')
	assert.is(all(itemOf({ guid: 'a &amp; b ]]> c' }), 'guid')[0]!.text, 'a &amp; b ]]> c')
})

test('the first enclosure is named whole', () => {
	assert.equal(
		all(itemOf(), 'enclosure').map(({ attributes }) => attributes),
		[{ length: '12345', type: 'audio/mpeg', url: 'https://blog.example/media/a.mp3?x=1&y=2' }],
	)
})

test('an entry in another language than the feed says so', () => {
	assert.is(all(itemOf({ locale: 'en' }), `{${dc}}language`)[0]!.text, 'en')
	assert.equal(all(itemOf(), `{${dc}}language`), [])
})

test('an entry that may not be shown has no content', () => {
	const item = itemOf({ html: undefined, summary: 'Запись защищена паролем.' })
	assert.equal(all(item, `{${content}}encoded`), [])
	assert.is(all(item, 'description')[0]!.text, 'Запись защищена паролем.')
})

test('an entry without an author is by the blog', () => {
	assert.is(all(itemOf({ author: undefined }), `{${dc}}creator`)[0]!.text, 'Отклик & друзья')
})

test.run()
