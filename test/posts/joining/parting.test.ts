import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Joined } from '../../../src/posts/joining/queries.ts'
import { apart, type Shared, together } from '../../../src/posts/joining/sharing.ts'
import { refusalOf, type Side, seenOf } from '../../../src/posts/joining/sides.ts'
import { plannedSplit } from '../../../src/posts/joining/split.ts'
import { leavingThreads, threadsOf } from '../../../src/posts/joining/threads.ts'

const shared = (fields: Partial<Shared> = {}): Shared => ({
	...{ author_id: 1, parent_id: null, position: 0, sticky: 0, comments_open: 1, pings_open: 1, cover_id: null },
	...{ created_at: 10, terms: [] },
	...fields,
})

const side = (locales: string[], fields: Partial<Side> = {}): Side => ({
	...{ id: 1, kind: 'post', shared: shared() },
	translations: locales.map((locale, at) => ({
		...{ id: at + 1, locale, title: locale, status: 'published', revision: 1, major_revision: 1 },
		...{ published_at: 1, guid: locale },
	})),
	...fields,
})

const joined = (number: number, ...locales: string[]): Joined => ({
	...{ number, formKey: null, joinedAt: 100 },
	before: { kept: shared(), other: shared(), both: shared(), locales, threads: [], imports: [], children: [] },
})

const test = suite('what two posts share, and what each has when they part')

test('the first one’s author and cover stay; terms of both, open and pinned when either was', () => {
	const both = together(
		shared({ cover_id: 7, comments_open: 0, terms: [3, 1] }),
		shared({ author_id: 2, cover_id: 8, sticky: 1, created_at: 5, terms: [2, 1] }),
	)
	assert.equal(both, shared({ cover_id: 7, sticky: 1, created_at: 5, terms: [1, 2, 3] }))
	assert.is(together(shared({ author_id: null }), shared({ author_id: 2 })).author_id, 2)
})

test('each gets back what it had, and both keep what was changed since', () => {
	const kept = shared({ terms: [1], comments_open: 0 })
	const other = shared({ author_id: 2, terms: [2], created_at: 20 })
	const both = together(kept, other)
	assert.equal(apart(both, { kept, other, both }), { kept, other })
	const changed = apart({ ...both, terms: [2, 1], pings_open: 0 }, { kept, other, both })
	assert.equal(changed, { kept: { ...kept, pings_open: 0 }, other: { ...other, pings_open: 0 } })
	assert.equal(apart(both), { kept: both, other: both })
})

test('the part that was joined gets its number, whichever part is said to leave', () => {
	const all = [joined(9, 'en')]
	const here = side(['ru', 'en'])
	assert.equal(plannedSplit(here, all, { locales: ['en'], parting: 'stay' }), {
		...{ moved: ['en'], joined: all[0], parting: 'stay' },
	})
	assert.equal(plannedSplit(here, all, { locales: ['ru'], parting: 'stay' }), {
		...{ moved: ['en'], joined: all[0], parting: 'leave' },
	})
	assert.equal(plannedSplit(here, [], { locales: ['ru'], parting: 'stay' }), {
		...{ moved: ['ru'], joined: undefined, parting: 'stay' },
	})
})

test('of three languages those leave together that came together', () => {
	const [first, second] = [joined(8, 'en'), joined(9, 'de', 'fr')]
	const here = side(['ru', 'en', 'de', 'fr'])
	const plan = (...locales: string[]) => plannedSplit(here, [second, first], { locales, parting: 'apart' })
	assert.is(plan('de', 'fr').joined, second)
	assert.is(plan('ru', 'en').joined, second)
	assert.is(plan('en').joined, first)
	assert.is(plan('de').joined, undefined)
})

test('a thread leaves as a whole: back to where it came from, a new one with the language of its first response', () => {
	const threads = threadsOf([
		{ id: 1, root: 'a', locale: 'ru', created_at: 50 },
		{ id: 2, root: 'a', locale: 'en', created_at: 200 },
		{ id: 3, root: 'b', locale: 'en', created_at: 50 },
		{ id: 4, root: 'c', locale: 'ru', created_at: 50 },
		{ id: 5, root: 'd', locale: 'en', created_at: 200 },
		{ id: 6, root: 'e', locale: 'ru', created_at: 200 },
	])
	assert.is(threads[0]!.count, 2)
	const leaving = (origin?: { threads: number[]; joinedAt: number }, parting: 'apart' | 'stay' | 'leave' = 'apart') =>
		leavingThreads(threads, { locales: ['en'], parting, origin }).map(({ id }) => id)
	assert.equal(leaving(), [3, 5])
	assert.equal(leaving({ threads: [4], joinedAt: 100 }), [4, 5])
	assert.equal([leaving(undefined, 'stay'), leaving(undefined, 'leave')], [[], [1, 3, 4, 5, 6]])
})

test('what an author has seen is another thing once anything of it has changed', () => {
	const seen = seenOf(side(['ru']))
	assert.is(seenOf(side(['ru'])), seen)
	for (const other of [side(['en']), side(['ru'], { shared: shared({ terms: [1] }) }), side(['ru'], { id: 2 })]) {
		assert.is.not(seenOf(other), seen)
	}
})

test('posts that can’t be one are told why', () => {
	const en = side(['en'], { id: 2 })
	assert.is(refusalOf(side(['ru']), en), undefined)
	assert.is(refusalOf(side(['ru']), side(['en'])), 'same')
	assert.is(refusalOf(side(['ru', 'en']), en), 'language')
	assert.is(refusalOf(side(['ru'], { kind: 'page' }), en), 'kind')
})

test.run()
