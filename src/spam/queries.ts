import type { Comment, Db, Trx } from '../db/schema.ts'
import type { Counts } from './bayes.ts'

type As = 'spam' | 'ham'

/** Parameters of one statement. */
const MOST = 512

/** How often each of these tokens was learnt; '' stands for the texts. Those never met are missing. */
export async function readCounts(db: Db, tokens: string[]): Promise<Map<string, Counts>> {
	const counts = new Map<string, Counts>()
	for (const part of evenly(tokens)) {
		const rows = await db.selectFrom('filter_words').selectAll().where('word', 'in', part).execute()
		for (const { word, spam, ham } of rows) counts.set(word, { spam, ham })
	}
	return counts
}

/** Lets nobody else learn until the transaction ends. */
export async function lockCounts(trx: Trx): Promise<void> {
	await trx
		.insertInto('filter_words')
		.values({ word: '' })
		.onConflict((c) => c.column('word').doUpdateSet((eb) => ({ spam: eb.ref('filter_words.spam') })))
		.execute()
}

/** Counts tokens once more. */
export async function addCounts(trx: Trx, tokens: string[], as: As): Promise<void> {
	for (const part of inPowers(tokens)) {
		await trx
			.insertInto('filter_words')
			.values(part.map((word) => ({ word, [as]: 1 })))
			.onConflict((c) => c.column('word').doUpdateSet((eb) => ({ [as]: eb(`filter_words.${as}`, '+', 1) })))
			.execute()
	}
}

/** Takes back what `addCounts` did; words that are left with nothing go. */
export async function takeCounts(trx: Trx, tokens: string[], as: As): Promise<void> {
	for (const part of evenly(tokens)) {
		await trx
			.updateTable('filter_words')
			.set((eb) => ({ [as]: eb(as, '-', 1) }))
			.where('word', 'in', part)
			.where(as, '>', 0)
			.execute()
		await trx
			.deleteFrom('filter_words')
			.where('word', 'in', part)
			.where('word', '!=', '')
			.where('spam', '=', 0)
			.where('ham', '=', 0)
			.execute()
	}
}

/** A reader's response whole, to learn from. */
export async function findTaught(trx: Trx, id: number): Promise<Comment | undefined> {
	return trx.selectFrom('comments').selectAll().where('id', '=', id).where('author_id', 'is', null).executeTakeFirst()
}

/** Keeps as what a response was learnt. */
export async function setTrained(trx: Trx, id: number, trained: As | null): Promise<void> {
	await trx.updateTable('comments').set({ trained }).where('id', '=', id).execute()
}

/** The languages each of these posts is written in. */
export async function readLocales(db: Db, postIds: number[]): Promise<Map<number, Set<string>>> {
	const locales = new Map<number, Set<string>>()
	for (const part of evenly([...new Set(postIds)])) {
		const rows = await db
			.selectFrom('translations')
			.select(['post_id', 'locale'])
			.where('post_id', 'in', part)
			.execute()
		for (const { post_id, locale } of rows) {
			locales.set(post_id, (locales.get(post_id) ?? new Set()).add(locale))
		}
	}
	return locales
}

// Statements are kept by their text: lists grow by powers of two, so that there are few of them.
function* evenly<T>(list: T[]): Generator<T[]> {
	for (let start = 0; start < list.length; start += MOST) {
		const part = list.slice(start, start + MOST)
		const size = 2 ** Math.ceil(Math.log2(part.length))
		yield [...part, ...Array<T>(size - part.length).fill(part[0]!)]
	}
}

/** No row may come twice here. */
function* inPowers<T>(list: T[]): Generator<T[]> {
	for (let start = 0, size = MOST; start < list.length; start += size) {
		while (size > list.length - start) size /= 2
		yield list.slice(start, start + size)
	}
}
