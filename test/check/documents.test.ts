import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const root = join(import.meta.dirname, '../..')
const pages = globSync(['*.md', 'docs/*.md', 'deploy/**/*.md', 'test/**/README.md'], { cwd: root })

test('what documents link to is there', () => {
	const broken = pages.flatMap((page) => linksOf(page).filter((link) => !existsSync(join(root, dirname(page), link))))
	assert.equal(broken, [])
})

test('every surface of the threat model has what could go wrong, what stops it and a test', () => {
	const rows = readFileSync(join(root, 'docs/threat-model.md'), 'utf8').split('\n').filter(isRow)
	assert.ok(rows.length > 20)
	for (const row of rows) {
		const [surface, danger, stop, tests = ''] = row.split('|').slice(1, -1)
		for (const cell of [surface, danger, stop]) assert.ok((cell?.trim().length ?? 0) > 3, row)
		const named = [...tests.matchAll(/\]\(\.\.\/(test\/[^)]+)\)/g)].map(([, path]) => path!)
		assert.ok(named.length > 0, row)
		for (const path of named) {
			const found = path.endsWith('/') ? globSync(`${path}**/*.test.ts`, { cwd: root }) : [path]
			assert.ok(found.length > 0 && found.every((one) => one.endsWith('.test.ts')), path)
		}
	}
})

test('every fault of the table of reliability has what happens and a test', () => {
	const tables = readFileSync(join(root, 'docs/reliability.md'), 'utf8')
		.split('\n\n')
		.filter((part) => /^\|.*\| Test \|\n/.test(part))
	const rows = tables.flatMap((table) => table.trim().split('\n').slice(2))
	assert.ok(rows.length > 40)
	for (const row of rows) {
		const [fault, where, happens, tests = ''] = row.split(/(?<!\\)\|/).slice(1, -1)
		for (const cell of [fault, where, happens]) assert.ok(cell?.trim(), row)
		const named = [...tests.matchAll(/\]\(\.\.\/(test\/[^)]+)\)/g)].map(([, path]) => path!)
		assert.ok(named.length > 0 && named.every((path) => path.endsWith('.test.ts') && existsSync(join(root, path))), row)
	}
})

function isRow(line: string): boolean {
	return /^\| [^|-]/.test(line) && !line.startsWith('| Surface |')
}

/** Files that a page links to, without the place in them. */
function linksOf(page: string): string[] {
	const text = readFileSync(join(root, page), 'utf8').replace(/```[\s\S]*?```|`[^`\n]*`/g, '')
	return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, link]) => link!.replace(/#.*$/, ''))
		.filter((link) => link !== '' && !/^[a-z]+:/i.test(link))
}

test.run()
