import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type TermNode, treeOf, withDescendants } from '../../src/terms/tree.ts'

interface Term {
	id: number
	parent_id: number | null
}

const TERMS: Term[] = [
	{ id: 1, parent_id: null },
	{ id: 2, parent_id: 1 },
	{ id: 3, parent_id: 2 },
	{ id: 4, parent_id: 1 },
	{ id: 5, parent_id: null },
]

const shape = (nodes: TermNode<Term>[]): unknown[] => nodes.map(({ term, children }) => [term.id, shape(children)])
const ids = (nodes: TermNode<Term>[]): number[] => nodes.flatMap(({ term, children }) => [term.id, ...ids(children)])

/** Parents at random: gone ones, themselves, loops. */
const anyTerms = fc
	.array(fc.option(fc.integer({ min: 1, max: 12 })), { maxLength: 10 })
	.map((parents) => parents.map((parent_id, index): Term => ({ id: index + 1, parent_id })))

test('a category holds those below it, to any depth', () => {
	assert.equal(withDescendants(TERMS, 1).sort(), [1, 2, 3, 4])
	assert.equal(withDescendants(TERMS, 2).sort(), [2, 3])
	assert.equal(withDescendants(TERMS, 5), [5])
	assert.equal(withDescendants([], 7), [7])
})

test('categories stand under their parents, in the order given', () => {
	assert.equal(shape(treeOf(TERMS)), [
		[
			1,
			[
				[2, [[3, []]]],
				[4, []],
			],
		],
		[5, []],
	])
})

test('one whose parent is not shown stands at the top', () => {
	assert.equal(shape(treeOf([{ id: 2, parent_id: 1 }])), [[2, []]])
})

test('a loop of parents loses nothing and ends', () => {
	const loop = [
		{ id: 1, parent_id: 2 },
		{ id: 2, parent_id: 1 },
		{ id: 3, parent_id: 3 },
		{ id: 4, parent_id: 1 },
	]
	assert.equal(ids(treeOf(loop)).sort(), [1, 2, 3, 4])
	assert.equal(withDescendants(loop, 1).sort(), [1, 2, 4])
})

test('whatever the parents, each category is shown once', () => {
	fc.assert(
		fc.property(anyTerms, (terms) => {
			assert.equal(
				ids(treeOf(terms)).sort((a, b) => a - b),
				terms.map(({ id }) => id),
			)
			for (const { id } of terms) assert.ok(withDescendants(terms, id).includes(id))
		}),
	)
})

test.run()
