import { prepared } from '../db/prepared.ts'
import type { Db, Time } from '../db/schema.ts'
import { dayOf, type Range, rangeOf } from '../i18n/dates.ts'
import type { Month } from './months.ts'

interface Readable {
	locale: string
	now: Time
}

/** Months with posts of a language, oldest first, in the blog's time zone: a step through an index for each. */
export async function listMonths(db: Db, { locale, now }: Readable, timezone: string): Promise<Month[]> {
	const months: Month[] = []
	let range: Range = { from: Number.MIN_SAFE_INTEGER, to: Number.MIN_SAFE_INTEGER }
	for (;;) {
		const [{ count, next }] = (await counted(db, { locale, now, ...range })) as [{ count: number; next: Time | null }]
		if (months.length > 0) months.at(-1)!.count = Number(count)
		if (next === null) return months
		const { year, month } = dayOf(Number(next), timezone)
		months.push({ year, month, count: 0 })
		const { from, to } = rangeOf(timezone, year, month)!
		range = { from, to: Math.min(to, now + 1) }
	}
}

/** How many posts there are in a time, and when the next one after it was published. */
const counted = prepared((db, { locale, now, from, to }: Readable & Range) =>
	db.selectNoFrom([
		shown(db, locale, from)
			.where('t.published_at', '<', to)
			.select((eb) => eb.fn.countAll<number>().as('count'))
			.as('count'),
		shown(db, locale, to)
			.where('t.published_at', '<=', now)
			.select((eb) => eb.fn.min('t.published_at').as('next'))
			.as('next'),
	]),
)

/** When the posts of a language were published in a time, oldest first. */
export async function listTimes(db: Db, { locale, now }: Readable, { from, to }: Range): Promise<Time[]> {
	const rows = await times(db, { locale, from, to: Math.min(to, now + 1) })
	return rows.map((row) => row.published_at!)
}

const times = prepared((db, { locale, from, to }: { locale: string } & Range) =>
	shown(db, locale, from).select('t.published_at').where('t.published_at', '<', to).orderBy('t.published_at'),
)

function shown(db: Db, locale: string, from: Time) {
	return db
		.selectFrom('translations as t')
		.where('t.locale', '=', locale)
		.where('t.kind', '=', 'post')
		.where('t.status', '=', 'published')
		.where('t.published_at', '>=', from)
}
