import { databaseKind } from '../db/dialect.ts'
import type { Db, Translation } from '../db/schema.ts'
import { postgresIndex } from './postgres.ts'
import { parseQuery, type Term } from './query.ts'
import { sqliteIndex } from './sqlite.ts'
import { takeWords } from './words.ts'

/** A translation as an index takes it: folded words in order. */
export interface IndexedText {
	id: number
	locale: string
	title: string[]
	body: string[]
}

/** What is looked for: among translations in `locale` that anyone may read at the moment `now`. */
export interface Search {
	terms: Term[]
	locale: string
	now: number
}

/** The index of one database; each has its own table `search_index` (migrations/0002_search.ts). */
export interface SearchIndex {
	add(db: Db, texts: IndexedText[]): Promise<void>
	remove(db: Db, ids: number[]): Promise<void>
	find(db: Db, search: Search, offset: number, limit: number): Promise<{ id: number; total: number }[]>
	count(db: Db, search: Search): Promise<number>
	/** Translations of any state whose title has these words. */
	titled(db: Db, search: Omit<Search, 'now'>, limit: number): Promise<number[]>
	/** Which of these texts it knows: by their title, and by the end of their body. */
	holds(db: Db, texts: IndexedText[]): Promise<Set<number>>
	/** Ids of texts it has though they are gone, at most `limit`. */
	strays(db: Db, limit: number): Promise<number[]>
}

const BATCH = 100
const TITLE_BYTES = 10_000
const BODY_BYTES = 250_000

/**
 * Brings the index in step with the translations of these ids: changed ones anew, those that are gone out.
 * Call it in the transaction that saves them; drafts are indexed too, for a search checks who may be seen.
 */
export async function indexTranslations(db: Db, ids: number[]): Promise<void> {
	const index = indexOf(db)
	for (let start = 0; start < ids.length; start += BATCH) {
		const batch = ids.slice(start, start + BATCH)
		await index.remove(db, batch)
		const texts = await readTexts(db, batch)
		if (texts.length > 0) await index.add(db, texts)
	}
}

/** The ids of those among these translations that are not found by their own words. */
export async function indexIsBehind(db: Db, rows: Pick<Translation, 'id' | 'locale' | 'title' | 'text'>[]) {
	const texts = rows.map(indexed)
	const held = await indexOf(db).holds(db, texts)
	return texts.map(({ id }) => id).filter((id) => !held.has(id))
}

/** Ids of translations that the index has though they are gone, at most `limit`. */
export async function listStrays(db: Db, limit: number): Promise<number[]> {
	return indexOf(db).strays(db, limit)
}

async function readTexts(db: Db, ids: number[]): Promise<IndexedText[]> {
	const rows = await db
		.selectFrom('translations')
		.select(['id', 'locale', 'title', 'text'])
		.where('id', 'in', ids)
		.execute()
	return rows.map(indexed)
}

function indexed({ id, locale, title, text }: Pick<Translation, 'id' | 'locale' | 'title' | 'text'>): IndexedText {
	return { id, locale, title: takeWords(title, TITLE_BYTES), body: takeWords(text, BODY_BYTES) }
}

/** A page of matches: ids of translations, best first, and how many there are in all. */
export interface Matches {
	ids: number[]
	total: number
}

/**
 * Finds published posts and pages in `locale` that have all words of `query`, those with all of them in the title first.
 * @example await searchTranslations(db, { query: 'книгами', locale: 'ru', now: Date.now(), offset: 0, limit: 10 })
 */
export async function searchTranslations(
	db: Db,
	{ query, locale, now, offset, limit }: { query: string; locale: string; now: number; offset: number; limit: number },
): Promise<Matches> {
	const terms = parseQuery(query)
	if (terms.length === 0) return { ids: [], total: 0 }
	const search = { terms, locale, now }
	const rows = await indexOf(db).find(db, search, offset, limit)
	const total = rows[0]?.total ?? (offset > 0 ? await indexOf(db).count(db, search) : 0)
	return { ids: rows.map(({ id }) => id), total }
}

/** How many matches `query` has in `locale`, for a link to them from another language. */
export async function countMatchesIn(
	db: Db,
	{ query, locale, now }: { query: string; locale: string; now: number },
): Promise<number> {
	const terms = parseQuery(query)
	return terms.length === 0 ? 0 : indexOf(db).count(db, { terms, locale, now })
}

const MOST_TITLED = 1000

/** Translations in any state and any of these languages whose titles have all words of `query`: 1,000 of each at most. */
export async function listTitled(db: Db, query: string, locales: string[]): Promise<number[]> {
	const terms = parseQuery(query)
	if (terms.length === 0) return []
	const found: number[] = []
	for (const locale of locales) found.push(...(await indexOf(db).titled(db, { terms, locale }, MOST_TITLED)))
	return found
}

function indexOf(db: Db): SearchIndex {
	return databaseKind(db) === 'postgres' ? postgresIndex : sqliteIndex
}
