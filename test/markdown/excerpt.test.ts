import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { renderDocument } from '../../src/markdown/document.ts'
import { cutAtWord } from '../../src/markdown/text.ts'
import { html, markdown, strings } from './fixtures.ts'

test('what stands before <!--more--> is the excerpt, with its marks', () => {
	const { excerpt, excerptCut, html } = markdown('Раз *два*\n\n<!--more-->\n\nтри')
	assert.is(excerpt, '<p>Раз <em>два</em></p>')
	assert.is(excerptCut, true)
	assert.not.match(html, 'more')
})

test('the mark may carry words and stand inside a paragraph', () => {
	assert.is(html('one <!--more Read on--> two').excerpt, '<p>one </p>')
	assert.is(html('one <!--more Read on--> two').text, 'one two')
})

test('the mark shown as code is not a mark', () => {
	assert.is(markdown('Пишите `<!--more-->` сами').excerptCut, false)
})

test('an excerpt has no ids and no footnotes, for many share a page', () => {
	const { excerpt } = markdown('# Раз\n\nдва[^1] [три](#раз)\n\n<!--more-->\n\nчетыре\n\n[^1]: x')
	assert.is(excerpt, '<h2>Раз</h2>\n<p>два три</p>')
})

test('without a mark it is the first paragraph as text', () => {
	const { excerpt, excerptCut } = markdown('# Имя\n\nРаз **два** &amp; `a<b`\n\nтри')
	assert.is(excerpt, '<p>Раз два &amp; a&lt;b</p>')
	assert.is(excerptCut, true)
	assert.is(markdown('Всё.').excerptCut, false)
})

test('a manual excerpt is plain text', () => {
	const source = { source: 'текст', format: 'markdown', locale: 'ru', strings } as const
	assert.is(renderDocument({ ...source, manualExcerpt: 'a <b>' }).excerpt, '<p>a&nbsp;&lt;b&gt;</p>')
})

test('nextpage is dropped', () => {
	assert.is(html('a\n\n<!--nextpage-->\n\nb').html, '<p>a</p>\n\n<p>b</p>')
})

test('a cut never falls inside a word', () => {
	fc.assert(
		fc.property(fc.array(fc.stringMatching(/^[a-zа-яё]{1,20}$/), { minLength: 60, maxLength: 90 }), (words) => {
			const cut = cutAtWord(words.join(' '), 300, 'ru')
			const kept = cut.replace(/…$/, '').split(' ')
			assert.ok(cut.length <= 301)
			assert.equal(kept, words.slice(0, kept.length))
		}),
	)
})

test('a text without spaces is cut where its words meet', () => {
	const cut = cutAtWord('今日は天気がいいです'.repeat(50), 300, 'ja')
	assert.ok(cut.endsWith('…') && cut.length <= 301 && cut.length > 280)
})

test('words are counted as the language has them', () => {
	assert.is(markdown('Раз-два, три… 4!').words, 4)
	assert.is(markdown('', 'ru').words, 0)
})

test.run()
