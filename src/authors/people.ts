import type { Db, Role, Time, Trx } from '../db/schema.ts'
import { bumpPosts } from '../db/versions.ts'
import { updateAccount } from './account-queries.ts'
import { audit } from './audit-queries.ts'
import { endLinksOf } from './link-queries.ts'
import { deletePerson, findPerson, handOver, hasOtherOwner, type Person } from './people-queries.ts'
import { nameIn } from './roles.ts'
import { removeSecond } from './second-queries.ts'
import { deleteSessionsOf } from './session-queries.ts'

/** Nobody would be left to look after the blog. */
export class LastOwner extends Error {
	override name = 'LastOwner'
}

/** An owner's decision about a person. */
export interface Decision {
	db: Db
	/** Who decides. */
	by: number
	/** About whom. */
	id: number
	now: Time
	/** In which language the log names the person. */
	locale: string
}

/** Changes what a person may do; they sign in anew. @throws LastOwner */
export function changeRole(decision: Decision, role: Role): Promise<void> {
	return decide(decision, 'person-role', async (trx, person) => {
		if (role !== 'owner') await spareLastOwner(trx, person)
		await updateAccount(trx, person.id, { role })
		await deleteSessionsOf(trx, person.id)
	})
}

/** Shuts a person out, with all their programs, and keeps what they wrote. @throws LastOwner */
export function disable(decision: Decision): Promise<void> {
	return decide(decision, 'person-disabled', async (trx, person) => {
		await spareLastOwner(trx, person)
		await updateAccount(trx, person.id, { disabled_at: decision.now })
		await deleteSessionsOf(trx, person.id)
		await endLinksOf(trx, person.id)
	})
}

/** Lets a person in again. */
export function enable(decision: Decision): Promise<void> {
	return decide(decision, 'person-enabled', (trx, { id }) => updateAccount(trx, id, { disabled_at: null }))
}

/** Turns off the second factor of a person who has lost it. */
export function dropSecond(decision: Decision): Promise<void> {
	return decide(decision, 'account-totp-off', (trx, { id }) => removeSecond(trx, id))
}

/** Removes a person; what they wrote is `heir`'s. @throws LastOwner */
export function remove(decision: Decision, heir: number, languages: string[]): Promise<void> {
	return decide(decision, 'person-deleted', async (trx, person) => {
		await spareLastOwner(trx, person)
		await handOver(trx, person.id, heir)
		await deletePerson(trx, person.id)
		await bumpPosts(trx, languages)
	})
}

function decide(
	{ db, by, id, now, locale }: Decision,
	action: Parameters<typeof audit>[1]['action'],
	change: (trx: Trx, person: Person) => Promise<void>,
): Promise<void> {
	return db.transaction().execute(async (trx) => {
		const person = await findPerson(trx, id)
		if (!person) return
		await change(trx, person)
		const name = nameIn({ names: person.names, email: person.email ?? '' }, locale)
		await audit(trx, { authorId: by, action, subject: `people/${id}/`, name, now })
	})
}

async function spareLastOwner(trx: Trx, { id, role }: Person): Promise<void> {
	if (role === 'owner' && !(await hasOtherOwner(trx, id))) throw new LastOwner()
}
