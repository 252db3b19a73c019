import { stripVTControlCharacters } from 'node:util'

export interface Totals {
	passed: number
	failed: number
	skipped: number
}

/** What counts where nothing could be counted. */
export const FAILED: Totals = { passed: 0, failed: 1, skipped: 0 }

/**
 * The totals of a test file by uvu's output and by how its process ended, as `exit 0` or a signal.
 * A file that crashed, ran too long, ran nothing or ended badly after its tests has failed.
 */
export function judge(output: string, ending: string): Totals {
	const totals = readTotals(output)
	if (!totals || totals.passed + totals.failed + totals.skipped === 0) return FAILED
	return ending === 'exit 0' || totals.failed > 0 ? totals : sum([totals, FAILED])
}

/** The sum of many files' totals. */
export function sum(all: Totals[]): Totals {
	const add = (key: keyof Totals) => all.reduce((amount, totals) => amount + totals[key], 0)
	return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') }
}

/** A test that never ran (its `before` threw) counts as failed: uvu itself calls such a suite good. */
function readTotals(output: string): Totals | undefined {
	const [total, passed, skipped] = ['Total', 'Passed', 'Skipped'].map((word) => lastNumber(output, word))
	if (total === undefined || passed === undefined || skipped === undefined) return undefined
	return { passed, failed: total - passed, skipped }
}

function lastNumber(output: string, word: string): number | undefined {
	const found = [...stripVTControlCharacters(output).matchAll(new RegExp(`^ {2}${word}: +(\\d+)`, 'gm'))].at(-1)
	return found && Number(found[1])
}
