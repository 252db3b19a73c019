import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { describe, firstImage } from '../../src/share/describe.ts'
import type { PageFacts } from '../../src/share/facts.ts'
import { jsonLd, scriptJson } from '../../src/share/json-ld.ts'
import { metaTags } from '../../src/share/meta.ts'

const post: PageFacts = {
	kind: 'post',
	url: 'https://blog.example/ru/2010/03/kniga/',
	title: 'Книга </script><script>alert(1)</script>',
	description: 'О книге',
	locale: 'ru',
	site: { title: 'Отклик', url: 'https://blog.example/ru/' },
	alternates: [
		{ hreflang: 'ru', href: 'https://blog.example/ru/2010/03/kniga/' },
		{ hreflang: 'en', href: 'https://blog.example/en/2010/03/book/' },
		{ hreflang: 'x-default', href: 'https://blog.example/ru/2010/03/kniga/' },
	],
	image: { url: 'https://blog.example/media/a.jpg', width: 800, height: 600 },
	published: Date.UTC(2010, 2, 5),
	modified: Date.UTC(2011, 0, 1),
	author: { name: 'Анна', url: 'https://blog.example/ru/author/anna/' },
	tags: ['книги', 'чтение'],
	responses: 3,
}

function content(facts: PageFacts, property: string): string[] {
	return metaTags(facts)
		.filter((tag) => tag.property === property)
		.map((tag) => tag.content)
}

test('a post is an article in its language and region, with the others named', () => {
	assert.equal(content(post, 'og:type'), ['article'])
	assert.equal(content(post, 'og:locale'), ['ru_RU'])
	assert.equal(content(post, 'og:locale:alternate'), ['en_US'])
	assert.equal(content(post, 'og:url'), [post.url])
	assert.equal(content(post, 'og:image'), ['https://blog.example/media/a.jpg'])
	assert.equal(content(post, 'og:image:width'), ['800'])
	assert.equal(content(post, 'article:published_time'), ['2010-03-05T00:00:00.000Z'])
	assert.equal(content(post, 'article:modified_time'), ['2011-01-01T00:00:00.000Z'])
	assert.equal(content(post, 'article:tag'), ['книги', 'чтение'])
	assert.equal(content(post, 'twitter:card'), ['summary_large_image'])
})

test('other pages are of the website, and say nothing they do not know', () => {
	const home: PageFacts = { ...post, kind: 'home', alternates: [], image: undefined, description: '' }
	assert.equal(content(home, 'og:type'), ['website'])
	assert.equal(content(home, 'twitter:card'), ['summary'])
	assert.not.ok(metaTags(home).some(({ property }) => /^article:|image|alternate|description/.test(property)))
})

test('JSON-LD tells a post with its translations', () => {
	const data = JSON.parse(jsonLd(post))
	assert.is(data['@type'], 'BlogPosting')
	assert.is(data.headline, post.title)
	assert.is(data.inLanguage, 'ru')
	assert.is(data.commentCount, 3)
	assert.equal(data.author, { '@type': 'Person', name: 'Анна', url: 'https://blog.example/ru/author/anna/' })
	const english = { '@type': 'BlogPosting', '@id': 'https://blog.example/en/2010/03/book/', inLanguage: 'en' }
	assert.equal(data.workTranslation, [english])
	assert.is(data.translationOfWork, undefined)
	const translated = JSON.parse(jsonLd({ ...post, sourceLocale: 'en' }))
	assert.equal(translated.translationOfWork, english)
	assert.is(translated.workTranslation, undefined)
})

test('JSON-LD calls each kind of page what it is', () => {
	const typeOf = (kind: PageFacts['kind']) => JSON.parse(jsonLd({ ...post, kind }))['@type']
	assert.equal((['home', 'listing', 'page', 'post'] as const).map(typeOf), [
		'WebSite',
		'CollectionPage',
		'WebPage',
		'BlogPosting',
	])
})

test('JSON-LD cannot leave its script', () => {
	assert.not.match(jsonLd(post), /[<>&\u2028]/)
	const hostile = { text: '</script><!--<script>&\u2028\u2029' }
	assert.not.match(scriptJson(hostile), /[<>&\u2028\u2029]/)
	assert.equal(JSON.parse(scriptJson(hostile)), hostile)
})

test('a description is one line cut at a word', () => {
	assert.is(describe('  Коротко \n и   ясно '), 'Коротко и ясно')
	assert.is(describe('Один два, три четыре', 12), 'Один два…')
	assert.is(describe('Один два три четыре', 13), 'Один два три…')
	assert.is(describe('я'.repeat(300)), `${'я'.repeat(199)}…`)
	assert.is(describe('слово '.repeat(100)).length <= 200, true)
	assert.is(describe('😀'.repeat(20), 10), `${'😀'.repeat(9)}…`)
	assert.is(describe(''), '')
})

test('the first picture of a text is found with its size', () => {
	const html =
		'<p>a</p><img src="data:image/gif;base64,AA" /><img src="/media/a.jpg" width="800" height="600" alt="А" />'
	assert.equal(firstImage(`${html}<img src="/b.jpg" />`), { url: '/media/a.jpg', width: 800, height: 600, alt: 'А' })
	assert.is(firstImage('<p>ничего</p>'), undefined)
})

test.run()
