import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'

/** A place in the order of a conversation; see `place` of the table. */
export interface Place {
	place: string
	root: string
	depth: number
}

/** A place longer than this asks for the conversation to be put in order anew. */
export const LONGEST_PLACE = 150

/** The place of a new response between its neighbours in reading order, under `parent` or at the end. */
export function newPlace(before: string | null, after: string | null, parent: Place | undefined): Place {
	const place = generateKeyBetween(before, after)
	return { place, root: parent?.root ?? place, depth: parent ? parent.depth + 1 : 0 }
}

interface Unplaced {
	id: number
	parent_id: number | null
}

/** Places of a whole conversation given oldest first: each response before those under it. Loops of parents end. */
export function placesOf(responses: Unplaced[]): (Place & { id: number })[] {
	const order = readingOrder(responses)
	const keys = generateNKeysBetween(null, null, order.length)
	let root = ''
	return order.map(({ id, depth }, index) => {
		if (depth === 0) root = keys[index]!
		return { id, depth, place: keys[index]!, root }
	})
}

function readingOrder(responses: Unplaced[]): { id: number; depth: number }[] {
	const known = new Set(responses.map(({ id }) => id))
	const children = Map.groupBy(responses, ({ parent_id }) => (known.has(parent_id ?? 0) ? parent_id : null))
	const seen = new Set<number>()
	const order: { id: number; depth: number }[] = []
	const walk = (start: Unplaced[]) => {
		const waiting = start.toReversed().map(({ id }) => ({ id, depth: 0 }))
		for (let at = waiting.pop(); at; at = waiting.pop()) {
			if (seen.has(at.id)) continue
			seen.add(at.id)
			order.push(at)
			const below = children.get(at.id) ?? []
			for (const { id } of below.toReversed()) waiting.push({ id, depth: at.depth + 1 })
		}
	}
	walk(children.get(null) ?? [])
	// What hangs in a loop of parents has no top: its oldest becomes one.
	for (const response of responses) if (!seen.has(response.id)) walk([response])
	return order
}
