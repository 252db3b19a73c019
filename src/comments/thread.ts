interface Placed {
	id: number
	parent_id: number | null
}

/** A response with those under it. */
export interface Thread<T> {
	response: T
	/** To whom it replies, when it is shown flat under an earlier ancestor. */
	replyingTo?: T
	children: Thread<T>[]
}

/**
 * Threads of responses given oldest first. Those deeper than `depth` levels are shown flat under their ancestor at
 * that level; one whose parent isn't among them (held, removed) stands at the top.
 */
export function threadsOf<T extends Placed>(responses: T[], depth: number): Thread<T>[] {
	const nodes = new Map(responses.map((response) => [response.id, { response, children: [] } as Thread<T>]))
	const levels = new Map<number, number>()
	const homes = new Map<number, Thread<T>>()
	const roots: Thread<T>[] = []
	for (const response of parentsFirst(responses)) {
		const node = nodes.get(response.id)!
		const parent = nodes.get(response.parent_id ?? 0)
		const level = parent ? levels.get(parent.response.id)! + 1 : 1
		const isFlat = level > depth
		// What is too deep stands beside its parent, under the last ancestor that may have children.
		const home = isFlat ? homes.get(parent!.response.id) : parent
		if (isFlat) node.replyingTo = parent!.response
		levels.set(response.id, Math.min(level, depth))
		if (home) homes.set(response.id, home)
		;(home ? home.children : roots).push(node)
	}
	return roots
}

/** Parents before their children, siblings in the order given: imported numbers may run against time. */
function parentsFirst<T extends Placed>(responses: T[]): T[] {
	const known = new Map(responses.map((response) => [response.id, response]))
	const done = new Set<number>()
	const order: T[] = []
	for (const response of responses) {
		const path: T[] = []
		const walked = new Set<number>()
		for (
			let at: T | undefined = response;
			at && !done.has(at.id) && !walked.has(at.id);
			at = known.get(at.parent_id ?? 0)
		) {
			walked.add(at.id)
			path.push(at)
		}
		for (const at of path.reverse()) {
			done.add(at.id)
			order.push(at)
		}
	}
	return order
}
