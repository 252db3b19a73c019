import type { Db } from '../db/schema.ts'
import type { Row } from '../db/snapshot.ts'
import { enqueue } from '../jobs/queries.ts'
import { READ } from '../mentions/intake.ts'
import { wantPhoto } from '../mentions/photo.ts'
import { indexTranslations } from '../search/queries.ts'

/** Values in one statement; SQLite takes 32766. */
const MOST_VALUES = 5_000
const BATCH = 500

/** Stores rows of any table as they are, some at a time; gives how many there were and the greatest of their ids. */
export async function insertRows(
	db: Db,
	table: string,
	rows: AsyncIterable<Row>,
): Promise<{ count: number; greatest: number }> {
	const target = db.withTables<Record<string, Row>>()
	let [count, greatest, batch]: [number, number, Row[]] = [0, 0, []]
	const flush = async () => {
		if (batch.length > 0) await target.insertInto(table).values(batch).execute()
		count += batch.length
		batch = []
	}
	for await (const row of rows) {
		batch.push(row)
		greatest = Math.max(greatest, Number(row.id ?? 0))
		if (batch.length * Object.keys(row).length >= MOST_VALUES) await flush()
	}
	await flush()
	return { count, greatest }
}

/** Makes the search index of all texts. */
export async function indexAll(db: Db): Promise<void> {
	const next = (after: number) =>
		db.selectFrom('translations').select('id').where('id', '>', after).orderBy('id').limit(BATCH).execute()
	for (let rows = await next(0); rows.length > 0; rows = await next(rows.at(-1)!.id)) {
		await indexTranslations(
			db,
			rows.map(({ id }) => id),
		)
	}
}

/** Writes the jobs of what the tables say is still to be done, but for letters; checks and sending begin by themselves. */
export async function beginAnew(db: Db): Promise<void> {
	const mentions = await db.selectFrom('mentions').select('source_key').distinct().where('waiting', '=', 1).execute()
	for (const { source_key: key } of mentions) await enqueue(db as never, READ, { key }, { key })
	const pictures = await db
		.selectFrom('media')
		.select('id')
		.where('widths', 'is', null)
		.where('width', 'is not', null)
		.execute()
	for (const { id } of pictures) await enqueue(db as never, 'picture-sizes', { media: id })
	const faces = await db
		.selectFrom('comments')
		.select(['id', 'status', 'photo'])
		.where('photo', 'like', 'http%')
		.where('status', '=', 'approved')
		.execute()
	for (const face of faces) await wantPhoto(db as never, face)
}
