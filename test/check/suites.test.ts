import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readSources, withoutComments } from './sources.ts'

/** Suites that are made but never run, and `only` left behind, as lines. */
function findSlips(files: Map<string, string>): string[] {
	return [...files].flatMap(([file, source]) => {
		const code = withoutComments(source)
		const imported = /import \{[^}]*\btest\b[^}]*\} from 'uvu'/.test(code) ? ['test'] : []
		const made = [...code.matchAll(/(?:const|let) (\w+) = suite\b/g)].map((match) => match[1]!)
		const idle = [...imported, ...made].filter((name) => !code.includes(`${name}.run()`))
		const only = /^\s*\w+\.only\(/m.test(code) ? [`${file}: only is left in`] : []
		return [...idle.map((name) => `${file}: ${name}.run() is missing`), ...only]
	})
}

test('every suite of every test file is run, whole', () => {
	assert.equal(findSlips(readSources('test/**/*.test.ts')), [])
})

test('a suite that is not run and a test that hides the others are named', () => {
	const forgotten = `import { suite, test } from 'uvu'\nconst other = suite('a')\nother('b', () => {})\nother.run()`
	const hiding = `import { test } from 'uvu'\ntest.` + `only('a', () => {})\ntest.run()`
	const found = findSlips(
		new Map([
			['a.test.ts', forgotten],
			['b.test.ts', hiding],
		]),
	)
	assert.equal(found, ['a.test.ts: test.run() is missing', 'b.test.ts: only is left in'])
})

test.run()
