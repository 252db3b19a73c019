import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { markdown, strings } from './fixtures.ts'

test('the first heading of a text is an h2, what is under it an h3, and ids keep Cyrillic', () => {
	const { html, headings } = markdown('# Ёлка\n\n## Шар\n\n## Шар')
	assert.is(html, '<h2 id="ёлка">Ёлка</h2>\n<h3 id="шар">Шар</h3>\n<h3 id="шар-1">Шар</h3>')
	assert.equal(headings.at(-1), { level: 3, id: 'шар-1', text: 'Шар' })
})

test('headings never skip a level', () => {
	const levels = markdown('### a\n\n##### b\n\n#### c\n\n## d').headings.map(({ level }) => level)
	assert.equal(levels, [2, 3, 3, 2])
})

test('a heading does not take an id of the page', () => {
	assert.match(markdown('## Comments').html, '<h2 id="text-comments">')
	assert.is(markdown('## Respond').headings[0]!.id, 'text-respond')
})

test('footnotes are numbered, lead there and back, and speak the language of the text', () => {
	const { html, text } = markdown('Раз[^x] и два[^y], снова[^x].\n\n[^x]: Первая\n\n[^y]: Вторая')
	assert.match(html, '<sup class="footnote-ref"><a href="#fn-1" id="fnref-1">1</a></sup>')
	assert.match(html, 'id="fnref-1-2"')
	assert.match(html, `<section class="footnotes" role="doc-endnotes" aria-label="${strings.footnotes}">`)
	assert.match(html, 'aria-label="К тексту, сноска 2"')
	assert.is(text, 'Раз и два, снова. Первая Вторая')
})

test('a footnote without its note stays as it was written', () => {
	assert.match(markdown('Раз[^нет]').html, '[^нет]')
})

test('tasks are disabled boxes that say their state', () => {
	const { html } = markdown('- [x] да\n- [ ] нет')
	assert.match(html, '<input type="checkbox" disabled="" checked="" aria-label="Сделано"> да')
	assert.match(html, '<input type="checkbox" disabled="" aria-label="Не сделано"> нет')
})

test('code is coloured by classes, code of an unknown language is plain', () => {
	assert.match(markdown('```js\nconst a = 1\n```').html, '<span class="hljs-keyword">const</span>')
	assert.match(markdown('```klingon\n<b>\n```').html, '<code>&lt;b&gt;</code>')
	assert.not.match(markdown('```html\n<p style="x">\n```').html, /<[^>]*style/)
})

test('a wide table scrolls inside a named box', () => {
	const { html } = markdown('| a | b |\n|---|--:|\n| 1 | 2 |')
	assert.match(html, '<div class="table" role="group" tabindex="0" aria-label="Таблица"><table>')
	assert.match(html, '<td class="has-text-align-right">2</td>')
})

for (const [address, page] of [
	['https://youtu.be/dQw4w9WgXcQ?t=3', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'],
	['https://vimeo.com/76979871', 'https://vimeo.com/76979871'],
	[
		'https://rutube.ru/video/10b3a03fc01d5bbcc632a2f3514e8aab/',
		'https://rutube.ru/video/10b3a03fc01d5bbcc632a2f3514e8aab/',
	],
	['https://vk.com/video-22822305_456241864', 'https://vkvideo.ru/video-22822305_456241864'],
] as const) {
	test(`${address} alone in its paragraph is a card that loads nothing`, () => {
		const { html } = markdown(`Смотрите:\n\n${address}`)
		assert.match(html, `<figure class="video"><a href="${page}">`)
		assert.not.match(html, /<(?:img|iframe|script)/)
	})
}

test('an address of a video inside a sentence stays a link', () => {
	assert.not.match(markdown('Вот https://youtu.be/dQw4w9WgXcQ и всё').html, '<figure')
})

test('files that browsers play become players', () => {
	assert.match(markdown('![клип](/media/a.mp4)').html, '<video src="/media/a.mp4" controls="" preload="metadata"')
	assert.match(markdown('https://example.com/a.mp3').html, '<audio src="https://example.com/a.mp3" controls=""')
})

test('pictures are lazy and always have an alt, linked ones a name', () => {
	assert.match(markdown('![](a.png)').html, '<img src="a.png" alt="" loading="lazy" decoding="async">')
	assert.match(markdown('[![](a.png)](b.png)').html, 'alt="Картинка"')
})

test('scripts, handlers, styles and odd addresses are gone', () => {
	const { html } = markdown('a <script>x</script> <b onclick="x" style="x">b</b> [c](javascript:alert(1)) ![d](data:x)')
	assert.is(html, '<p>a\u00a0 <b>b</b> c </p>'.replace('\u00a0', '&nbsp;'))
})

test.run()
