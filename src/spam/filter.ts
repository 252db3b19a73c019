import type { Reason } from '../comments/decide.ts'
import type { Comment, Db, Trx } from '../db/schema.ts'
import { type Clue, type Counts, probabilityOf, scoreOf, tellingClues } from './bayes.ts'
import { addCounts, findTaught, lockCounts, readCounts, readLocales, setTrained, takeCounts } from './queries.ts'
import { seedCounts } from './seed.ts'
import { type Sample, tokensOf } from './tokens.ts'

/** What the filter looks at; a row of the table, or one that is to be stored. */
export type Judged = Pick<Comment, 'post_id' | 'parent_id' | 'kind' | 'name' | 'email' | 'url' | 'html' | 'locale'>

/** What the filter says. */
export interface Judgement {
	/** 0 (certainly a person's) to 1 (certainly spam). */
	score: number
	verdict: 'ham' | 'unsure' | 'spam'
	/** The words that told most. */
	words: string[]
}

/** From here on a response is looked at by the author, and from here on it is spam: no real one may be lost. */
const UNSURE = 0.5
const SURE = 0.99
const MOST_WORDS = 5

/** What the filter says of a response, by its seed and what it has learnt; changes nothing. */
export async function judge(db: Db, response: Judged): Promise<Judgement> {
	const [judgement] = await judgeAll(db, [response])
	return judgement!
}

/** What the filter says of each of these, with few queries for all of them. */
export async function judgeAll(db: Db, responses: Judged[]): Promise<Judgement[]> {
	const locales = await readLocales(
		db,
		responses.map(({ post_id }) => post_id),
	)
	const tokens = responses.map((response) => tokensOf(sampleOf(response, locales)))
	const learnt = await readCounts(db, [...new Set(['', ...tokens.flatMap((list) => [...list.keys()])])])
	return tokens.map((list) => judgeTokens(list, learnt))
}

/** What follows from tokens (with what they show people) and from what was learnt of them. */
export function judgeTokens(tokens: Map<string, string>, learnt: Map<string, Counts>): Judgement {
	const seed = seedCounts()
	const texts = added(seed.texts, learnt.get(''))
	const clues = tellingClues(
		[...tokens.keys()].map((token) => ({
			token,
			probability: probabilityOf(added(seed.tokens.get(token), learnt.get(token)), texts),
		})),
	)
	const score = scoreOf(clues)
	return {
		score,
		verdict: score >= SURE ? 'spam' : score >= UNSURE ? 'unsure' : 'ham',
		words: shown(clues, tokens, score),
	}
}

/** The reason that the local filter gives: its score and the words that told most. */
export function filterReason({ score, words }: Judgement): Reason {
	return { rule: 'filter', detail: [`${Math.floor(score * 100)} %`, ...words].join(' · ') }
}

/** Learns a response as what the author says it is, instead of what it was learnt as before. */
export async function learn(trx: Trx, { id }: { id: number }, as: 'spam' | 'ham'): Promise<void> {
	await relearn(trx, id, as)
}

/** Forgets what was learnt from a response. */
export async function unlearn(trx: Trx, { id }: { id: number }): Promise<void> {
	await relearn(trx, id, null)
}

/** Learns a response as one or the other, or as neither, instead of what it was learnt as before. */
export async function relearn(trx: Trx, id: number, as: 'spam' | 'ham' | null): Promise<void> {
	await lockCounts(trx)
	const response = await findTaught(trx, id)
	if (!response || response.trained === as) return
	const tokens = ['', ...tokensOf(sampleOf(response, await readLocales(trx, [response.post_id]))).keys()]
	if (response.trained) await takeCounts(trx, tokens, response.trained)
	if (as) await addCounts(trx, tokens, as)
	await setTrained(trx, id, as)
}

function sampleOf(response: Judged, locales: Map<number, Set<string>>): Sample {
	const written = locales.get(response.post_id)
	return {
		...response,
		isReply: response.parent_id !== null,
		isForeign: written !== undefined && !written.has(response.locale),
	}
}

function added(one: Counts | undefined, other: Counts | undefined): Counts {
	return { spam: (one?.spam ?? 0) + (other?.spam ?? 0), ham: (one?.ham ?? 0) + (other?.ham ?? 0) }
}

function shown(clues: Clue[], tokens: Map<string, string>, score: number): string[] {
	const agreeing = clues.filter(({ probability }) => probability > 0.5 === score >= UNSURE)
	const words = agreeing.map(({ token }) => tokens.get(token)!).filter((word) => word !== '')
	return [...new Set(words)].slice(0, MOST_WORDS)
}
