/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
	let state = seed >>> 0
	return () => {
		state = (state + 0x6d2b79f5) >>> 0
		let mixed = Math.imul(state ^ (state >>> 15), state | 1)
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
	}
}

/** One of a list. */
export function pick<T>(random: () => number, list: readonly T[]): T {
	return list[Math.floor(random() * list.length)]!
}

/** A whole number from `least` to `most`. */
export function between(random: () => number, least: number, most: number): number {
	return least + Math.floor(random() * (most - least + 1))
}

export type Random = () => number

/** The whole numbers from `from` to before `to`. */
export function range(from: number, to: number): number[] {
	return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
}
