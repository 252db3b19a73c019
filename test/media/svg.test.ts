import * as fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { UploadRefused } from '../../src/media/refused.ts'
import { sanitizeSvg } from '../../src/media/svg.ts'

const NS =
	'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml"'
const clean = (inside: string, attributes = '') => sanitizeSvg(`<svg ${NS} ${attributes}>${inside}</svg>`).svg
const inside = (source: string) => clean(source).replace(/^<svg[^>]*>|<\/svg>$/g, '')

test('a drawing stays as it was drawn', () => {
	const drawing =
		'<defs><linearGradient id="a" x1="0"><stop offset="0" stop-color="#fff"></stop></linearGradient></defs>' +
		'<style>.b{fill:url(#a)} rect{stroke:red}</style><g class="b" transform="rotate(5)"><rect width="5" height="6" ' +
		'style="fill:url(#a);opacity:.5"></rect><path d="M0 0L5 5z" fill="url(#a)"></path></g>' +
		'<text xml:space="preserve" x="1">Ёлка &amp; &lt;шар&gt;</text><use xlink:href="#a"></use><use href="#a"></use>'
	assert.is(inside(drawing), drawing)
})

test('a picture inside is kept when it is pixels of its own', () => {
	const own = '<image href="data:image/png;base64,iVBORw0KGgo=" width="1"></image>'
	assert.is(inside(own), own)
	for (const href of [
		'https://evil.example/a.png',
		'//evil.example',
		'/ru/',
		'data:image/svg+xml;base64,AAAA',
		'data:text/html,x',
	]) {
		assert.is(inside(`<image href="${href}"/>`), '<image></image>', href)
	}
})

test('nothing that runs, moves or brings in a page stays', () => {
	for (const evil of [
		'<script>alert(1)</script>',
		'<script xlink:href="https://evil.example/x.js"/>',
		'<h:script>alert(1)</h:script>',
		'<foreignObject><h:body><h:iframe src="javascript:alert(1)"/></h:body></foreignObject>',
		'<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="/"/></foreignObject>',
		'<animate attributeName="href" values="javascript:alert(1)"/>',
		'<set attributeName="onload" to="alert(1)"/>',
		'<handler xmlns="http://www.w3.org/2001/svg-events">x</handler>',
		'<iframe src="x"/>',
		'<embed src="x"/>',
		'<metadata><rdf>x</rdf></metadata>',
		'<!-- <script>alert(1)</script> -->',
		'<?xml-stylesheet href="javascript:alert(1)"?>',
		'<feImage href="https://evil.example/"/>',
		'<mpath href="#a"/>',
	]) {
		assert.is(inside(evil), '', evil)
	}
})

test('no attribute runs or leads outside', () => {
	for (const evil of [
		'onload="alert(1)"',
		'ONLOAD="alert(1)"',
		'onfocusin="alert(1)" tabindex="1"',
		'href="javascript:alert(1)"',
		'xlink:href="data:text/html,x"',
		'xlink:href=" &#x6a;avascript:alert(1)"',
		'style="background:url(https://evil.example/)"',
		'style="background:url(\'//evil.example\')"',
		'style="background:\\75rl(https://evil.example/)"',
		'style="b:image-set(\'https://evil.example\' 1x)"',
		'style="background:url(/**/https://evil.example)"',
		'fill="url(https://evil.example/#a)"',
		'filter="url(data:image/svg+xml,x#a)"',
		'src="x"',
		'h:onclick="alert(1)"',
		'xml:base="https://evil.example/"',
		'xlink:actuate="onLoad"',
	]) {
		const out = inside(`<rect ${evil}/>`)
		assert.ok(/^<rect(?: tabindex="1")?><\/rect>$/.test(out), `${evil} gave ${out}`)
	}
})

test('a style that reaches outside is emptied, one that hides something too', () => {
	for (const css of [
		'@import "https://evil.example/a.css";',
		'@font-face{src:url(https://evil.example/f)}',
		'a{b:expression(alert(1))}',
		'@\\69mport "x";',
		'a{background:url( "https://evil.example" )}',
		'a{-moz-binding:url(x)}',
	]) {
		assert.is(inside(`<style>${css}</style>`), '<style></style>', css)
		assert.is(inside(`<style><![CDATA[${css}]]></style>`), '<style></style>', css)
	}
	assert.is(
		inside('<style><![CDATA[</style><script>alert(1)</script>]]></style>'),
		'<style>&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;</style>',
	)
})

test('links go, what they hold stays', () => {
	assert.is(inside('<a href="javascript:alert(1)"><rect/>x</a>'), '<rect></rect>x')
})

test('the root is an SVG, or it is refused', () => {
	for (const source of [
		'',
		'<svg/>',
		'<html xmlns="http://www.w3.org/1999/xhtml"/>',
		`<a ${NS}/>`,
		`<svg ${NS}>`,
		`<svg ${NS}/><svg ${NS}/>`,
		`<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg ${NS}>&x;</svg>`,
		'\0',
	]) {
		assert.throws(
			() => sanitizeSvg(source),
			(error: unknown) => error instanceof UploadRefused,
			source,
		)
	}
})

test('its size is told by itself or by its box', () => {
	const sizeOf = (attributes: string) => {
		const { width, height } = sanitizeSvg(`<svg ${NS} ${attributes}/>`)
		return [width, height]
	}
	assert.equal(sizeOf('width="30" height="20px"'), [30, 20])
	assert.equal(sizeOf('viewBox="0 0 300 200.4"'), [300, 200])
	assert.equal(sizeOf('width="100%" height="50%" viewBox="0,0,3,2"'), [3, 2])
	for (const odd of ['', 'width="1e9" height="1"', 'viewBox="0 0 NaN -5"', 'width="0" height="0"']) {
		assert.equal(sizeOf(odd), [undefined, undefined], odd)
	}
})

const PIECES =
	'<g> </g> <script> </script> <style> </style> <a> </a> <rect§onload="x"/> <use§href="javascript:x"/> ]]> <![CDATA[ &lt; &#60; ' +
	'<foreignObject> </foreignObject> <h:script> </h:script> <image§href="//x"/> url(x) @import <!-- --> <text> </text> x'
const pieces = PIECES.split(' ').map((piece) => piece.replaceAll('§', ' '))

test('whatever comes, what goes out is XML of known elements without handlers and addresses', () => {
	const texts = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })), { maxLength: 25 })
	let taken = 0
	fc.assert(
		fc.property(texts, (parts) => {
			let svg: string
			try {
				svg = clean(parts.join(''))
			} catch (error) {
				assert.instance(error, UploadRefused)
				return
			}
			taken++
			const parser = new SaxesParser({ xmlns: true })
			parser.on('opentag', ({ local, attributes }) => {
				assert.ok(['svg', 'g', 'style', 'rect', 'use', 'image', 'text'].includes(local), local)
				for (const name of Object.keys(attributes)) assert.not.match(name, /^(?:on|href)/i)
			})
			parser.write(svg).close()
		}),
		{ numRuns: 2000 },
	)
	assert.ok(taken > 100, String(taken))
})

test.run()
