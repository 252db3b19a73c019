import type { PostKind, Time } from '../../db/schema.ts'

/** A post that lacks a language, as far as its likeness to others is asked about. */
export interface Head {
	id: number
	kind: PostKind
	author_id: number | null
	locales: string[]
	titles: string[]
	/** When it appeared first. */
	time: Time
	/** `2010-11-26`, by the blog's clock. */
	day: string
}

/** A text of one post that links to another one; `of` is to how many posts of the blog it links. */
export interface LinkClue {
	from: number
	to: number
	of: number
}

/** Pictures that two posts show, `rare` of them shown by no other post. */
export interface PictureClue {
	a: number
	b: number
	rare: number
	common: number
}

export interface Clues {
	links: LinkClue[]
	pictures: PictureClue[]
}

/** Why two posts seem to be one in two languages. */
export type PairReason =
	| { kind: 'link'; from: number; to: number }
	| { kind: 'mutual' }
	| { kind: 'pictures'; count: number }
	| { kind: 'day' }
	| { kind: 'days'; count: number }
	| { kind: 'names'; names: string[] }

/** Two posts that may be one, the older number first. */
export interface Pair {
	a: Head
	b: Head
	/** Of 100 and more. */
	score: number
	/** The strongest first. */
	reasons: PairReason[]
}

const DAY = 24 * 60 * 60 * 1000
/** Posts further apart are likened only when something else speaks for them. */
const WINDOW = 7
/** Of the posts next to one in time: an import may have given thousands the same day. */
const NEIGHBOURS = 40
/** What a pair must have to be told of. */
const LEAST = 30
/** A text that links to more posts is a list of them. */
const FEW_LINKS = 3
/** A name that more posts have in their titles is a subject of the blog. */
const MOST_NAMED = 10

/** How sure a pair is. */
export type Likelihood = 'sure' | 'likely' | 'possible'

/** What a score means in words. */
export function likelihoodOf({ score }: Pick<Pair, 'score'>): Likelihood {
	if (score >= 70) return 'sure'
	return score >= 45 ? 'likely' : 'possible'
}

/**
 * Posts that may be translations of each other, the most likely first: neighbours in time, and those that link to each
 * other or show the same pictures, whenever they appeared.
 */
export function scorePairs(heads: Head[], clues: Clues): Pair[] {
	const byId = new Map(heads.map((head) => [head.id, head]))
	const known = gather(clues, byId)
	const names = tellingNames(heads)
	const pairs: Pair[] = []
	const weigh = (a: Head, b: Head, clue?: Known) => {
		if (a.kind !== b.kind || a.locales.some((locale) => b.locales.includes(locale))) return
		const [first, second] = a.id < b.id ? [a, b] : [b, a]
		const pair = weighed(first, second, clue, common(names.get(a.id)!, names.get(b.id)!))
		if (pair.score >= LEAST) pairs.push(pair)
	}
	for (const clue of known.values()) weigh(clue.a, clue.b, clue)
	for (const [a, b] of neighbours(heads)) if (!known.has(keyOf(a.id, b.id))) weigh(a, b)
	return pairs.sort((x, y) => y.score - x.score || gap(x.a, x.b) - gap(y.a, y.b) || x.a.id - y.a.id || x.b.id - y.b.id)
}

/** Each post once, in its most likely pair. */
export function eachOnce(pairs: Pair[]): Pair[] {
	const taken = new Set<number>()
	return pairs.filter(({ a, b }) => {
		if (taken.has(a.id) || taken.has(b.id)) return false
		taken.add(a.id).add(b.id)
		return true
	})
}

interface Known {
	a: Head
	b: Head
	links: LinkClue[]
	pictures?: PictureClue
}

function gather({ links, pictures }: Clues, byId: Map<number, Head>): Map<number, Known> {
	const known = new Map<number, Known>()
	const of = (one: number, other: number) => {
		const [a, b] = [byId.get(one), byId.get(other)]
		if (!a || !b || a === b) return undefined
		const there = known.get(keyOf(one, other)) ?? { a, b, links: [] }
		known.set(keyOf(one, other), there)
		return there
	}
	for (const link of links) of(link.from, link.to)?.links.push(link)
	for (const clue of pictures) Object.assign(of(clue.a, clue.b) ?? {}, { pictures: clue })
	return known
}

function* neighbours(heads: Head[]): Generator<[Head, Head]> {
	const inTime = heads.toSorted((a, b) => a.time - b.time || a.id - b.id)
	for (const [at, head] of inTime.entries()) {
		for (let next = at + 1; next <= at + NEIGHBOURS && next < inTime.length; next++) {
			const other = inTime[next]!
			if (other.time - head.time > WINDOW * DAY) break
			yield [head, other]
		}
	}
}

/** The names in each post's titles, without those that many posts have: they tell nothing. */
function tellingNames(heads: Head[]): Map<number, Set<string>> {
	const all = new Map(heads.map((head) => [head.id, namesIn(head.titles)]))
	const counts = new Map<string, number>()
	for (const names of all.values()) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
	for (const names of all.values()) for (const name of names) if (counts.get(name)! > MOST_NAMED) names.delete(name)
	return all
}

function common(a: Set<string>, b: Set<string>): string[] {
	return a.size === 0 || b.size === 0 ? [] : [...a.intersection(b)]
}

function weighed(a: Head, b: Head, known: Known | undefined, names: string[]): Pair {
	const found = [
		...linkReasons(known?.links ?? []),
		pictureReason(known?.pictures),
		dateReason(a, b),
		nameReason(names),
	]
	const reasons = found.filter((one) => one !== undefined).sort((x, y) => y.weight - x.weight)
	return {
		...{ a, b },
		score: reasons.reduce((sum, { weight }) => sum + weight, 0),
		reasons: reasons.map(({ reason }) => reason),
	}
}

interface Weighed {
	weight: number
	reason: PairReason
}

function linkReasons(links: LinkClue[]): Weighed[] {
	const [first] = links
	if (!first) return []
	const isMutual = links.some(({ from }) => from !== first.from)
	const weight = Math.min(...links.map(({ of }) => of)) <= FEW_LINKS ? 50 : 20
	if (isMutual) return [{ weight: weight + 20, reason: { kind: 'mutual' } }]
	return [{ weight, reason: { kind: 'link', from: first.from, to: first.to } }]
}

function pictureReason(clue: PictureClue | undefined): Weighed | undefined {
	if (!clue) return undefined
	const weight = clue.rare > 0 ? Math.min(55, 35 + 10 * (clue.rare - 1)) : 10
	return { weight, reason: { kind: 'pictures', count: clue.rare || clue.common } }
}

function dateReason(a: Head, b: Head): Weighed | undefined {
	if (a.day === b.day) return { weight: 30, reason: { kind: 'day' } }
	const count = Math.round(Math.abs(Date.parse(a.day) - Date.parse(b.day)) / DAY)
	if (count > WINDOW) return undefined
	return { weight: count <= 2 ? 22 : 12, reason: { kind: 'days', count } }
}

function nameReason(names: string[]): Weighed | undefined {
	return names.length > 0 ? { weight: Math.min(25, 10 * names.length), reason: { kind: 'names', names } } : undefined
}

/** Words that are the same in every language: with a digit in them, or names in Latin letters (`eGov`, `GovLoop`). */
export function namesIn(titles: string[]): Set<string> {
	const words = titles.flatMap((title) => title.toLowerCase().match(/[\p{L}\p{N}]+(?:[.'’-][\p{L}\p{N}]+)*/gu) ?? [])
	return new Set(words.filter((word) => /\d/.test(word) || /^[a-z][a-z'’.-]{2,}$/.test(word)))
}

function gap(a: Head, b: Head): number {
	return Math.abs(a.time - b.time)
}

function keyOf(a: number, b: number): number {
	return Math.min(a, b) * 2 ** 31 + Math.max(a, b)
}
