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
}

interface Kept {
	version: number
	made: Time
	until: Time
	value: Promise<unknown>
}

/** Keeps what many pages need until its version moves on or its time is over. */
export interface Memory {
	/** Gives what `load` gave for the present versions of `scopes`; `until` tells when that ends by itself. */
	keep<T>(name: string, at: Present, load: () => Promise<Lasting<T>>): Promise<T>
	/** What was committed before this turn of the event loop, or during it: asked once for all who ask in one turn. */
	versions(): Promise<Map<string, number>>
}

/** A few for each page that is read; which of them are in use, readers decide. */
const MOST = 5_000

/** A memory over the versions of `db`. */
export function createMemory(db: Db): Memory {
	const kept = new LRUCache<string, Kept>({ max: MOST })
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
			if (known && known.version === version && now >= known.made && now < known.until) return known.value as Promise<T>
			const loading = load()
			const entry: Kept = {
				version,
				made: now,
				until: Number.POSITIVE_INFINITY,
				value: loading.then(({ value }) => value),
			}
			kept.set(name, entry)
			await loading.then(
				({ until }) => {
					entry.until = until
				},
				() => kept.get(name) === entry && kept.delete(name),
			)
			return entry.value as Promise<T>
		},
	}
}
