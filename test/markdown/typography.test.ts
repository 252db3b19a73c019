import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { typeset, typesetTitle } from '../../src/markdown/typography.ts'
import { markdown } from './fixtures.ts'

const shown = (text: string) => text.replaceAll('\u00a0', '_')

test('Russian has «ёлочки», „лапки“ inside and a dash that does not start a line', () => {
	assert.is(shown(typesetTitle('Роман "Герой "нашего" времени" - это', 'ru')), 'Роман «Герой „нашего“ времени»_— это')
})

test('English has curly quotes and apostrophes', () => {
	assert.is(shown(typesetTitle('"It\'s fine," he said', 'en')), '“It’s fine,” he_said')
})

test('quotes may open and close around inline marks', () => {
	assert.match(markdown('"Слово *важное*" и "**ещё**"').html, '«Слово <em>важное</em>»')
	assert.match(markdown('"Слово *важное*" и "**ещё**"').html, '«<strong>ещё</strong>»')
})

test('code, keys, samples, attributes and addresses keep their characters', () => {
	const html =
		'<p><code>a -- "b"</code> <kbd>"x"</kbd> <samp>...</samp> <a href="x?a=\'b\'..." title="a - b">т</a></p><pre>"q" - w</pre>'
	assert.is(typeset(html, 'ru'), html)
})

for (const text of [
	'C++ и C#',
	'a < b > c',
	'2020-01-31',
	'«1-2»',
	'кое-как',
	'10 x 5',
	'(c) 2020',
	'1/2',
	'http://example.com/a--b...c',
	'почта a.b-c@example.com',
	'12:30-13:00',
	'$100',
	'5 руб.',
	'ghbdtn',
	'не не',
]) {
	test(`"${text}" keeps its meaning`, () => {
		assert.is(shown(typesetTitle(text, 'ru')).replaceAll('_', ' '), text)
	})
}

test('a comparison written as HTML stays one', () => {
	assert.is(
		typeset('<p>x &lt; y &amp;&amp; z &gt; 1</p>', 'ru').replaceAll('\u00a0', ' ').replaceAll('&nbsp;', ' '),
		'<p>x &lt; y &amp;&amp; z &gt; 1</p>',
	)
})

test('short words hold on to the next one, years and initials stay whole', () => {
	assert.is(shown(typesetTitle('Дом в саду', 'ru')), 'Дом в_саду')
	assert.is(
		shown(typesetTitle('А. С. Пушкин родился в 1799 г. в Москве', 'ru')),
		'А._С._Пушкин родился в_1799_г. в_Москве',
	)
})

test('three full stops become an ellipsis', () => {
	assert.is(typesetTitle('Ну...', 'ru'), 'Ну…')
})

test('a language without rules is left alone', () => {
	assert.is(typesetTitle('"a" - b', 'fr'), '"a" - b')
})

test.run()
