import type { Db, TrafficTable } from '../db/schema.ts'

/** A number of a day: views, views of a path, readers from a host, subscribers of a service. */
export type Count = TrafficTable

/** PostgreSQL and SQLite take so many values in a statement. */
const ROWS = 1000

/** Adds to what is counted already; a service says its whole number each time. */
export async function storeTraffic(db: Db, counts: Count[], readers: { day: string; hash: string }[]): Promise<void> {
	await db.transaction().execute(async (trx) => {
		// In one order everywhere: two processes never wait for each other.
		const rows = counts.toSorted((a, b) => compare(keyOf(a), keyOf(b)))
		for (let at = 0; at < rows.length; at += ROWS) {
			await trx
				.insertInto('traffic')
				.values(rows.slice(at, at + ROWS))
				.onConflict((c) =>
					c.columns(['day', 'kind', 'name']).doUpdateSet((eb) => ({
						count: eb
							.case()
							.when('excluded.kind', '!=', 'service')
							.then(eb('traffic.count', '+', eb.ref('excluded.count')))
							.when('excluded.count', '>', eb.ref('traffic.count'))
							.then(eb.ref('excluded.count'))
							.else(eb.ref('traffic.count'))
							.end(),
					})),
				)
				.execute()
		}
		const hashes = readers.toSorted((a, b) => compare(a.hash, b.hash))
		for (let at = 0; at < hashes.length; at += ROWS) {
			await trx
				.insertInto('traffic_readers')
				.values(hashes.slice(at, at + ROWS))
				.onConflict((c) => c.doNothing())
				.execute()
		}
	})
}

/** The salt of a day, the same in all processes; `make` gives one when there is none yet. */
export async function saltOf(db: Db, day: string, make: () => string): Promise<string> {
	const find = () => db.selectFrom('traffic_salts').select('salt').where('day', '=', day).executeTakeFirst()
	const known = await find()
	if (known) return known.salt
	await db
		.insertInto('traffic_salts')
		.values({ day, salt: make() })
		.onConflict((c) => c.doNothing())
		.execute()
	return (await find())!.salt
}

/** Turns the readers of feeds of days before `today` into numbers and forgets who they were; drops details before `old`. */
export async function foldTraffic(db: Db, today: string, old: string): Promise<void> {
	await db.transaction().execute(async (trx) => {
		const days = await trx
			.selectFrom('traffic_readers')
			.where('day', '<', today)
			.groupBy('day')
			.select((eb) => ['day', eb.fn.countAll<number>().as('count')])
			.execute()
		for (const { day, count } of days) {
			await trx
				.insertInto('traffic')
				.values({ day, kind: 'reader', name: '', count: Number(count) })
				.onConflict((c) => c.columns(['day', 'kind', 'name']).doUpdateSet({ count: Number(count) }))
				.execute()
		}
		await trx.deleteFrom('traffic_readers').where('day', '<', today).execute()
		await trx.deleteFrom('traffic_salts').where('day', '<', today).execute()
		await trx
			.deleteFrom('traffic')
			.where('day', '<', old)
			.where('kind', 'in', ['path', 'referrer', 'service'])
			.execute()
	})
}

/** The views of each day from `from` on that had any. */
export async function listViews(db: Db, from: string) {
	return db
		.selectFrom('traffic')
		.select(['day', 'count'])
		.where('kind', '=', 'view')
		.where('day', '>=', from)
		.orderBy('day')
		.execute()
}

/** The names of a kind with most views since `from`. */
export async function listMost(db: Db, kind: 'path' | 'referrer', from: string, limit: number) {
	const rows = await db
		.selectFrom('traffic')
		.where('kind', '=', kind)
		.where('name', '!=', '')
		.where('day', '>=', from)
		.groupBy('name')
		.select((eb) => ['name', eb.fn.sum<number>('count').as('count')])
		.orderBy('count', 'desc')
		.orderBy('name')
		.limit(limit)
		.execute()
	return rows.map(({ name, count }) => ({ name, count: Number(count) }))
}

/** How many follow the feeds: the readers seen on a day, and those whom services say they read for. */
export async function countSubscribers(db: Db, day: string): Promise<number> {
	const services = await db
		.selectFrom('traffic')
		.select((eb) => eb.fn.sum<number>('count').as('count'))
		.where('day', '=', day)
		.where('kind', 'in', ['service', 'reader'])
		.executeTakeFirst()
	const readers = await db
		.selectFrom('traffic_readers')
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.where('day', '=', day)
		.executeTakeFirst()
	return Number(services?.count ?? 0) + Number(readers?.count ?? 0)
}

function keyOf({ day, kind, name }: Count): string {
	return `${day} ${kind} ${name}`
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0
}
