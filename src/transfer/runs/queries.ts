import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Db, Schema, Time } from '../../db/schema.ts'
import { bumpVersions } from '../../db/versions.ts'

/** An import begun in the admin page. */
export type Run = Selectable<Schema['import_runs']>

/** Notes that an import begins; gives its number, or undefined when one has given a sign of life since a moment. */
export async function claimRun(
	db: Db,
	since: Time,
	run: Insertable<Schema['import_runs']>,
): Promise<number | undefined> {
	return db.transaction().execute(async (trx) => {
		// Whoever else would begin waits here.
		await bumpVersions(trx, ['imports'])
		if (await findRunning(trx, since)) return undefined
		const { id } = await trx.insertInto('import_runs').values(run).returning('id').executeTakeFirstOrThrow()
		return id
	})
}

/** An import by its number. */
export async function findRun(db: Db, id: number): Promise<Run | undefined> {
	return db.selectFrom('import_runs').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The imports begun last. */
export async function listRuns(db: Db, limit: number): Promise<Run[]> {
	return db.selectFrom('import_runs').selectAll().orderBy('id', 'desc').limit(limit).execute()
}

/** Notes how an import goes. */
export async function updateRun(db: Db, id: number, changes: Updateable<Schema['import_runs']>): Promise<void> {
	await db.updateTable('import_runs').set(changes).where('id', '=', id).execute()
}

/** An import that runs and has given a sign of life since a moment, in whatever process. */
export async function findRunning(db: Db, since: Time): Promise<Run | undefined> {
	return db
		.selectFrom('import_runs')
		.selectAll()
		.where('state', '=', 'running')
		.where('touched_at', '>=', since)
		.executeTakeFirst()
}
