import type { FeedData, FeedEntry } from '../../src/feeds/data.ts'

export function sampleEntry(changes: Partial<FeedEntry> = {}): FeedEntry {
	return {
		guid: 'http://old.example/?p=12',
		locale: 'ru',
		url: 'https://blog.example/ru/2010/03/kniga/',
		title: 'Книга & <жизнь>',
		html: '<p>Текст &amp; ещё, <b>AT&amp;T</b>, &amp;lt;</p>',
		summary: 'Текст & ещё',
		author: { name: 'Анна "Аня" <А>', url: 'https://blog.example/ru/author/anna/' },
		published: Date.UTC(2010, 2, 5, 21, 30),
		modified: Date.UTC(2011, 0, 1),
		tags: ['Книги & "чтение"', '<b>'],
		enclosures: [
			{ url: 'https://blog.example/media/a.mp3?x=1&y=2', mime: 'audio/mpeg', bytes: 12345 },
			{ url: 'https://blog.example/media/a.ogg', mime: 'audio/ogg', bytes: 0 },
		],
		siblings: [{ locale: 'en', url: 'https://blog.example/en/2010/03/book/' }],
		replies: {
			count: 5,
			url: 'https://blog.example/ru/2010/03/kniga/#comments',
			feed: 'https://blog.example/ru/2010/03/kniga/feed/',
		},
		...changes,
	}
}

export function sampleFeed(entries: FeedEntry[] = [sampleEntry()]): FeedData {
	return {
		locale: 'ru',
		title: 'Отклик & друзья',
		description: 'Блог <о> "языках"',
		url: 'https://blog.example/ru/?q=%D0%B0&b=2',
		self: 'https://blog.example/ru/feed/?a=1&b=2',
		hubs: [],
		siblings: [{ locale: 'en', url: 'https://blog.example/en/' }],
		updated: Date.UTC(2011, 0, 1),
		author: 'Отклик & друзья',
		entries,
	}
}
