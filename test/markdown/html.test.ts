import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { html } from './fixtures.ts'

test('an empty line parts paragraphs, a line end is a break', () => {
	assert.is(html('one\ntwo\n\nthree').html, '<p>one<br>\ntwo</p>\n<p>three</p>')
})

test('blocks and preformatted text are left as they are', () => {
	assert.is(html('<pre>a\n\nb</pre>').html, '<pre tabindex="0">a\n\nb</pre>')
	assert.is(html('a\n<ul>\n<li>b</li>\n</ul>\nc').html, '<p>a</p>\n<ul>\n<li>b</li>\n</ul><p>c</p>')
	assert.is(html('<blockquote>q</blockquote>').html, '<blockquote><p>q</p>\n</blockquote>')
})

test('a text of the block editor gets no paragraphs of ours and loses its comments', () => {
	const source = '<!-- wp:paragraph -->\n<p>a\nb</p>\n<!-- /wp:paragraph -->'
	assert.is(html(source).html, '<p>a\nb</p>')
})

test('imported text keeps its own characters', () => {
	assert.is(html('"a" - b...').html, '<p>"a" - b...</p>')
})

test('what HTML has given up gets its successor', () => {
	assert.is(
		html('<p><tt>a</tt> <strike>b</strike> <acronym title="x">c</acronym></p>').html,
		'<p><code>a</code> <s>b</s> <abbr title="x">c</abbr></p>',
	)
	assert.is(html('<center>a</center>').html, '<div class="has-text-align-center">a</div>')
	assert.is(html('<p align="right">a</p>').html, '<p class="has-text-align-right">a</p>')
	assert.match(html('<p><img src="a.png" align="left" border="0"></p>').html, 'class="alignleft"')
	assert.match(html('<p><a name="here">a</a></p>').html, '<a id="here">')
})

test('classes of alignment stay, those that could pass for the page or microformats go', () => {
	assert.is(
		html('<div class="alignleft wp-caption h-entry comments u-url">a</div>').html,
		'<div class="alignleft wp-caption">a</div>',
	)
})

test('ids of the page are out of reach, links inside the text follow', () => {
	const { html: out } = html('<p id="comment-1">a</p><p id="b">b</p><p id="b">c</p><a href="#comment-1">d</a>')
	assert.match(out, '<p id="text-comment-1">a</p><p id="b">b</p><p>c</p>')
	assert.match(out, 'href="#text-comment-1"')
})

test('a frame of a video service becomes a card, any other goes', () => {
	const { html: out } = html(
		'<iframe src="//www.youtube.com/embed/dQw4w9WgXcQ"></iframe><iframe src="https://evil.example/"></iframe>',
	)
	assert.match(out, 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"')
	assert.not.match(out, /iframe|evil/)
})

test('a block inside an inline element changes places with it', () => {
	assert.is(html('<!-- wp: --><b>a<p>b</p></b>').html, '<b>a</b><p><b>b</b></p>')
})

test('lists, tables and figures are put in order', () => {
	assert.is(html('<ul>a<li>b</li>c</ul>').html, '<ul><li>a</li><li>b<br>\nc</li></ul>'.replace('<br>\n', ''))
	assert.not.match(html('<table><tr><td rowspan="9" colspan="3">a</td></tr></table>').html, /span=/)
	assert.match(html('<figure>a<figcaption>b</figcaption>c</figure>').html, 'ac<figcaption>b</figcaption></figure>')
})

test('language and direction stay when they are valid', () => {
	assert.is(html('<p lang="ru" dir="rtl">a</p><p lang="?" dir="up">b</p>').html, '<p lang="ru" dir="rtl">a</p><p>b</p>')
})

test('addresses are written as URLs have to be', () => {
	assert.match(html('<a href="a b|c?d=[1]#e#f">x</a>').html, 'href="a%20b%7Cc?d=%5B1%5D#e%23f"')
	assert.is(html('<a href="http://[oops">x</a>').html, '<p>x</p>')
	assert.match(html('<a href="https://пример.рф/Ёлка">x</a>').html, 'href="https://пример.рф/Ёлка"')
})

test.run()
