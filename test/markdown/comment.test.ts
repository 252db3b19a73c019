import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { renderImportedComment } from '../../src/markdown/comment.ts'

test('a comment has paragraphs, breaks and few elements', () => {
	assert.is(renderImportedComment('a <b>b</b>\nc\n\n<h2>d</h2> <img src="x">'), '<p>a <b>b</b><br>\nc</p>\n<p>d</p>')
})

test('links recommend nothing, bare addresses become links without the full stop', () => {
	assert.is(
		renderImportedComment('<a href="https://a.example/" onclick="x">a</a> (https://b.example/c).'),
		'<p><a href="https://a.example/" rel="nofollow ugc">a</a> (<a href="https://b.example/c" rel="nofollow ugc">https://b.example/c</a>).</p>',
	)
	assert.is(renderImportedComment('<code>https://a.example/</code>'), '<p><code>https://a.example/</code></p>')
})

test('only http, https and mailto lead anywhere', () => {
	assert.is(
		renderImportedComment('<a href="javascript:x">a</a> <a href="/admin">b</a> <a href="tel:1">c</a>'),
		'<p>a b c</p>',
	)
})

test('characters that turn the direction of text do not leave the comment', () => {
	assert.is(renderImportedComment('a\u202eb\u2066c'), '<p>abc</p>')
})

test('towers of combining marks are cut, letters of any language are not', () => {
	assert.is(renderImportedComment(`z${'\u0301'.repeat(50)}`), `<p>z${'\u0301'.repeat(6)}</p>`)
	assert.is(renderImportedComment('й̆ ệ'), '<p>й̆ ệ</p>')
})

test('a comment too long or too deep is shown as it was written', () => {
	assert.match(renderImportedComment('<b>'.repeat(100)), '&lt;b&gt;&lt;b&gt;')
	assert.match(renderImportedComment('<i>a</i>\n'.repeat(20_000)), '&lt;i&gt;a&lt;/i&gt;<br>')
})

test('no comment makes anything but the few elements', () => {
	const pieces = fc.constantFrom(
		'<b>',
		'</b>',
		'<p>',
		'<a href="http://x">',
		'</a>',
		'<a href=javascript:x>',
		'<script>',
		'<img onerror=x>',
		'<svg>',
		'<ul>',
		'<li>',
		'word',
		'\n',
		'\n\n',
		'"',
		'<!--',
		'-->',
		'<pre>',
		'https://x/',
		'<style>',
	)
	const allowed = /^(?:a|em|strong|b|i|code|pre|blockquote|ul|ol|li|p|br|del|div)$/
	fc.assert(
		fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 30 }), (parts) => {
			const html = renderImportedComment(parts.join(''))
			for (const [, name] of html.matchAll(/<\/?([a-z0-9]+)/gi)) assert.match(name!, allowed)
			assert.not.match(html, /<[^>]*(?:javascript:|\son|style)/i)
		}),
	)
})

test.run()
