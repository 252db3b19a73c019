import { audit } from '../../authors/audit-queries.ts'
import type { Trx } from '../../db/schema.ts'
import { bumpPosts } from '../../db/versions.ts'
import { inTurn, type Saving } from '../save.ts'
import { StalePosts } from './join.ts'
import {
	beginPost,
	countRevisions,
	freeKeys,
	moveChildren,
	moveImports,
	moveNumbers,
	moveTexts,
	moveThreads,
	moveUnanswered,
	settleShared,
} from './move-queries.ts'
import { type Joined, listJoined, listThreads, lockPosts, readSide } from './queries.ts'
import { apart } from './sharing.ts'
import { type Side, seenOf } from './sides.ts'
import { leavingThreads, type Origin, type Parting } from './threads.ts'

/** What an author has decided about a post that is to be two. */
export interface Splitting {
	/** As `seenOf` gave it. */
	seen: string
	/** The languages that leave. */
	locales: string[]
	parting: Parting
}

/**
 * Makes two posts of one, in one transaction; gives the number of the one that is new, or of the post itself when the
 * languages have left it already. Posts that were joined get back what they had. @throws StalePosts
 */
export function splitPost(saving: Saving, id: number, splitting: Splitting): Promise<number> {
	return inTurn(saving.db, async (trx) => {
		await lockPosts(trx, [id])
		const side = await readSide(trx, id)
		if (!side) throw new StalePosts()
		const { leaving, staying } = parts(side, splitting.locales)
		if (leaving.length === 0) return id
		if (staying.length === 0 || seenOf(side) !== splitting.seen) throw new StalePosts()
		const to = await split(trx, side, splitting)
		await note(trx, saving, side, to)
		return to
	})
}

/** Which part of a post gets which number: one that was joined gets its own back, whichever of the two is said to leave. */
export function plannedSplit(
	side: Side,
	joined: Joined[],
	{ locales, parting }: Pick<Splitting, 'locales' | 'parting'>,
) {
	const { leaving, staying } = parts(side, locales)
	const [wish, rest] = [leaving, staying].map(localesOf) as [string[], string[]]
	const own = joined.find(({ before }) => isSame(here(side, before.locales), wish))
	const inverse = own ? undefined : joined.find(({ before }) => isSame(here(side, before.locales), rest))
	if (!inverse) return { moved: wish, joined: own, parting }
	const turned: Record<Parting, Parting> = { apart: 'apart', stay: 'leave', leave: 'stay' }
	return { moved: rest, joined: inverse, parting: turned[parting] }
}

/** What is known of the threads from before the posts were joined. */
export function originOf(joined: Joined | undefined): Origin | undefined {
	return joined && { threads: joined.before.threads, joinedAt: joined.joinedAt }
}

async function split(trx: Trx, side: Side, splitting: Splitting): Promise<number> {
	const all = await listJoined(trx, side.id)
	const { moved, joined, parting } = plannedSplit(side, all, splitting)
	const texts = side.translations.filter(({ locale }) => moved.includes(locale))
	const { kept, other } = apart(side.shared, joined?.before)
	const to = await beginPost(trx, side, other, joined)
	const way = { from: side.id, to }
	await moveTexts(trx, way, texts)
	const leaving = leavingThreads(await listThreads(trx, side.id), { locales: moved, parting, origin: originOf(joined) })
	await moveThreads(
		trx,
		way,
		leaving.map(({ root }) => root),
	)
	await moveUnanswered(trx, way, (target) => moved.includes(languageIn(target)))
	await freeKeys(trx, side.id)
	await freeKeys(trx, to)
	const guids = texts.map(({ guid }) => guid)
	await moveImports(trx, way, { guids, imports: joined?.before.imports ?? [] })
	await moveChildren(trx, way, joined?.before.children ?? [])
	await moveNumbers(trx, way, numbersOf(all, joined, moved))
	await settleShared(trx, side.id, kept)
	await countRevisions(trx, side.id)
	await countRevisions(trx, to)
	return to
}

function parts({ translations }: Side, locales: string[]) {
	const leaving = translations.filter(({ locale }) => locales.includes(locale))
	return { leaving, staying: translations.filter((text) => !leaving.includes(text)) }
}

/** Other posts that are part of what moves, by the languages they came with. */
function numbersOf(all: Joined[], joined: Joined | undefined, moved: string[]): number[] {
	const others = all.filter((one) => one !== joined && one.before.locales.every((locale) => moved.includes(locale)))
	return others.map(({ number }) => number)
}

function here({ translations }: Side, locales: string[]): string[] {
	return localesOf(translations.filter(({ locale }) => locales.includes(locale)))
}

function localesOf(translations: Pick<Side['translations'][number], 'locale'>[]): string[] {
	return translations.map(({ locale }) => locale)
}

function isSame(a: string[], b: string[]): boolean {
	return String(a.toSorted()) === String(b.toSorted())
}

function languageIn(target: string): string {
	return URL.parse(target)?.pathname.split('/')[1] ?? ''
}

async function note(trx: Trx, { authorId, now }: Saving, side: Side, to: number): Promise<void> {
	const locales = localesOf(side.translations)
	const name = side.translations.map(({ title }) => title).join(' + ')
	if (authorId) await audit(trx, { authorId, action: 'post-split', subject: `posts/${side.id}/`, name, now })
	await bumpPosts(trx, locales, [side.id, to])
}
