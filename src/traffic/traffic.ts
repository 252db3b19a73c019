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
/** Others can make names up, spellings of paths too: a day has no more of a kind in one process. */
const MOST_NAMES = { path: 5000, referrer: 500, service: 500 }
/** What is waiting to be stored; more than that, as when the database is away for long, isn't counted. */
const MOST_WAITING = 20_000

/** Counts what one process sends. */
export function createTraffic({ db, config, log, clock }: Parts): Traffic {
	const today = calendar(clock, config.timezone)
	let counts = new Map<string, Count>()
	let readers = new Map<string, { day: string; who: string }>()
	let named = new Map<string, Set<string>>()
	let timer: NodeJS.Timeout | undefined

	function countView(view: View): void {
		const counted = countedOf(view, config)
		if (!counted || counts.size + readers.size > MOST_WAITING) return
		const day = today()
		if (counted.kind === 'view') {
			add({ day, kind: 'view', name: '', count: 1 })
			add({ day, kind: 'path', name: chosen(day, 'path', counted.path), count: 1 })
			if (counted.referrer) add({ day, kind: 'referrer', name: chosen(day, 'referrer', counted.referrer), count: 1 })
		} else if (counted.service) {
			const name = chosen(day, 'service', `${counted.path} ${counted.service.name}`)
			add({ day, kind: 'service', name, count: counted.service.subscribers })
		} else {
			const who = `${view.ip}\n${view.userAgent}`
			readers.set(`${day}\n${who}`, { day, who })
		}
		timer ??= setTimeout(flush, PAUSE).unref()
	}

	function add(count: Count): void {
		const key = `${count.day} ${count.kind} ${count.name}`
		const known = counts.get(key)
		if (!known) counts.set(key, count)
		else known.count = count.kind === 'service' ? Math.max(known.count, count.count) : known.count + count.count
	}

	/** A name that somebody else has chosen, or '' when there are too many of them. */
	function chosen(day: string, kind: keyof typeof MOST_NAMES, name: string): string {
		const key = `${day} ${kind}`
		if (!named.has(key)) named = new Map([...named].filter(([other]) => other.startsWith(day))).set(key, new Set())
		const names = named.get(key)!
		if (!names.has(name) && names.size >= MOST_NAMES[kind]) return ''
		names.add(name)
		return name
	}

	async function flush(): Promise<void> {
		clearTimeout(timer)
		timer = undefined
		if (counts.size + readers.size === 0) return
		const taken = { counts, readers }
		counts = new Map()
		readers = new Map()
		try {
			const hashed = await Promise.all([...taken.readers.values()].map(({ day, who }) => hashOf(db, day, who)))
			await storeTraffic(db, [...taken.counts.values()], hashed)
		} catch (error) {
			log.warn({ err: error }, 'readers could not be counted')
			for (const count of taken.counts.values()) add(count)
			for (const [key, reader] of taken.readers) readers.set(key, reader)
			timer ??= setTimeout(flush, PAUSE).unref()
		}
	}

	return { countView, flush }
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
