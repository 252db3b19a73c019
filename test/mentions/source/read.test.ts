import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Question, read, readMicroformats } from '../../../src/mentions/source/read.ts'
import { readInWorker } from '../../../src/mentions/source/worker.ts'

const site = { hostname: 'blog.example', port: '' }

function question(content: string, more: Partial<Question> = {}): Question {
	return { content, type: 'html', url: 'https://other.example/deep/page', site, wanted: [], ...more }
}

const urls = (content: string, more?: Partial<Question>) => read(question(content, more)).links.map(({ url }) => url)

test('a link is found by any spelling of its address', () => {
	const found = urls(`
		<a href="https://BLOG.example:443/a/?x=1&amp;y=2">1</a> <a href='http://blog.example/b/?x=1&y=2#top'>2</a>
		<a href=//blog.example/c/>3</a> <A HREF="https://blog.example./d/">4</A>
		<a href="  https://blog.example/e/
		">5</a> <a href="https://blog.example/%D0%B0/">6</a>`)
	assert.equal(found, [
		'https://blog.example/a/?x=1&y=2',
		'http://blog.example/b/?x=1&y=2#top',
		'https://blog.example/c/',
		'https://blog.example./d/',
		'https://blog.example/e/',
		'https://blog.example/%D0%B0/',
	])
})

test('relative addresses are resolved against <base>, and that against the page', () => {
	assert.equal(urls('<base href="https://blog.example/x/"><a href="../a/">a</a>'), ['https://blog.example/a/'])
	assert.equal(urls('<base href="//blog.example/"><base href="/no/"><a href="a/">a</a>'), ['https://blog.example/a/'])
	assert.equal(urls('<a href="/a/">a</a>'), [])
})

test('what is not a link to us is none', () => {
	const address = 'https://blog.example/a/'
	assert.equal(
		urls(`
			<!-- <a href="${address}">x</a> --> ${address} &lt;a href="${address}"&gt;x&lt;/a&gt;
			<script>document.write('<a href="${address}">x</a>')</script><style>a{background:url(${address})}</style>
			<template><a href="${address}">x</a></template><textarea><a href="${address}">x</a></textarea>
			<noscript><a href="${address}">x</a></noscript><title><a href="${address}">x</a></title>
			<a name="${address}">x</a> <a data-href="${address}">x</a> <a title='<a href="${address}">'>x</a>
			<a href="https://blog.example.evil.example/a/">x</a> <a href="https://evil.example/?${address}">x</a>
			<a href="https://user@blog.example/a/">x</a> <a href="https://blog.example:8443/a/">x</a>
			<a href="javascript:location='${address}'">x</a> <a href="">x</a> <a href="http://[">x</a>`),
		[],
	)
})

test('pictures and quotations name an address without being links', () => {
	const { links } = read(
		question('<img src="https://blog.example/a/"><blockquote cite="https://blog.example/b/">x</blockquote>'),
	)
	assert.equal(
		links.map(({ isLink }) => isLink),
		[false, false],
	)
})

test('an address is kept once, as a link where there is one, those named to us before others', () => {
	const many = Array.from({ length: 10_000 }, (_, n) => `<a href="https://blog.example/${n}/">x</a>`).join('')
	const { links } = read(
		question(`${many}<img src="https://blog.example/p/"><a href="https://blog.example/p/">y</a>`, {
			wanted: ['https://blog.example/p/'],
		}),
	)
	assert.is(links.length, 200)
	assert.is(links[0]!.url, 'https://blog.example/p/')
	assert.is(links[0]!.isLink, true)
})

test('the language is that of the nearest element that has one', () => {
	const { links } = read(
		question('<html lang="en"><body><div lang="ru"><p>Вот <a href="https://blog.example/a/">тут</a></div>'),
	)
	assert.is(links[0]!.lang, 'ru')
})

test('text and JSON name addresses as they are', () => {
	const text = {
		type: 'text',
		content: 'See https://blog.example/a/. And (https://blog.example/b/), https://blog.example/cc',
	} as const
	assert.equal(urls('', text), ['https://blog.example/a/', 'https://blog.example/b/', 'https://blog.example/cc'])
	const json = { type: 'json', content: '{"a":[null,1,{"b":"https://blog.example/a/"}]}' } as const
	assert.equal(urls('', json), ['https://blog.example/a/'])
})

const note = (inside: string) => readMicroformats(question(`<div class="h-entry">${inside}</div>`))!

test('microformats tell who wrote what about which post', () => {
	const entry = note(`<h1 class="p-name">A long answer</h1>
		<a class="u-in-reply-to" href="https://blog.example/a/#comment-7">re</a><a class="u-like-of" href="https://elsewhere.example/">x</a>
		<p class="p-author h-card"><img class="u-photo" src="/me.jpg" alt=""> <a class="p-name u-url" href="/me">Вера</a></p>
		<time class="dt-published" datetime="2025-03-01T10:00:00+03:00">1 March</time>
		<div class="e-content"><p>I <b>agree</b>.</p></div>`)
	assert.equal(entry.about, [{ type: 'reply', url: 'https://blog.example/a/#comment-7' }])
	assert.is(entry.name, 'A long answer')
	assert.is(entry.html, '<p>I <b>agree</b>.</p>')
	assert.is(entry.published, '2025-03-01T10:00:00+03:00')
	assert.equal(entry.author, { name: 'Вера', url: 'https://other.example/me', photo: 'https://other.example/me.jpg' })
})

test('likes, reposts, bookmarks and translations are told apart, also where the post is named by a citation', () => {
	for (const [property, type] of [
		['like-of', 'like'],
		['repost-of', 'repost'],
		['bookmark-of', 'bookmark'],
		['translation-of', 'translation'],
	]) {
		assert.equal(note(`<a class="u-${property}" href="https://blog.example/a/">x</a>`).about, [
			{ type, url: 'https://blog.example/a/' },
		])
	}
	const cited = note('<div class="u-repost-of h-cite"><a class="u-url" href="https://blog.example/a/">x</a></div>')
	assert.is(cited.about[0]!.type, 'repost')
})

test('a note has no title of its own; an author may be only a name, or a card elsewhere in the page', () => {
	assert.is(note('<p class="p-name e-content">Just a note.</p>').name, '')
	assert.is(note('<span class="p-author">Вера</span>').author!.name, 'Вера')
	const page = '<div class="h-entry"><a class="u-author" href="/me"></a></div><a class="h-card" href="/me">Вера</a>'
	assert.is(readMicroformats(question(page))!.author!.name, 'Вера')
})

const HOSTILE: [string, string][] = [
	['elements in elements', '<div>'.repeat(200_000)],
	['templates in templates', '<template>'.repeat(90_000)],
	['tables in tables', '<table><td>'.repeat(90_000)],
	[
		'formatting that every paragraph opens anew',
		`${Array.from({ length: 250 }, (_, n) => `<font a${n}>`).join('')}${'<p>'.repeat(300_000)}`,
	],
	['signs that begin nothing', '<'.repeat(1_000_000)],
	['one tag of many attributes', `<a ${'x=1 '.repeat(250_000)}>`],
	['an attribute that never ends', `<a href="${'x'.repeat(1_000_000)}`],
	['many links', '<a href="https://blog.example/a/">x</a>'.repeat(25_000)],
	['many entries', '<p class="h-entry">'.repeat(50_000)],
	['nothing', ''],
	['bytes of no kind', Buffer.from(Array.from({ length: 100_000 }, (_, n) => (n * 7919) % 256)).toString('latin1')],
]

for (const [name, content] of HOSTILE) {
	test(`a page of ${name} ends in bounded time, and the next one is read`, async () => {
		const start = performance.now()
		await readInWorker(question(content))
		assert.ok(performance.now() - start < 8_000)
		const next = await readInWorker(question('<a href="https://blog.example/a/">x</a>'))
		assert.is(next!.links.length, 1)
	})
}

test('a page whose microformats take too long is read without them', async () => {
	const page = await readInWorker(
		question(`<a href="https://blog.example/a/">x</a>${'<p class="h-entry">'.repeat(50_000)}`),
	)
	assert.is(page!.links.length, 1)
	assert.is(page!.entry, undefined)
})

test.run()
