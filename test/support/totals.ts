import { stripVTControlCharacters } from 'node:util'

export interface Totals {
	passed: number
	failed: number
	skipped: number
}

/**
 * Reads the totals at the end of uvu's output; undefined when the file ended before them.
 * A test that never ran (its `before` threw) counts as failed: uvu itself calls such a suite good.
 */
export function readTotals(output: string): Totals | undefined {
	const [total, passed, skipped] = ['Total', 'Passed', 'Skipped'].map((word) => lastNumber(output, word))
	if (total === undefined || passed === undefined || skipped === undefined) return undefined
	return { passed, failed: total - passed, skipped }
}

/** The sum of many files' totals. */
export function sum(all: Totals[]): Totals {
	const add = (key: keyof Totals) => all.reduce((amount, totals) => amount + totals[key], 0)
	return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') }
}

function lastNumber(output: string, word: string): number | undefined {
	const found = [...stripVTControlCharacters(output).matchAll(new RegExp(`^ {2}${word}: +(\\d+)`, 'gm'))].at(-1)
	return found && Number(found[1])
}
