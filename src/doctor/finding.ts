/** An error keeps readers or authors from something, or loses what they gave; a warning is worth a look. */
export type Level = 'error' | 'warning'

/** One thing that isn't as it should be. */
export interface Finding {
	level: Level
	/** What it is about, as precisely as it can be named: a row, a file, an address. */
	subject: string
	/** What is wrong. */
	message: string
	/** What to do. */
	advice: string
}

/** What one check has found: all of it counted, the first of it told. */
export interface Outcome {
	check: string
	state: 'ok' | 'warning' | 'error' | 'skipped'
	errors: number
	warnings: number
	findings: Finding[]
}

/** Takes what a check finds. */
export interface Found {
	error(subject: string, message: string, advice: string): void
	warning(subject: string, message: string, advice: string): void
}

/** How many findings of a check are told; a fault of all posts is told as well by the first of them. */
export const MOST_TOLD = 20

/** Collects what a check finds, in memory that doesn't grow with it. */
export function collect(check: string): { found: Found; outcome(): Outcome } {
	const findings: Finding[] = []
	const count = { error: 0, warning: 0 }
	const add = (level: Level) => (subject: string, message: string, advice: string) => {
		count[level]++
		if (findings.length < MOST_TOLD) findings.push({ level, subject, message, advice })
	}
	return {
		found: { error: add('error'), warning: add('warning') },
		outcome: () => ({
			check,
			state: count.error > 0 ? 'error' : count.warning > 0 ? 'warning' : 'ok',
			errors: count.error,
			warnings: count.warning,
			findings,
		}),
	}
}

/** A check that could not be made. */
export function skipped(check: string): Outcome {
	return { check, state: 'skipped', errors: 0, warnings: 0, findings: [] }
}
