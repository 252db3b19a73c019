/** What it costs to lay one list beside another; the least in all wins. */
export interface Costs {
	/** One beside one. */
	pair(left: number, right: number): number
	/** One of the left beside nothing. */
	alone(left: number): number
	/** One of the right that belongs to what stands before it. */
	extra(right: number): number
	/** This one of the left and the one before beside one. */
	merge?(left: number, right: number): number
}

/** Places of both lists that stand beside each other: one and one, one and none, none and one, two and one. */
export interface Match {
	left: number[]
	right: number[]
}

const MOVES = [
	{ left: 1, right: 1 },
	{ left: 1, right: 0 },
	{ left: 0, right: 1 },
	{ left: 2, right: 1 },
] as const

/** Lays two lists of these lengths beside each other, in order (Gale and Church, 1993). Time and memory: lefts × rights. */
export function align(lefts: number, rights: number, costs: Costs): Match[] {
	const width = rights + 1
	const least = new Float64Array((lefts + 1) * width).fill(Infinity)
	const moves = new Uint8Array(least.length)
	least[0] = 0
	for (let left = 0; left <= lefts; left++) {
		for (let right = 0; right <= rights; right++) {
			const at = left * width + right
			for (const [number, move] of MOVES.entries()) {
				if (move.left > left || move.right > right || (move.left === 2 && !costs.merge)) continue
				const before = least[(left - move.left) * width + right - move.right]!
				const cost = before + costOf(costs, number, left - 1, right - 1)
				if (cost >= least[at]!) continue
				least[at] = cost
				moves[at] = number
			}
		}
	}
	return walk(moves, lefts, rights)
}

function costOf(costs: Costs, move: number, left: number, right: number): number {
	if (move === 0) return costs.pair(left, right)
	if (move === 1) return costs.alone(left)
	return move === 2 ? costs.extra(right) : costs.merge!(left, right)
}

function walk(moves: Uint8Array, lefts: number, rights: number): Match[] {
	const matches: Match[] = []
	let left = lefts
	let right = rights
	while (left > 0 || right > 0) {
		const move = MOVES[moves[left * (rights + 1) + right]! as 0 | 1 | 2 | 3]
		matches.push({ left: places(left, move.left), right: places(right, move.right) })
		left -= move.left
		right -= move.right
	}
	return matches.reverse()
}

function places(end: number, count: number): number[] {
	return Array.from({ length: count }, (_, index) => end - count + index)
}
