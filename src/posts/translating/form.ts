import { cleanText, numbersOf } from '../../web/fields.ts'
import { hashOf, type Pair } from './memory.ts'
import { type Format, pairsOf, type Row, textOfRows } from './rows.ts'

/** A paragraph as it was typed. */
export interface TypedRow {
	/** Hash of the paragraph it translates. */
	of: string
	target: string
	gap: string
}

const LONGEST_ALT = 1_000
const MOST_TICKS = 2_000

/** The paragraphs that a form holds. */
export function typedRows(form: URLSearchParams): TypedRow[] {
	const names = form.getAll('of')
	const gaps = form.getAll('gap').map(cleanText)
	return form.getAll('target').map((target, index) => ({
		of: names[index] ?? '',
		target: cleanText(target),
		gap: /^\s*$/.test(gaps[index] ?? '') ? (gaps[index] ?? '') : '\n\n',
	}))
}

/** A form of paragraphs with the text they make, as the form of a post calls it; another form is left as it is. */
export function withText(form: URLSearchParams): URLSearchParams {
	if (form.has('target')) form.set('text', textOfRows(typedRows(form)))
	return form
}

/** Which paragraphs belong together, as a form of paragraphs has them. */
export function typedPairs(form: URLSearchParams, format: Format): Pair[] {
	return pairsOf(typedRows(form), format)
}

/** The changes that were ticked off. */
export function typedTicks(form: URLSearchParams): string[] {
	return form
		.getAll('tick')
		.filter((name) => /^[\w-]{16}$/.test(name))
		.slice(0, MOST_TICKS)
}

/** What pictures show, by their number; those that weren't asked are missing. */
export function typedAlts(form: URLSearchParams, ids: number[]): Map<number, string> {
	const asked = ids.filter((id) => form.has(`alt-${id}`))
	return new Map(
		asked.map((id) => [
			id,
			cleanText(form.get(`alt-${id}`)!)
				.replace(/\s+/g, ' ')
				.trim()
				.slice(0, LONGEST_ALT),
		]),
	)
}

/** The major revision of the source that the author saw. */
export function typedSeen(form: URLSearchParams): number | undefined {
	return numbersOf(form, 'seen')[0]
}

/** The name of the paragraph that a row translates. */
export function nameOf({ after, before }: Pick<Row, 'after' | 'before'>): string {
	return hashOf(after ?? before ?? '')
}
