interface Placed {
	id: number
	parent_id: number | null
}

/** Ids of a term and of all below it; a loop of parents ends where it began. */
export function withDescendants(terms: Placed[], id: number): number[] {
	const found = new Set([id])
	for (const ancestor of found) {
		for (const term of terms) if (term.parent_id === ancestor) found.add(term.id)
	}
	return [...found]
}

/** A term with those below it. */
export interface TermNode<T> {
	term: T
	children: TermNode<T>[]
}

/** The terms as trees; one whose parent isn't among them stands at the top. */
export function treeOf<T extends Placed>(terms: T[]): TermNode<T>[] {
	const nodes = new Map(terms.map((term) => [term.id, { term, children: [] as TermNode<T>[] }]))
	const roots: TermNode<T>[] = []
	for (const node of nodes.values()) {
		const parent = isLooped(node.term, nodes) ? undefined : nodes.get(node.term.parent_id ?? 0)
		;(parent ? parent.children : roots).push(node)
	}
	return roots
}

function isLooped<T extends Placed>(term: T, nodes: Map<number, TermNode<T>>): boolean {
	const seen = new Set<number>()
	for (let at: T | undefined = term; at; at = nodes.get(at.parent_id ?? 0)?.term) {
		if (seen.has(at.id)) return true
		seen.add(at.id)
	}
	return false
}
