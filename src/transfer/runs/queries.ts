import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Db, Schema, Time } from '../../db/schema.ts'

/** An import begun in the admin page. */
export type Run = Selectable<Schema['import_runs']>

/** Notes that an import begins; gives its number. */
export async function insertRun(db: Db, run: Insertable<Schema['import_runs']>): Promise<number> {
	const { id } = await db.insertInto('import_runs').values(run).returning('id').executeTakeFirstOrThrow()
	return id
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
