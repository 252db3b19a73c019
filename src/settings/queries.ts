import type { Db, Trx } from '../db/schema.ts'
import { bumpVersions } from '../db/versions.ts'

/** All settings kept in the database: values are JSON; locale is '' for those that have no language. */
export async function readSettings(db: Db) {
	const rows = await db.selectFrom('settings').selectAll().execute()
	return rows.map((row) => ({ key: row.key, locale: row.locale, value: JSON.parse(row.value) as unknown }))
}

/** Stores a setting; every page may show it. */
export async function writeSetting(trx: Trx, key: string, locale: string, value: unknown): Promise<void> {
	const row = { key, locale, value: JSON.stringify(value) }
	await trx
		.insertInto('settings')
		.values(row)
		.onConflict((c) => c.columns(['key', 'locale']).doUpdateSet({ value: row.value }))
		.execute()
	await bumpVersions(trx, ['settings'])
}

/** Forgets a setting: its default stands again. */
export async function deleteSetting(trx: Trx, key: string, locale: string): Promise<void> {
	await trx.deleteFrom('settings').where('key', '=', key).where('locale', '=', locale).execute()
	await bumpVersions(trx, ['settings'])
}

/** Claims a thing that is done once for a database, in the transaction that does it; false when it has been done. */
export async function claimOnce(trx: Trx, key: string): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('settings')
		.values({ key, locale: '', value: 'true' })
		.onConflict((c) => c.doNothing())
		.executeTakeFirstOrThrow()
	return numInsertedOrUpdatedRows === 1n
}

/** Stores a setting unless there is one already, and gives the one that stands. */
export async function settleSetting(db: Db, key: string, value: unknown): Promise<unknown> {
	const row = { key, locale: '', value: JSON.stringify(value) }
	await db
		.insertInto('settings')
		.values(row)
		.onConflict((c) => c.doNothing())
		.execute()
	const stored = await db
		.selectFrom('settings')
		.select('value')
		.where('key', '=', key)
		.where('locale', '=', '')
		.executeTakeFirstOrThrow()
	return JSON.parse(stored.value)
}
