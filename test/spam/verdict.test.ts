import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Reason } from '../../src/comments/decide.ts'
import type { ResponseStatus } from '../../src/db/schema.ts'
import { correction, isDecided, settled, WAITING } from '../../src/spam/verdict.ts'

test('spam is taken down, whether it was shown or held', () => {
	assert.equal(after('approved', [], 'spam'), ['spam', [{ rule: 'akismet', detail: 'spam' }]])
	assert.equal(after('held', [{ rule: 'first' }, WAITING], 'spam'), [
		'spam',
		[{ rule: 'first' }, { rule: 'akismet', detail: 'spam' }],
	])
	assert.is(after('trash', [], 'spam')[0], 'trash')
})

test('what waited for nothing else comes out', () => {
	assert.equal(after('held', [WAITING], 'ham'), ['approved', [{ rule: 'akismet', detail: 'ham' }]])
})

test('a first-timer stays held with the verdict noted', () => {
	assert.equal(after('held', [{ rule: 'first' }, WAITING], 'ham'), [
		'held',
		[{ rule: 'first' }, { rule: 'akismet', detail: 'ham' }],
	])
})

test('what was held for reasons of its own, told or not, does not come out', () => {
	assert.is(after('held', [], 'ham')[0], 'held')
	assert.is(after('held', [{ rule: 'filter', detail: '70 %' }], 'ham')[0], 'held')
	assert.is(after('spam', [WAITING], 'ham')[0], 'spam')
})

test('without a verdict all stays, and no longer waits', () => {
	assert.equal(after('held', [WAITING], 'none'), ['held', [{ rule: 'akismet', detail: 'none' }]])
	assert.is(after('approved', [], 'none')[0], 'approved')
})

test('an author has the last word', () => {
	assert.ok(isDecided({ reasons: JSON.stringify([{ rule: 'author', detail: 'approved 1' }]) }))
	assert.not(isDecided({ reasons: JSON.stringify([{ rule: 'akismet', detail: 'spam' }]) }))
})

const said = (detail: string): Reason => ({ rule: 'akismet', detail })
const author = (detail: string): Reason => ({ rule: 'author', detail })
const CORRECTIONS: [string, Reason[], ResponseStatus, 'spam' | 'ham' | undefined][] = [
	['spam that Akismet passed', [said('ham')], 'spam', 'spam'],
	['spam that it never saw', [{ rule: 'first' }], 'spam', 'spam'],
	['spam that it knew', [said('spam')], 'spam', undefined],
	['a real response it took for spam', [said('spam')], 'approved', 'ham'],
	['a real response it passed', [said('ham')], 'approved', undefined],
	['a real response that was never checked', [{ rule: 'first' }], 'approved', undefined],
	['spam after all', [said('spam'), author('approved 1')], 'spam', 'spam'],
	['real after all', [said('ham'), author('spam 1')], 'approved', 'ham'],
	['what is held or in the trash', [said('spam')], 'trash', undefined],
]

for (const [what, reasons, status, expected] of CORRECTIONS) {
	test(`Akismet is ${expected ? `told of ${expected}` : 'told nothing'}: ${what}`, () => {
		assert.is(correction(JSON.stringify(reasons), status), expected)
	})
}

test.run()

function after(status: ResponseStatus, reasons: Reason[], verdict: 'spam' | 'ham' | 'none') {
	const result = settled({ status, reasons: JSON.stringify(reasons) }, verdict)
	return [result.status, JSON.parse(result.reasons)]
}
