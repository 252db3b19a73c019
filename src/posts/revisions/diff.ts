import { diffArrays } from 'diff'

/** A piece of two texts laid over each other. */
export interface Piece {
	kind: 'same' | 'added' | 'removed'
	text: string
}

const MOST_PARAGRAPHS = 4_000
/** Letters of a paragraph whose words are compared. */
const MOST_LETTERS = 60_000
/** Milliseconds for the words of one paragraph. */
const LONGEST = 50
/** For all of them. */
const LONGEST_TOGETHER = 300

/**
 * What changed from one text to another, by words of the language; whole paragraphs are found first. A paragraph that
 * would take long is given whole, as removed and added.
 * @param clock milliseconds that only go on
 * @example diffTexts('Раз, два.', 'Раз, три.', 'ru') // same «Раз, », removed «два», added «три», same «.»
 */
export function diffTexts(before: string, after: string, locale: string, clock = () => performance.now()): Piece[] {
	const segmenter = new Intl.Segmenter(locale, { granularity: 'word' })
	const end = clock() + LONGEST_TOGETHER
	return joined(
		matched(paragraphs(before), paragraphs(after)).flatMap(({ removed, added, same }) => {
			if (same !== undefined) return [{ kind: 'same', text: same }]
			const isShort = removed && added && removed.length + added.length < MOST_LETTERS && clock() < end
			const wordsOf = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment)
			const words = isShort ? diffArrays(wordsOf(removed), wordsOf(added), { timeout: LONGEST }) : undefined
			return words ? gathered(words.map(pieceOf)) : whole(removed, added)
		}),
	)
}

/** Each with the line breaks after it. */
function paragraphs(text: string): string[] {
	return text.match(/[^\n]*\n+|[^\n]+$/g) ?? []
}

interface Match {
	same?: string
	removed: string
	added: string
}

/** Runs of paragraphs that are the same, or stand in each other's place. */
function matched(before: string[], after: string[]): Match[] {
	const isShort = before.length + after.length <= MOST_PARAGRAPHS
	const changes = isShort ? diffArrays(before, after, { timeout: LONGEST }) : undefined
	const matches: Match[] = []
	for (const { added, removed, value } of changes ?? [
		{ added: false, removed: true, value: before },
		{ added: true, removed: false, value: after },
	]) {
		const text = value.join('')
		const last = matches.at(-1)
		if (!added && !removed) matches.push({ same: text, removed: '', added: '' })
		else if (last && last.same === undefined && (added ? !last.added : !last.removed)) {
			last[added ? 'added' : 'removed'] = text
		} else matches.push({ removed: removed ? text : '', added: added ? text : '' })
	}
	return matches
}

function pieceOf({ added, removed, value }: { added: boolean; removed: boolean; value: string[] }): Piece {
	return { kind: added ? 'added' : removed ? 'removed' : 'same', text: value.join('') }
}

/** Words that changed one after the other are one change, with the white space between them. */
function gathered(pieces: Piece[]): Piece[] {
	const result: Piece[] = []
	let [removed, added] = ['', '']
	for (const [index, piece] of pieces.entries()) {
		const { kind, text } = piece
		const isBetween = kind === 'same' && /^\s+$/.test(text) && removed + added !== '' && index < pieces.length - 1
		if (kind === 'removed' || isBetween) removed += text
		if (kind === 'added' || isBetween) added += text
		if (kind !== 'same' || isBetween) continue
		result.push(...whole(removed, added), piece)
		removed = added = ''
	}
	return [...result, ...whole(removed, added)]
}

function whole(removed: string, added: string): Piece[] {
	const pieces: Piece[] = [
		{ kind: 'removed', text: removed },
		{ kind: 'added', text: added },
	]
	return pieces.filter(({ text }) => text !== '')
}

function joined(pieces: Piece[]): Piece[] {
	const result: Piece[] = []
	for (const piece of pieces) {
		const last = result.at(-1)
		if (last?.kind === piece.kind) last.text += piece.text
		else result.push({ ...piece })
	}
	return result
}

/** The pieces with long stretches that didn't change cut down to what stands around the changes. */
export function shortened(pieces: Piece[], around = 160): Piece[] {
	return pieces.map((piece, index) => {
		if (piece.kind !== 'same' || piece.text.length <= around * 3) return piece
		const start = index === 0 ? '' : cutEnd(piece.text.slice(0, around))
		const end = index === pieces.length - 1 ? '' : cutStart(piece.text.slice(-around))
		return { ...piece, text: `${start}${start && '\n'}…${end && '\n'}${end}` }
	})
}

const cutEnd = (text: string) => text.replace(/\s\S*$/, '')
const cutStart = (text: string) => text.replace(/^\S*\s/, '')
