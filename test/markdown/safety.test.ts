import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { renderPost } from '../../src/markdown/render.ts'
import { descendants, parse, print } from '../../src/markdown/tree.ts'
import { strings } from './fixtures.ts'

const ALLOWED = new Set(
	(
		'a abbr address audio b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption figure ' +
		'h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt ruby s samp section small source span strong sub ' +
		'summary sup table tbody td tfoot th thead time tr track u ul var video wbr'
	).split(' '),
)
const HOSTILE = (
	'<b> </b> <p> </p> <div> </div> <a§href="javascript:x"> <a§href=#x> </a> <script> </script> <img§onerror=x§src=x> <svg> <math> ' +
	'<style> <table> <tr> <td> </table> <ul> <li> <h1> <h1§id=comments> <pre> </pre> <iframe§src=//youtu.be/aaaaaaaaaaa> ' +
	'&#1; &#xfffe; <!-- --> <!--more--> * ** _ ~~ ` ``` [x](data:x) ![x](javascript:x) [^1] [^1]: > - 1. # | |-| --- <noscript> <template> ' +
	'<textarea> <title> <form> <input> <select> <option> <center> <font> <span§style=x> &lt;script> &#x3c; " \' < > & <dl> <dt> ' +
	'<dd> <figure> <figcaption> <details> <summary> <video§src=x> <audio> <source> <ruby> <rt> <h2> <code> </code> <blockquote>'
)
	.split(' ')
	.map((piece) => piece.replaceAll('§', ' '))

const text = fc
	.array(fc.oneof(fc.constantFrom(...HOSTILE, '\n', '\n\n', ' '), fc.string({ unit: 'binary', maxLength: 8 })), {
		maxLength: 40,
	})
	.map((parts) => parts.join(''))
const format = fc.constantFrom('markdown' as const, 'html' as const)
const render = (source: string, as: 'markdown' | 'html') => renderPost({ source, format: as, locale: 'ru', strings })

test('any text becomes balanced, allowed elements without handlers, styles or scripts', async () => {
	await fc.assert(
		fc.asyncProperty(text, format, async (source, as) => {
			const { html, excerpt } = await render(source, as)
			for (const out of [html, excerpt]) {
				assert.is(print(parse(out)).trim(), out)
				// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
				assert.not.match(out, /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/)
				for (const el of descendants(parse(out))) {
					assert.ok(ALLOWED.has(el.tagName), el.tagName)
					for (const { name, value } of el.attrs) {
						assert.not.match(name, /^(?:on|style$|data-)/)
						assert.not.match(value, /^\s*(?:javascript|data|vbscript):/i)
					}
				}
			}
		}),
		{ numRuns: 400 },
	)
})

test('no id comes twice and none is of the page', async () => {
	await fc.assert(
		fc.asyncProperty(text, format, async (source, as) => {
			const ids = descendants(parse((await render(source, as)).html)).flatMap(({ attrs }) =>
				attrs.filter(({ name }) => name === 'id'),
			)
			const values = ids.map(({ value }) => value)
			assert.is(new Set(values).size, values.length)
			assert.not.ok(values.includes('comments'))
		}),
	)
})

test('plain words all survive, in their order', async () => {
	const words = fc.array(fc.stringMatching(/^[a-zа-яё]{3,9}$/), { minLength: 1, maxLength: 30 })
	await fc.assert(
		fc.asyncProperty(words, format, async (list, as) => {
			assert.is((await render(list.join(' '), as)).text, list.join(' '))
		}),
	)
})

test('a picture gets the size that is known of it', async () => {
	const input = { source: '![](/media/a.png) ![](b.png)', format: 'markdown', locale: 'ru', strings } as const
	const { html } = await renderPost(input, (src) => (src === '/media/a.png' ? { width: 3, height: 2 } : undefined))
	assert.match(html, '<img src="/media/a.png" width="3" height="2"')
	assert.match(html, '<img src="b.png" alt=""')
})

test.run()
