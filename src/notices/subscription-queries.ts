import type { Db, Time, Trx } from '../db/schema.ts'

/** Keeps the wish to be told of replies to a comment. */
export async function insertSubscription(
	trx: Trx,
	subscription: { token: string; comment_id: number; email: string; locale: string; created_at: Time },
): Promise<void> {
	const confirmed = await trx
		.selectFrom('subscriptions')
		.select('token')
		.where('email', '=', subscription.email)
		.where('confirmed_at', 'is not', null)
		.limit(1)
		.executeTakeFirst()
	// Whose address has been proven needn't prove it again.
	await trx
		.insertInto('subscriptions')
		.values({ ...subscription, confirmed_at: confirmed ? subscription.created_at : null })
		.onConflict((c) => c.column('comment_id').doNothing())
		.execute()
}

/** A subscription with its comment, by its token. */
export async function findSubscription(db: Db, token: string) {
	return subscriptions(db).where('s.token', '=', token).executeTakeFirst()
}

/** The subscription to the replies to a comment. */
export async function findSubscriptionTo(db: Db, commentId: number) {
	return subscriptions(db).where('s.comment_id', '=', commentId).executeTakeFirst()
}

/** A subscription as both give it; `address` is the one to write to. */
export type Subscription = NonNullable<Awaited<ReturnType<typeof findSubscription>>>

function subscriptions(db: Db) {
	return db
		.selectFrom('subscriptions as s')
		.innerJoin('comments as c', 'c.id', 's.comment_id')
		.select(['s.token', 's.comment_id', 's.email', 's.locale', 's.asked_at', 's.confirmed_at'])
		.select(['c.email as address', 'c.post_id', 'c.status'])
}

/** Notes that the first mail is being written; false when this address was written to after `since`, or this one before. */
export async function markAsked(
	trx: Trx,
	{ token, email }: { token: string; email: string },
	now: Time,
	since: Time,
): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('subscriptions')
		.set({ asked_at: now })
		.where('token', '=', token)
		.where('asked_at', 'is', null)
		.where('confirmed_at', 'is', null)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('subscriptions as other')
						.select('other.token')
						.where('other.email', '=', email)
						.where('other.asked_at', '>', since),
				),
			),
		)
		.executeTakeFirst()
	return numUpdatedRows > 0n
}

/** Who proves an address gets what was asked for from it so far. */
export async function confirmSubscriptions(db: Db, email: string, now: Time): Promise<void> {
	await db
		.updateTable('subscriptions')
		.set({ confirmed_at: now })
		.where('email', '=', email)
		.where('confirmed_at', 'is', null)
		.execute()
}

/** Ends a subscription, if there is one. */
export async function deleteSubscription(db: Db, token: string): Promise<void> {
	await db.deleteFrom('subscriptions').where('token', '=', token).execute()
}

/** Forgets those never confirmed since a moment. */
export async function deleteUnconfirmed(db: Db, since: Time): Promise<void> {
	await db.deleteFrom('subscriptions').where('confirmed_at', 'is', null).where('created_at', '<', since).execute()
}
