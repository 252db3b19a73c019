import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Db } from '../../src/db/schema.ts'
import { createMemory } from '../../src/web/memory.ts'

const test = suite('memory')

/** A memory and how often it has had each thing loaded. */
function memoryOf(sizes: Record<string, number> = {}) {
	const memory = createMemory({} as Db)
	const loaded: string[] = []
	const keep = (name: string, { version = 1, now = 0 } = {}) =>
		memory.keep(name, { scopes: ['posts:ru'], versions: new Map([['posts:ru', version]]), now }, async () => {
			loaded.push(name)
			return { value: name === 'nothing' ? undefined : name, until: 10, bytes: sizes[name] }
		})
	return { memory, keep, loaded }
}

test('a thing is loaded once for a version, and again when its time is over', async () => {
	const { keep, loaded } = memoryOf()
	assert.equal(await Promise.all([keep('a'), keep('a'), keep('a', { now: 9 })]), ['a', 'a', 'a'])
	assert.equal(loaded, ['a'])
	await keep('a', { version: 2 })
	assert.is(loaded.length, 2)
	await keep('a', { version: 2, now: 10 })
	assert.is(loaded.length, 3)
})

test('that there is nothing is found out each time', async () => {
	const { keep, loaded } = memoryOf()
	await keep('nothing')
	assert.is(await keep('nothing'), undefined)
	assert.is(loaded.length, 2)
})

test('what could not be loaded is tried again, and ends nothing', async () => {
	const { memory } = memoryOf()
	const at = { scopes: [], versions: new Map(), now: 0 }
	const fail = () => memory.keep('a', at, () => Promise.reject(new Error('away')))
	const failures = await Promise.allSettled([fail(), fail()])
	assert.equal(
		failures.map(({ status }) => status),
		['rejected', 'rejected'],
	)
	assert.is(await memory.keep('a', at, async () => ({ value: 'there', until: 10 })), 'there')
})

test('what takes much room goes first when it is not asked for, and only as much stays as there is room', async () => {
	const names = Array.from({ length: 100 }, (_, number) => `page ${number}`)
	const { keep, loaded } = memoryOf(Object.fromEntries(names.map((name) => [name, 1024 * 1024])))
	for (const name of names) {
		await keep(name)
		await keep('settings')
	}
	assert.is(loaded.filter((name) => name === 'settings').length, 1)
	for (const name of names) await keep(name)
	const again = loaded.length - names.length - 1
	assert.ok(again > 60, `${again} of 100 MB were loaded again`)
	const { keep: keepHuge, loaded: huge } = memoryOf({ film: 1e9 })
	await keepHuge('film')
	await keepHuge('film')
	assert.is(huge.length, 2)
})

test.run()
