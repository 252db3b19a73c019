/** Rows or values of a statement: PostgreSQL takes 65,535 parameters, SQLite 32,766. */
const CHUNK = 500

/** A list in parts of so many. */
export function chunks<Item>(items: Item[], size = CHUNK): Item[][] {
	return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))
}
