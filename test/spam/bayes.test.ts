import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { probabilityOf, scoreOf, tailOf, tellingClues } from '../../src/spam/bayes.ts'

const TEXTS = { spam: 100, ham: 100 }

test('a token never met says nothing', () => {
	assert.is(probabilityOf({ spam: 0, ham: 0 }, TEXTS), 0.5)
})

test('a token met often says more than one met once', () => {
	const once = probabilityOf({ spam: 1, ham: 0 }, TEXTS)
	const often = probabilityOf({ spam: 20, ham: 0 }, TEXTS)
	assert.ok(0.8 < once && once < often && often < 1)
	assert.ok(probabilityOf({ spam: 0, ham: 20 }, TEXTS) < 0.02)
})

test('what counts is how large a part of the spam and of the ham holds it', () => {
	assert.ok(Math.abs(probabilityOf({ spam: 10, ham: 100 }, { spam: 10, ham: 100 }) - 0.5) < 0.01)
	assert.ok(probabilityOf({ spam: 10, ham: 10 }, { spam: 10, ham: 1000 }) > 0.9)
})

test('before anything was learnt of one kind nothing breaks', () => {
	assert.ok(probabilityOf({ spam: 0, ham: 3 }, { spam: 0, ham: 3 }) < 0.5)
})

test('the tail of chi-square is that of the tables', () => {
	assert.ok(Math.abs(tailOf(5.991, 2) - 0.05) < 0.001)
	assert.ok(Math.abs(tailOf(18.307, 10) - 0.05) < 0.001)
	assert.is(tailOf(0, 10), 1)
})

test('only clues that tell something count, the most telling first', () => {
	const clues = [0.5, 0.55, 0.95, 0.02].map((probability, index) => ({ token: String(index), probability }))
	assert.equal(
		tellingClues(clues).map(({ probability }) => probability),
		[0.02, 0.95],
	)
})

test('no clue, or as many for as against, leave it open', () => {
	assert.is(scoreOf([]), 0.5)
	assert.ok(Math.abs(scoreOf(clues(10, 0.9).concat(clues(10, 0.1))) - 0.5) < 0.01)
})

test('clues of one mind make it sure', () => {
	assert.ok(scoreOf(clues(10, 0.9)) > 0.99)
	assert.ok(scoreOf(clues(10, 0.1)) < 0.01)
})

test('the score is between 0 and 1 whatever was counted', () => {
	const count = fc.nat(100_000)
	const counts = fc.record({ spam: count, ham: count })
	fc.assert(
		fc.property(fc.array(counts, { maxLength: 300 }), counts, (tokens, texts) => {
			const found = tokens.map((token, index) => ({ token: String(index), probability: probabilityOf(token, texts) }))
			const score = scoreOf(tellingClues(found))
			assert.ok(score >= 0 && score <= 1, String(score))
		}),
	)
})

test.run()

function clues(many: number, probability: number) {
	return Array.from({ length: many }, (_, index) => ({ token: String(index), probability }))
}
