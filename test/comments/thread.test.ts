import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { threadsOf } from '../../src/comments/thread.ts'

interface Response {
	id: number
	parent_id: number | null
}

type Thread = ReturnType<typeof threadsOf<Response>>[number]

const shape = (threads: Thread[]): unknown[] =>
	threads.map(({ response, children }) => (children.length ? [response.id, shape(children)] : response.id))
const all = (threads: Thread[]): Thread[] => threads.flatMap((one) => [one, ...all(one.children)])
const height = (threads: Thread[]): number =>
	threads.length === 0 ? 0 : 1 + Math.max(...threads.map(({ children }) => height(children)))
/** Each replies to the one before. */
const chain = (length: number): Response[] =>
	Array.from({ length }, (_, index) => ({ id: index + 1, parent_id: index || null }))
/** Parents at random: gone ones, later ones, themselves, loops. */
const any = fc
	.array(fc.option(fc.integer({ min: 1, max: 25 })), { maxLength: 20 })
	.map((parents) => parents.map((parent_id, index): Response => ({ id: index + 1, parent_id })))
const depth = fc.integer({ min: 1, max: 6 })

test('replies stand under what they reply to, in the order of time', () => {
	const responses = [
		{ id: 1, parent_id: null },
		{ id: 2, parent_id: 1 },
		{ id: 3, parent_id: null },
		{ id: 4, parent_id: 1 },
		{ id: 5, parent_id: 2 },
	]
	assert.equal(shape(threadsOf(responses, 5)), [[1, [[2, [5]], 4]], 3])
})

test('what is deeper than the cap stands flat beside what it replies to, and names it', () => {
	const threads = threadsOf(chain(5), 3)
	assert.equal(shape(threads), [[1, [[2, [3, 4, 5]]]]])
	assert.equal(
		all(threads).map(({ replyingTo }) => replyingTo?.id),
		[undefined, undefined, undefined, 3, 4],
	)
})

test('a reply to what is not shown stands at the top', () => {
	assert.equal(shape(threadsOf([{ id: 2, parent_id: 1 }], 5)), [2])
})

test('a loop of replies loses nobody', () => {
	const loop = [
		{ id: 1, parent_id: 3 },
		{ id: 2, parent_id: 1 },
		{ id: 3, parent_id: 2 },
		{ id: 4, parent_id: 4 },
		{ id: 5, parent_id: 2 },
	]
	assert.equal(
		all(threadsOf(loop, 5))
			.map(({ response }) => response.id)
			.sort(),
		[1, 2, 3, 4, 5],
	)
})

test('whatever the parents, each response is shown exactly once', () => {
	fc.assert(
		fc.property(any, depth, (responses, depth) => {
			const shown = all(threadsOf(responses, depth)).map(({ response }) => response.id)
			assert.equal(
				shown.sort((a, b) => a - b),
				responses.map(({ id }) => id),
			)
		}),
	)
})

test('whatever the parents, no thread is deeper than the cap', () => {
	fc.assert(
		fc.property(any, depth, (responses, depth) => {
			assert.ok(height(threadsOf(responses, depth)) <= depth)
		}),
	)
})

test('ten thousand replies in a row are no matter', () => {
	const threads = threadsOf(chain(10_000), 5)
	assert.is(all(threads).length, 10_000)
	assert.is(height(threads), 5)
})

test.run()
