import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { writeJson } from '../../src/feeds/json.ts'
import { jsonProblems } from './rules.ts'
import { sampleEntry, sampleFeed } from './sample.ts'

function itemOf(changes = {}) {
	return JSON.parse(writeJson(sampleFeed([sampleEntry(changes)]))).items[0]
}

test('a feed follows the rules of JSON Feed 1.1, an empty one too', () => {
	assert.equal(jsonProblems(writeJson(sampleFeed())), [])
	assert.equal(jsonProblems(writeJson(sampleFeed([]))), [])
})

test('the feed has the fields of 1.1 alone', () => {
	const { items, ...feed } = JSON.parse(writeJson(sampleFeed()))
	assert.equal(feed, {
		version: 'https://jsonfeed.org/version/1.1',
		title: 'Отклик & друзья',
		home_page_url: 'https://blog.example/ru/?q=%D0%B0&b=2',
		feed_url: 'https://blog.example/ru/feed/?a=1&b=2',
		description: 'Блог <о> "языках"',
		language: 'ru',
		authors: [{ name: 'Отклик & друзья' }],
	})
	assert.is(items.length, 1)
})

test('an item is whole', () => {
	assert.equal(itemOf(), {
		id: 'http://old.example/?p=12',
		url: 'https://blog.example/ru/2010/03/kniga/',
		title: 'Книга & <жизнь>',
		date_modified: '2011-01-01T00:00:00.000Z',
		date_published: '2010-03-05T21:30:00.000Z',
		content_html: sampleEntry().html,
		summary: 'Текст & ещё',
		language: 'ru',
		authors: [{ name: 'Анна "Аня" <А>', url: 'https://blog.example/ru/author/anna/' }],
		tags: ['Книги & "чтение"', '<b>'],
		attachments: [
			{ url: 'https://blog.example/media/a.mp3?x=1&y=2', mime_type: 'audio/mpeg', size_in_bytes: 12345 },
			{ url: 'https://blog.example/media/a.ogg', mime_type: 'audio/ogg' },
		],
	})
})

test('an entry that may not be shown has its notice as text', () => {
	const item = itemOf({ html: undefined, summary: 'Запись защищена паролем.' })
	assert.is(item.content_html, undefined)
	assert.is(item.content_text, 'Запись защищена паролем.')
})

test.run()
