import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { findUndocumented } from './docstrings.ts'
import { readSources } from './sources.ts'

test('every exported function of the program says what it gives', () => {
	assert.equal(findUndocumented(readSources('src/**/*.ts')), [])
})

test('a function without a docstring is named, one with it or its overload is not', () => {
	const source = [
		'export function bare() {}',
		'// only a remark',
		'export async function remarked() {}',
		'/** Gives two. */',
		'export function two(a: string): 2',
		'export function two(a: number): 2 {}',
		'export const arrow: Handler = async (ctx) => {}',
		'export const one = value => value',
		'export const LIMIT = 5',
		'function own() {}',
	]
	const found = findUndocumented(new Map([['a.ts', source.join('\n')]]))
	assert.equal(found, ['a.ts: bare', 'a.ts: remarked', 'a.ts: arrow', 'a.ts: one'])
})

test.run()
