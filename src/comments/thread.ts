interface Placed {
	id: number
	parent_id: number | null
}

/** A response with those under it. */
export interface ThreadNode<T> {
	response: T
	/** To whom it replies, when it doesn't stand right under them. */
	replyingTo?: T
	children: ThreadNode<T>[]
}

/**
 * Threads of responses given in reading order. Those deeper than `depth` levels stand flat under their ancestor at
 * the level before. A page that begins inside a thread is given the ancestors of its first response first, `head` is
 * the last of them: under it stand replies to responses of earlier pages (`outside`). A reply to a response that
 * isn't to be seen any more stands at the top.
 */
export function threadsOf<T extends Placed>(
	responses: T[],
	depth: number,
	{ outside = [], head }: { outside?: T[]; head?: number } = {},
): ThreadNode<T>[] {
	const nodes = new Map<number, ThreadNode<T>>()
	/** The level of each response, and under whom it stands. */
	const places = new Map<number, { level: number; home?: ThreadNode<T> }>()
	const elsewhere = new Map(outside.map((response) => [response.id, response]))
	const roots: ThreadNode<T>[] = []
	for (const response of responses) {
		const parent = nodes.get(response.parent_id ?? 0)
		const away = parent ? undefined : elsewhere.get(response.parent_id ?? 0)
		const above = parent && places.get(parent.response.id)
		const isFlat = above?.level === depth
		const home = isFlat ? above.home : (parent ?? (away && nodes.get(head ?? 0)))
		const replyingTo = isFlat ? parent?.response : away
		const node: ThreadNode<T> = { response, ...(replyingTo && { replyingTo }), children: [] }
		nodes.set(response.id, node)
		places.set(response.id, { level: levelUnder(home), home })
		;(home ? home.children : roots).push(node)
	}
	return roots

	function levelUnder(home: ThreadNode<T> | undefined): number {
		return home ? places.get(home.response.id)!.level + 1 : 1
	}
}
