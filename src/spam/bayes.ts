/** How often something was met in spam and in ham. */
export interface Counts {
	spam: number
	ham: number
}

/** A token and how spammy it is: 0 only in ham, 1 only in spam. */
export interface Clue {
	token: string
	probability: number
}

/** What a token is worth before it was ever met, and how many meetings that belief outweighs (Robinson's x and s). */
const UNKNOWN = 0.5
const STRENGTH = 0.45
/** Clues nearer to the middle than this say nothing. */
const LEAST_DEVIATION = 0.1
const MOST_CLUES = 150
/** Words of one phrase come together: this many tokens weigh as much as one that stands alone (bogofilter's ESF). */
const REDUNDANCY = 1.6

/** How spammy a token is, by its counts and those of all texts (Robinson's f(w)). */
export function probabilityOf(token: Counts, texts: Counts): number {
	const met = token.spam + token.ham
	if (met === 0) return UNKNOWN
	const spam = token.spam / Math.max(texts.spam, 1)
	const ham = token.ham / Math.max(texts.ham, 1)
	return (STRENGTH * UNKNOWN + (met * spam) / (spam + ham)) / (STRENGTH + met)
}

/** The clues that tell something, the most telling first. */
export function tellingClues(clues: Clue[]): Clue[] {
	return clues
		.filter(({ probability }) => deviation(probability) >= LEAST_DEVIATION)
		.sort((a, b) => deviation(b.probability) - deviation(a.probability) || (a.token < b.token ? -1 : 1))
		.slice(0, MOST_CLUES)
}

/**
 * How sure it is that a text with these clues is spam, 0 to 1: Fisher's combination by chi-square for and against,
 * as in SpamBayes; 0.5 when nothing is known or both are likely.
 */
export function scoreOf(clues: Clue[]): number {
	if (clues.length === 0) return 0.5
	const degrees = (2 * clues.length) / REDUNDANCY
	const spam = 1 - tailOf((-2 * sum(clues, (p) => Math.log(1 - p))) / REDUNDANCY, degrees)
	const ham = 1 - tailOf((-2 * sum(clues, (p) => Math.log(p))) / REDUNDANCY, degrees)
	return (spam - ham + 1) / 2
}

/** The probability that chi-square with so many degrees of freedom (whole pairs of them) exceeds `value`. */
export function tailOf(value: number, degrees: number): number {
	const half = value / 2
	let term = Math.exp(-half)
	let total = term
	for (let i = 1; i < Math.max(1, Math.round(degrees / 2)); i++) {
		term *= half / i
		total += term
	}
	return Math.min(total, 1)
}

function deviation(probability: number): number {
	return Math.abs(probability - 0.5)
}

function sum(clues: Clue[], of: (probability: number) => number): number {
	return clues.reduce((total, { probability }) => total + of(probability), 0)
}
