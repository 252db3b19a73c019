import { createHash, randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Db, Time } from '../db/schema.ts'
import { dayOf, rangeOf } from '../i18n/dates.ts'
import { type Count, saltOf, storeTraffic } from './queries.ts'
import { countedOf, type View } from './view.ts'

/** Counts readers; a view costs microseconds, and the database hears of it later. */
export interface Traffic {
	/** Notes a page or a feed that was sent; the last seconds are lost when the process is killed. */
	countView(view: View): void
	/** Stores what has been counted. */
	flush(): Promise<void>
}

interface Parts {
	db: Db
	config: Pick<Config, 'languages' | 'siteUrl' | 'timezone'>
	log: Logger
	clock: () => Time
}

const PAUSE = 5_000
/** Others can make names up, spellings of paths too: a day has no more of a kind in one process. Views have none. */
const MOST_NAMES = { view: 1, path: 5000, referrer: 500, service: 500 }
/** What is waiting to be stored; more readers than that, as when the database is away for long, aren't counted. */
const MOST_READERS = 20_000

type Kind = keyof typeof MOST_NAMES

/** What was counted in a day and isn't stored yet, by kind and name; a name that is at 0 is known. */
type Tally = Record<Kind, Map<string, number>>

/** Counts what one process sends. */
export function createTraffic({ db, config, log, clock }: Parts): Traffic {
	const today = calendar(clock, config.timezone)
	const tallies = new Map<string, Tally>()
	let readers = new Map<string, { day: string; who: string }>()
	let timer: NodeJS.Timeout | undefined
	let flushing = Promise.resolve()

	function countView(view: View): void {
		const counted = countedOf(view, config)
		if (!counted) return
		const day = today()
		const tally = tallyOf(day)
		if (counted.kind === 'view') {
			raise(tally, 'view', '', 1)
			raise(tally, 'path', counted.path, 1)
			if (counted.referrer) raise(tally, 'referrer', counted.referrer, 1)
		} else if (counted.service) {
			raise(tally, 'service', `${counted.path} ${counted.service.name}`, counted.service.subscribers)
		} else if (readers.size < MOST_READERS) {
			const who = `${view.ip}\n${view.userAgent}`
			readers.set(`${day}\n${who}`, { day, who })
		}
		timer ??= setTimeout(flush, PAUSE).unref()
	}

	function tallyOf(day: string): Tally {
		const known = tallies.get(day)
		if (known) return known
		const tally = { view: new Map(), path: new Map(), referrer: new Map(), service: new Map() }
		tallies.set(day, tally)
		return tally
	}

	/** One after the other: who waits for one waits for those before it. */
	function flush(): Promise<void> {
		flushing = flushing.then(store)
		return flushing
	}

	async function store(): Promise<void> {
		clearTimeout(timer)
		timer = undefined
		const counts = [...tallies].flatMap(([day, tally]) => take(day, tally))
		for (const day of tallies.keys()) if (day !== today()) tallies.delete(day)
		if (counts.length + readers.size === 0) return
		const taken = readers
		readers = new Map()
		try {
			const hashed = await Promise.all([...taken.values()].map(({ day, who }) => hashOf(db, day, who)))
			await storeTraffic(db, counts, hashed)
		} catch (error) {
			log.warn({ err: error }, 'readers could not be counted')
			for (const { day, kind, name, count } of counts) raise(tallyOf(day), kind, name, count)
			for (const [key, reader] of taken) readers.set(key, reader)
			timer ??= setTimeout(flush, PAUSE).unref()
		}
	}

	return { countView, flush }
}

/** Adds to what a name stands at; services tell their whole number each time. All names above the most are one. */
function raise(tally: Tally, kind: Kind, wanted: string, by: number): void {
	const counts = tally[kind]
	const name = counts.has(wanted) || counts.size < MOST_NAMES[kind] ? wanted : ''
	const before = counts.get(name) ?? 0
	counts.set(name, kind === 'service' ? Math.max(before, by) : before + by)
}

/** What a day's tally has come to, which begins anew. */
function take(day: string, tally: Tally) {
	const taken: (Count & { kind: Kind })[] = []
	for (const [kind, counts] of Object.entries(tally) as [Kind, Map<string, number>][]) {
		for (const [name, count] of counts) {
			if (count === 0) continue
			taken.push({ day, kind, name, count })
			counts.set(name, 0)
		}
	}
	return taken
}

/** Who reads a feed, as nobody can tell once the day's salt is forgotten. */
async function hashOf(db: Db, day: string, who: string) {
	const salt = await saltOf(db, day, () => randomBytes(32).toString('base64url'))
	return { day, hash: createHash('sha256').update(`${salt}\n${who}`).digest('base64url').slice(0, 22) }
}

/** The present day as `2025-03-15`, worked out once a day. */
function calendar(clock: () => Time, timezone: string): () => string {
	let known = { day: '', from: 0, to: 0 }
	return () => {
		const now = clock()
		if (now < known.from || now >= known.to) {
			const { year, month, day } = dayOf(now, timezone)
			known = { day: dayName({ year, month, day }), ...rangeOf(timezone, year, month, day)! }
		}
		return known.day
	}
}

/** `2025-03-15` */
export function dayName({ year, month, day }: { year: number; month: number; day: number }): string {
	return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')
}
