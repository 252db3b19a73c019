/** Those of a person's comments under which nothing of others hangs: the leaves, then what becomes one. */
export function removable(own: number[], replies: { id: number; parent_id: number }[]): Set<number> {
	const parents = new Map(replies.map(({ id, parent_id }) => [id, parent_id]))
	const hanging = new Map<number, number>()
	for (const { parent_id } of replies) hanging.set(parent_id, (hanging.get(parent_id) ?? 0) + 1)
	const gone = new Set<number>()
	const leaves = own.filter((id) => !hanging.has(id))
	for (let id = leaves.pop(); id !== undefined; id = leaves.pop()) {
		gone.add(id)
		const parent = parents.get(id)
		if (parent === undefined) continue
		const left = hanging.get(parent)! - 1
		hanging.set(parent, left)
		if (left === 0) leaves.push(parent)
	}
	return gone
}
