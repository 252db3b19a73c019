import { LRUCache } from 'lru-cache'
import type { Db, Time } from '../db/schema.ts'
import { readVersions } from '../db/versions.ts'

/** The versions of its scopes and the time at which something kept is asked for. */
export interface Present {
	/** Whatever it shows: a change in any of them ends it. */
	scopes: string[]
	/** From `versions()`, read once a request. */
	versions: Map<string, number>
	now: Time
}

interface Lasting<T> {
	value: T
	/** Infinity when only a new version ends it. */
	until: Time
	/** Bytes it takes, roughly, if they are many. */
	bytes?: number
}

interface Kept {
	version: number
	made: Time
	until: Time
	loading: Promise<Lasting<unknown>>
	bytes: number
}

/** Keeps what many pages need until its version moves on or its time is over. */
export interface Memory {
	/**
	 * Gives what `load` gave for the present versions of `scopes`; `until` tells when that ends by itself. That there
	 * is nothing (undefined) isn't kept: anybody can ask for what isn't there.
	 */
	keep<T>(name: string, at: Present, load: () => Promise<Lasting<T>>): Promise<T>
	/** What was committed before this turn of the event loop, or during it: asked once for all who ask in one turn. */
	versions(): Promise<Map<string, number>>
}

/** A few for each page that is read; which of them are in use, readers decide. */
const MOST = 5_000
const MOST_BYTES = 32 * 1024 * 1024
const FEW_BYTES = 1_000

/** A memory over the versions of `db`. */
export function createMemory(db: Db): Memory {
	const kept = new LRUCache<string, Kept>({ max: MOST, maxSize: MOST_BYTES, sizeCalculation: ({ bytes }) => bytes })
	let asked: Promise<Map<string, number>> | undefined
	return {
		versions() {
			if (asked) return asked
			setImmediate(() => {
				asked = undefined
			})
			asked = readVersions(db)
			return asked
		},
		async keep<T>(name: string, { scopes, versions, now }: Present, load: () => Promise<Lasting<T>>) {
			// Versions only grow, and so does their sum.
			const version = scopes.reduce((sum, scope) => sum + (versions.get(scope) ?? 0), 0)
			const known = kept.get(name)
			if (known && known.version === version && now >= known.made && now < known.until) {
				return (await known.loading).value as T
			}
			const loading = load()
			const entry: Kept = { version, made: now, until: Number.POSITIVE_INFINITY, loading, bytes: FEW_BYTES }
			kept.set(name, entry)
			const isThere = () => kept.peek(name) === entry
			try {
				const { value, until, bytes = FEW_BYTES } = await loading
				entry.until = until
				if (isThere() && value === undefined) kept.delete(name)
				else if (isThere() && bytes > FEW_BYTES) kept.set(name, { ...entry, bytes })
				return value
			} catch (error) {
				if (isThere()) kept.delete(name)
				throw error
			}
		},
	}
}
