import { diffArrays } from 'diff'
import { align } from './align.ts'
import type { Block } from './blocks.ts'

/** A block of a text that has been changed: as it was, as it is; one of them where it is new or gone. */
export interface Change {
	before?: Block
	after?: Block
}

/** More pairs than this are compared in order. */
const MOST_PAIRS = 2_500
const LONGEST = 100

/** What became of each block of a text, in the order of the new one; blocks that say alike stand in each other's place. */
export function compareBlocks(before: Block[], after: Block[]): Change[] {
	const isSame = (a: Block, b: Block) => a.text.trim() === b.text.trim()
	const runs = diffArrays(before, after, { comparator: isSame, timeout: LONGEST }) ?? [
		{ removed: true, added: false, value: before },
		{ removed: false, added: true, value: after },
	]
	const changes: Change[] = []
	let removed: Block[] = []
	let added: Block[] = []
	let at = 0
	const close = () => {
		changes.push(...inPlace(removed, added))
		removed = []
		added = []
	}
	for (const run of runs) {
		if (run.removed) removed = run.value
		else if (run.added) added = run.value
		else {
			close()
			// Of blocks that are the same, `diff` gives the new ones.
			for (const block of run.value) changes.push({ before: before[at++], after: block })
			continue
		}
		if (run.removed) at += run.value.length
	}
	close()
	return changes
}

function inPlace(removed: Block[], added: Block[]): Change[] {
	const isShort = removed.length * added.length <= MOST_PAIRS
	const words = isShort ? { removed: removed.map(wordsOf), added: added.map(wordsOf) } : undefined
	const matches = align(removed.length, added.length, {
		pair: (left, right) => (words ? 2.5 * (1 - likeness(words.removed[left]!, words.added[right]!)) : 0),
		alone: () => 1,
		extra: () => 1,
	})
	return matches.map(({ left, right }) => ({
		...(left.length > 0 && { before: removed[left[0]!]! }),
		...(right.length > 0 && { after: added[right[0]!]! }),
	}))
}

function wordsOf({ text }: Block): Set<string> {
	return new Set(
		text
			.toLowerCase()
			.match(/[\p{L}\p{N}]+/gu)
			?.slice(0, 500) ?? [],
	)
}

/** Dice's coefficient: 1 for the same words, 0 for none in common. */
function likeness(a: Set<string>, b: Set<string>): number {
	if (a.size + b.size === 0) return 1
	return (2 * a.intersection(b).size) / (a.size + b.size)
}
