import { createHash } from 'node:crypto'

/** What a translation of a paragraph was made of: hashes of a block of the source and of those it became. */
export type Pair = [source: string, ...targets: string[]]

/** Which paragraphs of a translation belong to which of its source, as they were when it was last saved. */
export interface Memory {
	pairs: Set<string>
	sources: Set<string>
	targets: Set<string>
	/** Blocks that go on from what stands before them. */
	further: Set<string>
	untranslated: Set<string>
}

/** A short name of a text; spaces around it don't count. */
export function hashOf(text: string): string {
	return createHash('sha256').update(text.trim()).digest('base64url').slice(0, 16)
}

/** Pairs as they are asked for. */
export function memoryOf(pairs: Pair[]): Memory {
	return {
		pairs: new Set(pairs.filter(([, target]) => target).map(([source, target]) => `${source} ${target}`)),
		sources: new Set(pairs.map(([source]) => source)),
		targets: new Set(pairs.flatMap(([, ...targets]) => targets)),
		further: new Set(pairs.flatMap(([, , ...further]) => further)),
		untranslated: new Set(pairs.filter(({ length }) => length === 1).map(([source]) => source)),
	}
}
