/** The same value whose texts don't keep alive the long one that they were cut from: for what outlives a batch. */
export function detached<T>(value: T): T {
	return structuredClone(value)
}
