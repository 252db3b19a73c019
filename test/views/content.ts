import type { Texts } from './texts.ts'

/** The text of a post with everything that a post can have: headings, tables, code, WordPress captions, footnotes. */
export function content({ excerpts, replies, titles, tags }: Texts): string {
	const [first, second, third] = excerpts
	const image = '<img src="cover.svg" alt="" width="1200" height="500" loading="lazy">'
	const small = '<img src="cover.svg" alt="" width="300" height="125" loading="lazy">'
	return `<p>${first} <a href="https://example.org/">${titles[0]}</a>.<sup class="footnote-ref"><a href="#fn-1" id="fnref-1">1</a></sup></p>
<p>${second}</p>
<ul><li>${tags[0]}</li><li>${tags[1]}: ${replies[0]}</li><li>${tags[2]}<ul><li>${tags[3]}</li></ul></li></ul>
<h2 id="one">${titles[2]}</h2>
<p>${third} <code>npm start</code>, <kbd>Ctrl</kbd>+<kbd>C</kbd>, <mark>${tags[4]}</mark>, <del>${tags[5]}</del>.</p>
<figure class="wp-block-image">${image}<figcaption>${replies[1]}</figcaption></figure>
<blockquote><p>${replies[2]}</p><p>— <cite>${titles[1]}</cite></p></blockquote>
<h3 id="two">${titles[3]}</h3>
<ol><li>${replies[0]}</li><li>${replies[1]}</li></ol>
<ul><li><input type="checkbox" disabled checked aria-label="${tags[0]}"> ${tags[0]}</li><li><input type="checkbox" disabled aria-label="${tags[1]}"> ${tags[1]}</li></ul>
<div class="table" role="group" tabindex="0" aria-label="${tags[1]}"><table><thead><tr><th>${tags[0]}</th><th>${tags[1]}</th><th>${tags[2]}</th><th>${tags[3]}</th></tr></thead><tbody><tr><td>2023</td><td>12 400</td><td>18,3</td><td>${tags[4]}</td></tr><tr><td>2024</td><td>27 900</td><td>41,0</td><td>${tags[5]}</td></tr></tbody></table></div>
<pre><code class="hljs language-typescript"><span class="hljs-comment">// ${tags[0]}</span>
<span class="hljs-keyword">export</span> <span class="hljs-keyword">function</span> <span class="hljs-title function_">greet</span>(<span class="hljs-attr">name</span>: <span class="hljs-built_in">string</span>, times = <span class="hljs-number">3</span>) {
	<span class="hljs-keyword">return</span> <span class="hljs-string">\`Hello, <span class="hljs-subst">\${name}</span>\`</span>.repeat(times) <span class="hljs-comment">// a line that is rather long, so that it has to wrap or scroll</span>
}
</code></pre>
<div class="wp-caption alignright">${small}<p class="wp-caption-text">${tags[2]}</p></div>
<p>${second}</p><p>${third}</p>
<figure class="video"><a href="https://www.youtube.com/watch?v=xxxxxxxxxxx"><span class="video-title">${titles[1]} (YouTube)</span></a></figure>
<div class="gallery gallery-columns-3"><figure class="gallery-item">${small}<figcaption class="gallery-caption">${tags[0]}</figcaption></figure><figure class="gallery-item">${small}</figure><figure class="gallery-item">${small}</figure></div>
<details><summary>${titles[3]}</summary><p>${replies[2]}</p></details>
<hr>
<dl><dt>${tags[0]}</dt><dd>${replies[0]}</dd></dl>
<section class="footnotes" aria-label="*"><ol><li id="fn-1"><p>${replies[3]} <a class="footnote-back" href="#fnref-1" aria-label="1">↩</a></p></li></ol></section>`
}
