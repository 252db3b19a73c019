import type { Compilable, CompiledQuery } from 'kysely'
import { databaseKind } from './dialect.ts'
import type { Db } from './schema.ts'

/** Stands in a query for a value that comes later. */
class Place {
	readonly path: (string | number)[]
	constructor(path: (string | number)[]) {
		this.path = path
	}
}

/**
 * A query that is written in SQL once and then only filled with values: building and compiling one takes longer than
 * SQLite takes to answer it. `build` may look at which values there are, at how many are in a list, and at booleans;
 * all others are places to be filled.
 * @example
 * const titled = prepared((db, { id }: { id: number }) => db.selectFrom('translations').select('title').where('id', '=', id))
 * const [row] = await titled(db, { id: 12 })
 */
export function prepared<Values extends object, Row>(build: (db: Db, values: Values) => Compilable<Row>) {
	const written = new Map<string, CompiledQuery<Row>>()
	return async (db: Db, values: Values): Promise<Row[]> => {
		const shape = `${databaseKind(db)} ${shapeOf(values)}`
		let query = written.get(shape)
		if (!query) {
			query = build(db, placesFor(values, []) as Values).compile()
			if (written.size < MOST_SHAPES) written.set(shape, query)
		}
		const { rows } = await db.executeQuery<Row>({ ...query, parameters: fill(query.parameters, values) })
		return rows
	}
}

/** Lists of every length make a query each. */
const MOST_SHAPES = 300

/** What tells apart the queries that `build` makes of values. */
function shapeOf(value: unknown): string {
	if (value === undefined || value === null || typeof value === 'boolean') return String(value)
	if (Array.isArray(value)) return String(value.length)
	if (typeof value !== 'object') return ''
	return Object.entries(value)
		.map(([name, one]) => `${name}:${shapeOf(one)}`)
		.join()
}

function placesFor(value: unknown, path: Place['path']): unknown {
	if (value === undefined || value === null || typeof value === 'boolean') return value
	if (Array.isArray(value)) return value.map((_, index) => new Place([...path, index]))
	if (typeof value !== 'object') return new Place(path)
	return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, placesFor(one, [...path, name])]))
}

function fill(parameters: readonly unknown[], values: object): unknown[] {
	return parameters.map((parameter) =>
		parameter instanceof Place
			? parameter.path.reduce((value: unknown, step) => (value as Record<string, unknown>)[step], values)
			: parameter,
	)
}
