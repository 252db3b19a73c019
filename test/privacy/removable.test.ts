import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { removable } from '../../src/privacy/removable.ts'

const under = (id: number, parent_id: number) => ({ id, parent_id })

test('what has no replies goes, and then what had no others', () => {
	assert.equal([...removable([1, 2, 3], [under(2, 1), under(3, 2)])].sort(), [1, 2, 3])
	assert.equal([...removable([1], [])], [1])
})

test('what somebody else has answered stays, and all above it', () => {
	assert.equal([...removable([1, 2, 4], [under(2, 1), under(3, 2), under(4, 1)])], [4])
})

test('a loop of parents stays and ends', () => {
	assert.equal([...removable([1, 2], [under(1, 2), under(2, 1)])], [])
})

test('a chain of ten thousand is walked', () => {
	const own = Array.from({ length: 10_000 }, (_, id) => id)
	assert.is(
		removable(
			own,
			own.slice(1).map((id) => under(id, id - 1)),
		).size,
		10_000,
	)
})

test.run()
