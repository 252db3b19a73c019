import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isSuspicious, nesting } from '../../src/markdown/bounds.ts'
import { renderPost } from '../../src/markdown/render.ts'
import { renderInWorker } from '../../src/markdown/worker.ts'
import { strings } from './fixtures.ts'

const input = { locale: 'ru', strings } as const

test('nesting is the depth of what is open at once, whatever closes wrongly', () => {
	assert.equal(nesting('<div><b>a</b></div><p>b<p>c<br><img>'), { deepest: 2, unclosed: 0 })
	assert.equal(nesting('<b></i><b></i>'), { deepest: 2, unclosed: 2 })
})

test('an ordinary text is rendered at once', () => {
	const post = `${'Слово *важное* и [ссылка](http://example.com/), "цитата". '.repeat(20)}\n\n- пункт\n`.repeat(50)
	assert.is(isSuspicious(post, 'markdown'), false)
})

for (const [what, source, format] of [
	['quotes in quotes', '> '.repeat(4096), 'markdown'],
	['emphasis without end', '*a **a'.repeat(20_000), 'markdown'],
	['brackets', '['.repeat(50_000), 'markdown'],
	['quotation marks', '"'.repeat(50_000), 'markdown'],
	['a megabyte of nested elements', '<div>'.repeat(200_000), 'html'],
	[
		'formatting that is opened anew in every paragraph',
		`${Array.from({ length: 200 }, (_, size) => `<font size=${size}>`).join('')}${'<p>x'.repeat(30_000)}`,
		'html',
	],
	['unclosed comments', '<!--'.repeat(250_000), 'html'],
] as const) {
	test(`${what}: suspicious, and still answered with the text`, async () => {
		const source_ = `начало\n\n${source}\n\nконец`
		assert.is(isSuspicious(source_, format), true)
		const { html } = await renderPost({ ...input, source: source_, format })
		assert.match(html, 'начало')
	})
}

test('a worker that is too slow is stopped, and the next text gets a new one', async () => {
	const slow = { ...input, source: '*a **a'.repeat(100_000), format: 'markdown' } as const
	assert.is(await renderInWorker(slow, 50), undefined)
	assert.is((await renderInWorker({ ...input, source: 'да', format: 'markdown' }))?.html, '<p>да</p>')
})

test('what cannot be rendered is shown as plain text', async () => {
	const { html, text, excerpt } = await renderPost({
		...input,
		source: `${'<div>'.repeat(300)}a < b\nc\n\nd`,
		format: 'html',
	})
	assert.is(html, '<p>a &lt; b<br>\nc</p>\n<p>d</p>')
	assert.is(text, 'a < b c d')
	assert.is(excerpt, '<p>a &lt; b c d</p>')
})

test.run()
