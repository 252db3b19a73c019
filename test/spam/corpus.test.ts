import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { judgeTokens } from '../../src/spam/filter.ts'
import { seedSamples } from '../../src/spam/seed.ts'
import { tokensOf } from '../../src/spam/tokens.ts'
import { CORPUS, sample } from './corpus.ts'
import { halves, measure, rates } from './measure.ts'

const [even, odd] = halves()

test('the test set is large enough, and apart from the seed', () => {
	const of = (kind: string) => CORPUS.filter(({ as }) => as === kind).length
	assert.ok(of('spam') >= 60 && of('ham') >= 100)
	const seeded = new Set(seedSamples().map((seed) => seed.sample.html))
	const shared = CORPUS.filter((labelled) => seeded.has(labelled.sample.html)).map((labelled) => labelled.sample.html)
	// Nobody can thank in a new way.
	assert.equal(
		shared.filter((html) => html.length > 30),
		[],
	)
})

test('untrained it loses no real response, holds few of them and catches most spam', () => {
	const { lost, held, precision, recall } = rates(measure(CORPUS))
	assert.is(lost, 0)
	assert.ok(held <= 0.03, `held ${held}`)
	assert.ok(precision >= 0.96, `precision ${precision}`)
	assert.ok(recall >= 0.94, `recall ${recall}`)
})

for (const [name, asked, learnt] of [['odd', even, odd] as const, ['even', odd, even] as const]) {
	test(`trained by the ${name} half of the test set it loses nothing either, and is surer of spam`, () => {
		const trained = measure(asked, learnt)
		const { lost, held, recall } = rates(trained)
		assert.is(lost, 0)
		assert.ok(held <= 0.03, `held ${held}`)
		assert.ok(recall >= 0.9, `recall ${recall}`)
		assert.ok(trained.spam.spam > measure(asked).spam.spam)
	})
}

const OLD_SPAM: [name: string, text: string][] = [
	['Electric Oven', 'I am really thankful to this topic because it really gives up to date information'],
	[
		'Oklahoma Design Company',
		'Hello webmaster might I use some of the information from this article (paragraph exerpt) if I provide a link back to your site? Thanks either way, and hope you have a excellent day! Cheers !',
	],
]

for (const [name, text] of OLD_SPAM) {
	test(`untrained it stops what ${name} says, whatever site and mail come with it`, () => {
		assert.not(seedSamples().some((seed) => seed.sample.name === name || seed.sample.html.includes(text)))
		for (const url of ['', `http://www.${name.toLowerCase().replaceAll(' ', '')}.com/`]) {
			for (const email of ['', 'someone@gmail.com', 'info@example.com']) {
				for (const isForeign of [true, false]) assert.is.not(verdict({ name, text, url, email, isForeign }), 'ham')
			}
		}
	})
}

const PEOPLE: [name: string, text: string, locale: string][] = [
	['Вера', 'Спасибо за рассказ!', 'ru'],
	['Вера', 'Да, запись обещали.', 'ru'],
	['Новенький', 'Ещё не одобрено.', 'ru'],
	['John', 'Was it recorded?', 'en'],
	['Михаил', 'Был на этой конференции, впечатления смешанные. Спасибо за отчёт.', 'ru'],
	['Peter', 'I was at this conference too, and my impressions are mixed. Thanks for the report.', 'en'],
]

for (const [name, text, locale] of PEOPLE) {
	test(`untrained it takes “${text}” for what a person says`, () => {
		assert.is(verdict({ name, text, locale, email: 'reader@example.org' }), 'ham')
		assert.is(verdict({ name, text, locale }), 'ham')
	})
}

test('a mention that quotes the post passes', () => {
	const name = 'First Russian eGov 2.0 conference: results'
	const text =
		'[…] On November 26 the first Russian eGov 2.0 conference has been held. You can read about results here […]'
	assert.is(verdict({ kind: 'pingback', name, text, url: 'https://egov.example/2010/12/results/' }), 'ham')
})

test('the words that told most are shown as they were written', () => {
	const url = 'https://win.casino-play.example'
	const { words } = judge({ name: 'Casino', text: 'Игровые автоматы, казино и бонусы', locale: 'ru', url })
	assert.ok(words.includes('казино') && words.includes('автоматы'), words.join())
})

test.run()

function judge(fields: Parameters<typeof sample>[0]) {
	return judgeTokens(tokensOf(sample(fields)), new Map())
}

function verdict(fields: Parameters<typeof sample>[0]) {
	return judge(fields).verdict
}
