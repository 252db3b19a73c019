import { createHmac } from 'node:crypto'
import { deleteUnconfirmed } from '../notices/subscription-queries.ts'
import { loadSettings } from '../settings/settings.ts'
import type { Blog } from '../web/context.ts'
import { forget, listAddressed } from './queries.ts'

const DAY = 24 * 60 * 60 * 1000
/** How long a wish to be told of replies may stay unconfirmed. */
const UNCONFIRMED = 7 * DAY

/** What stays of an address: equal for equal ones, and telling nothing without the secret. */
export function addressHash(secret: string, ip: string): string {
	return ip && createHmac('sha256', secret).update(`address ${ip}`).digest('base64url')
}

/** The daily job: forgets addresses and browsers after the days the blog's policy names, and wishes never confirmed. */
export async function forgetAddresses(blog: Pick<Blog, 'db' | 'catalog' | 'clock' | 'secret'>): Promise<void> {
	const { db, catalog, clock, secret } = blog
	const { keepAddressDays } = (await loadSettings(db, catalog)).comments
	const before = clock() - keepAddressDays * DAY
	await deleteUnconfirmed(db, clock() - UNCONFIRMED)
	for (let after = 0; ; ) {
		const rows = await listAddressed(db, before, after)
		const last = rows.at(-1)
		if (!last) return
		const forgotten = rows.map(({ id, ip }) => ({ id, ip_hash: addressHash(secret, ip) }))
		await db.transaction().execute((trx) => forget(trx, forgotten))
		after = last.id
	}
}
