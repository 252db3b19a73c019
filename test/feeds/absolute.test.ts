import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { absoluteHtml } from '../../src/feeds/absolute.ts'

const absolute = (html: string) => absoluteHtml(html, 'https://blog.example/ru/2010/03/kniga/')

test('relative addresses are made absolute by the permalink', () => {
	assert.is(absolute('<a href="/ru/">x</a>'), '<a href="https://blog.example/ru/">x</a>')
	assert.is(absolute('<a href="#fn1">1</a>'), '<a href="https://blog.example/ru/2010/03/kniga/#fn1">1</a>')
	assert.is(absolute('<img src="a.jpg" />'), '<img src="https://blog.example/ru/2010/03/kniga/a.jpg" />')
	assert.is(absolute('<a href="//cdn.example/a">x</a>'), '<a href="https://cdn.example/a">x</a>')
	assert.is(
		absolute('<img srcset="/a.jpg 1x, /b.jpg 2x" />'),
		'<img srcset="https://blog.example/a.jpg 1x, https://blog.example/b.jpg 2x" />',
	)
})

test('what is absolute or no address stays', () => {
	for (const html of [
		'<a href="https://other.example/?a=1&amp;b=2">x</a>',
		'<a href="mailto:a@b.example">x</a>',
		'<p class="href" id="a">/ru/ &amp;lt; &lt;b&gt; «Ёлка»</p>',
		'<a href="http://[bad">x</a>',
		'<pre><code class="hljs">a &lt; b</code></pre>',
	]) {
		assert.is(absolute(html), html)
	}
})

test('of a picture in several formats the one that all readers know is left, with its widths', () => {
	const html =
		'<picture><source type="image/avif" srcset="/a.1w.avif 1w"><img src="/a.jpg" alt="" srcset="/a.1w.jpg 1w"></picture>'
	const picture = '<img src="https://blog.example/a.jpg" alt="" srcset="https://blog.example/a.1w.jpg 1w" />'
	assert.is(absoluteHtml(html, 'https://blog.example/'), picture)
	const film = '<video><source src="https://blog.example/a.mp4" type="video/mp4"></source></video>'
	assert.is(absoluteHtml(film, 'https://blog.example/'), film)
})

test.run()
