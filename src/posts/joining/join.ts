import { audit } from '../../authors/audit-queries.ts'
import { placeResponses } from '../../comments/thread-queries.ts'
import type { Db, Trx } from '../../db/schema.ts'
import { bumpPosts } from '../../db/versions.ts'
import { inTurn, type Saving } from '../save.ts'
import { countRevisions, endPost, moveAll, nameSource, readBelongings, settleShared } from './move-queries.ts'
import { type Before, isBelow, listThreads, lockPosts, presentPost, readSide } from './queries.ts'
import { type Shared, together } from './sharing.ts'
import { inOrder, type Refusal, refusalOf, type Side, seenOf } from './sides.ts'

/** Posts are not what the author saw when the form was made. */
export class StalePosts extends Error {
	override name = 'StalePosts'
}

/** Two posts can't be one. */
export class Unjoinable extends Error {
	override name = 'Unjoinable'
	readonly refusal: Refusal
	constructor(refusal: Refusal) {
		super(refusal)
		this.refusal = refusal
	}
}

/** What an author has decided about two posts. */
export interface Joining {
	/** As `seenOf` gave it for both, in order. */
	seen: string
	/** The language of the text that the others were made from; '' when none was. */
	original: string
}

/**
 * Makes one post of two, in one transaction; gives the number that stays. Sent again, it has been done.
 * @throws StalePosts, Unjoinable
 */
export function joinPosts(saving: Saving, ids: [number, number], joining: Joining): Promise<number> {
	return inTurn(saving.db, async (trx) => {
		await lockPosts(trx, ids)
		const [a, b] = [await readSide(trx, ids[0]), await readSide(trx, ids[1])]
		if (!a || !b) return doneAlready(trx, ids)
		const refusal = refusalOf(a, b)
		if (refusal) throw new Unjoinable(refusal)
		const [kept, other] = inOrder(a, b)
		if (seenOf(kept, other) !== joining.seen) throw new StalePosts()
		await join(trx, saving, kept, other)
		const original = [...kept.translations, ...other.translations].find(({ locale }) => locale === joining.original)
		if (original) await nameSource(trx, kept.id, original)
		await note(trx, saving, kept, other)
		return kept.id
	})
}

/** What two posts will share, and where the pages among them will stand. */
export async function sharedBy(db: Db, kept: Side, other: Side): Promise<Shared> {
	const shared = together(kept.shared, other.shared)
	const isUnder = await isBelow(db, kept.id, other.id)
	const wouldLoop = !isUnder && shared.parent_id !== kept.shared.parent_id && (await isUnderItself(db, kept, shared))
	return { ...shared, parent_id: isUnder ? other.shared.parent_id : wouldLoop ? null : shared.parent_id }
}

async function isUnderItself(db: Db, kept: Side, { parent_id }: Shared): Promise<boolean> {
	return parent_id !== null && (parent_id === kept.id || (await isBelow(db, parent_id, kept.id)))
}

/** @throws StalePosts when they have not become one post */
async function doneAlready(trx: Trx, [a, b]: [number, number]): Promise<number> {
	const [first, second] = [await presentPost(trx, a), await presentPost(trx, b)]
	if (first === undefined || first !== second) throw new StalePosts()
	return first
}

async function join(trx: Trx, { now }: Saving, kept: Side, other: Side): Promise<void> {
	const way = { from: other.id, to: kept.id }
	const shared = await sharedBy(trx, kept, other)
	const before: Before = {
		kept: kept.shared,
		other: other.shared,
		both: shared,
		locales: other.translations.map(({ locale }) => locale),
		threads: (await listThreads(trx, other.id)).map(({ id }) => id),
		...(await readBelongings(trx, other.id)),
	}
	await moveAll(trx, way)
	await settleShared(trx, kept.id, shared)
	await endPost(trx, way, before, now)
	await placeResponses(trx, kept.id)
	await countRevisions(trx, kept.id)
}

async function note(trx: Trx, { authorId, now }: Saving, kept: Side, other: Side): Promise<void> {
	const texts = [...kept.translations, ...other.translations]
	const name = texts.map(({ title }) => title).join(' + ')
	if (authorId) await audit(trx, { authorId, action: 'post-joined', subject: `posts/${kept.id}/`, name, now })
	const locales = texts.map(({ locale }) => locale)
	await bumpPosts(trx, locales, [kept.id, other.id])
}
