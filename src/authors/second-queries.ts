import type { Db, Trx } from '../db/schema.ts'

/** What of a second factor an author has. */
export async function findSecond(db: Db, id: number) {
	const author = await db
		.selectFrom('authors')
		.select(['totp_secret', 'password_hash'])
		.where('id', '=', id)
		.where('disabled_at', 'is', null)
		.executeTakeFirst()
	if (!author?.totp_secret) return undefined
	return { secret: author.totp_secret, password_hash: author.password_hash }
}

/** Notes that the code of a half-minute was used; false when it, or a later one, has been. */
export async function useStep(db: Db, id: number, step: number): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('authors')
		.set({ totp_step: step })
		.where('id', '=', id)
		.where((eb) => eb.or([eb('totp_step', 'is', null), eb('totp_step', '<', step)]))
		.executeTakeFirst()
	return numUpdatedRows > 0n
}

/** Uses a recovery code up; false when there is none. */
export async function takeCode(db: Db, id: number, codeHash: string): Promise<boolean> {
	const { numDeletedRows } = await db
		.deleteFrom('recovery_codes')
		.where('author_id', '=', id)
		.where('code_hash', '=', codeHash)
		.executeTakeFirst()
	return numDeletedRows > 0n
}

/** How many recovery codes are left. */
export async function countCodes(db: Db, id: number): Promise<number> {
	const { count } = await db
		.selectFrom('recovery_codes')
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.where('author_id', '=', id)
		.executeTakeFirstOrThrow()
	return Number(count)
}

/** Turns the second factor on, with its recovery codes. */
export async function storeSecond(trx: Trx, id: number, secret: string, step: number, hashes: string[]): Promise<void> {
	await trx.updateTable('authors').set({ totp_secret: secret, totp_step: step }).where('id', '=', id).execute()
	await replaceCodes(trx, id, hashes)
}

/** Gives an author new recovery codes; the older ones end. */
export async function replaceCodes(trx: Trx, id: number, hashes: string[]): Promise<void> {
	await trx.deleteFrom('recovery_codes').where('author_id', '=', id).execute()
	if (hashes.length === 0) return
	await trx
		.insertInto('recovery_codes')
		.values(hashes.map((code_hash) => ({ author_id: id, code_hash })))
		.execute()
}

/** Turns the second factor off. */
export async function removeSecond(trx: Trx, id: number): Promise<void> {
	await trx.updateTable('authors').set({ totp_secret: null, totp_step: null }).where('id', '=', id).execute()
	await replaceCodes(trx, id, [])
}
