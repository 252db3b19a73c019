import { align, type Costs } from './align.ts'
import { type Block, isSameInAll, joinBlocks, splitBlocks } from './blocks.ts'
import { type Change, compareBlocks } from './compare.ts'
import { hashOf, type Memory, memoryOf, type Pair } from './memory.ts'

/** A paragraph of a source beside its translation. */
export interface Row {
	/** As the translation was made of it, when that is another text than now. */
	before?: string
	/** As it is now; none when it is gone. */
	after?: string
	kind: string
	state: 'same' | 'changed' | 'added' | 'removed'
	/** Of what changed, to be ticked off. */
	key?: string
	target: string
	/** The empty lines after the translation. */
	gap: string
}

/** How a text is written. */
export type Format = 'markdown' | 'html'

/** A text in its paragraphs, as it is now and as the translation was made of it, when that is known. */
export interface Source {
	format: Format
	now: string
	earlier?: string
}

/**
 * A translation laid beside its source: each paragraph has a row; of a source that has moved on the rows tell what
 * changed. The targets with their gaps are the translation, byte by byte.
 * @param memory which paragraphs belong together, where that is known; else their lengths and kinds decide
 */
export function rowsOf(
	{ format, now, earlier = now }: Source,
	target: { format: Format; text: string },
	memory: Memory = memoryOf([]),
): Row[] {
	const after = splitBlocks(now, format)
	const changes = earlier === now ? after.map(asIs) : compareBlocks(splitBlocks(earlier, format), after)
	const blocks = splitBlocks(target.text, target.format)
	if (changes.length === 0) return blocks.length > 0 ? [emptyRow(blocks)] : []
	const rows: Row[] = []
	let early: Block[] = []
	for (const { left, right } of align(changes.length, blocks.length, costsOf(changes, blocks, memory))) {
		const own = right.map((at) => blocks[at]!)
		if (left.length > 0) rows.push(rowOf(merged(left.map((at) => changes[at]!)), early.concat(own)))
		else if (rows.length > 0) append(rows.at(-1)!, own)
		else early = early.concat(own)
		if (left.length > 0) early = []
	}
	return rows
}

/** The rows of a new translation: what needs none is there already. */
export function newRows({ format, now }: Source): Row[] {
	return splitBlocks(now, format).map((block) => ({
		...rowOf(asIs(block), []),
		target: isSameInAll(block) ? block.text : '',
	}))
}

/** The translation that rows hold: what is empty is left out, and an empty line stands where none was known. */
export function textOfRows(rows: Pick<Row, 'target' | 'gap'>[]): string {
	const filled = rows.filter(({ target }) => target.trim() !== '')
	const isLast = filled.at(-1) === rows.at(-1)
	return filled
		.map(({ target, gap }, index) => {
			if (index < filled.length - 1) return target + (gap.includes('\n') ? gap : '\n\n')
			return target + (isLast || !/\n[ \t]*\n/.test(gap) ? gap : '')
		})
		.join('')
}

/** Which paragraphs belong together, to be remembered: hashes of the source's, and what each became. */
export function pairsOf(rows: { of: string; target: string }[], format: Format): Pair[] {
	return rows.map(({ of, target }) => [
		of,
		...splitBlocks(target.trim() === '' ? '' : target, format).map(({ text }) => hashOf(text)),
	])
}

/** How many paragraphs of the source have no translation. */
export function countUntranslated(rows: Pick<Row, 'after' | 'target'>[]): number {
	return rows.filter(({ after, target }) => after !== undefined && target.trim() === '').length
}

/** The name of a change of a text. */
export function changeKey(before: string | undefined, after: string | undefined): string {
	return hashOf(`${before?.trim() ?? ''}\0${after?.trim() ?? ''}`)
}

function asIs(block: Block): Change {
	return { before: block, after: block }
}

// Asked for every paragraph beside every other: what it needs is looked up before.
function costsOf(changes: Change[], blocks: Block[], memory: Memory): Costs {
	const lefts = changes.map(({ before, after }) => {
		const hashes = [after, before].filter((block) => block !== undefined).map(({ text }) => hashOf(text))
		const isUntranslated = hashes.some((hash) => memory.untranslated.has(hash))
		const isKnown = hashes.some((hash) => memory.sources.has(hash))
		return { ...(after ?? before)!, hashes, isKnown, alone: isUntranslated ? 0 : before ? 3 : 1 }
	})
	const rights = blocks.map((block) => {
		const hash = hashOf(block.text)
		return { ...block, hash, isKnown: memory.targets.has(hash), extra: memory.further.has(hash) ? 0 : 3 }
	})
	return {
		pair(at, beside) {
			const left = lefts[at]!
			const right = rights[beside]!
			const isPair = left.isKnown && right.isKnown
			if (isPair && left.hashes.some((hash) => memory.pairs.has(`${hash} ${right.hash}`))) return 0
			if (left.text === right.text) return 0.2
			const strange = left.isKnown || right.isKnown ? 6 : 0
			return 1 + (left.kind === right.kind ? 0 : 4) + strange + unlike(left.text.length, right.text.length)
		},
		alone: (at) => lefts[at]!.alone,
		extra: (at) => rights[at]!.extra,
		merge(at, beside) {
			const [first, second, right] = [lefts[at - 1]!, lefts[at]!, rights[beside]!]
			if (first.isKnown || second.isKnown) return Infinity
			if (first.kind !== 'paragraph' || second.kind !== 'paragraph' || right.kind !== 'paragraph') return Infinity
			return 2.5 + unlike(first.text.length + second.text.length, right.text.length)
		},
	}
}

/** How far two lengths are from each other, 0 to 3; languages differ by a half. */
function unlike(a: number, b: number): number {
	return Math.min(3, Math.abs(Math.log((a + 10) / (b + 10))))
}

/** Two paragraphs that became one are one row. */
function merged(changes: Change[]): Change {
	return { before: together(changes.map(({ before }) => before)), after: together(changes.map(({ after }) => after)) }
}

function together(blocks: (Block | undefined)[]): Block | undefined {
	const there = blocks.filter((block) => block !== undefined)
	const last = there.at(-1)
	if (!last || there.length === 1) return last
	const whole = joinBlocks(there)
	return { ...last, text: whole.slice(0, whole.length - last.gap.length) }
}

function rowOf({ before, after }: Change, targets: Block[]): Row {
	const isSame = before?.text.trim() === after?.text.trim()
	const row = { after: after?.text, kind: (after ?? before)!.kind, ...targetOf(targets) }
	if (isSame) return { ...row, state: 'same' }
	const state = !before ? 'added' : after ? 'changed' : 'removed'
	return { ...row, before: before?.text, state, key: changeKey(before?.text, after?.text) }
}

function emptyRow(blocks: Block[]): Row {
	return { kind: 'paragraph', state: 'same', ...targetOf(blocks) }
}

function append(row: Row, blocks: Block[]): void {
	Object.assign(row, targetOf([{ text: row.target, gap: row.gap, kind: row.kind }, ...blocks]))
}

function targetOf(blocks: Block[]): Pick<Row, 'target' | 'gap'> {
	const gap = blocks.at(-1)?.gap ?? ''
	const whole = joinBlocks(blocks)
	return { target: whole.slice(0, whole.length - gap.length), gap }
}
