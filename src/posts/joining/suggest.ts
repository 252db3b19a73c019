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
	const names = new Map(heads.map((head) => [head.id, namesIn(head.titles)]))
	const pairs = [...new Set([...known.keys(), ...neighbours(heads)])].flatMap((key) => {
		const [a, b] = key.split(' ').map((id) => byId.get(Number(id))!) as [Head, Head]
		if (a.kind !== b.kind || a.locales.some((locale) => b.locales.includes(locale))) return []
		const shared = [...names.get(a.id)!].filter((name) => names.get(b.id)!.has(name))
		const pair = weigh(a, b, known.get(key), shared)
		return pair.score >= LEAST ? [pair] : []
	})
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
	links: LinkClue[]
	pictures?: PictureClue
}

function gather({ links, pictures }: Clues, byId: Map<number, Head>): Map<string, Known> {
	const known = new Map<string, Known>()
	const of = (a: number, b: number) => {
		const key = keyOf(a, b)
		const there = known.get(key) ?? { links: [] }
		known.set(key, there)
		return there
	}
	const isThere = (a: number, b: number) => a !== b && byId.has(a) && byId.has(b)
	for (const link of links) if (isThere(link.from, link.to)) of(link.from, link.to).links.push(link)
	for (const one of pictures) if (isThere(one.a, one.b)) of(one.a, one.b).pictures = one
	return known
}

function* neighbours(heads: Head[]): Generator<string> {
	const inTime = heads.toSorted((a, b) => a.time - b.time || a.id - b.id)
	for (const [at, head] of inTime.entries()) {
		for (const other of inTime.slice(at + 1, at + 1 + NEIGHBOURS)) {
			if (other.time - head.time > WINDOW * DAY) break
			yield keyOf(head.id, other.id)
		}
	}
}

function weigh(a: Head, b: Head, known: Known | undefined, names: string[]): Pair {
	const found = [
		...linkReasons(known?.links ?? []),
		pictureReason(known?.pictures),
		dateReason(a, b),
		nameReason(names),
	]
	const weighed = found.filter((one) => one !== undefined).sort((x, y) => y.weight - x.weight)
	return {
		...{ a, b },
		score: weighed.reduce((sum, { weight }) => sum + weight, 0),
		reasons: weighed.map(({ reason }) => reason),
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

function keyOf(a: number, b: number): string {
	return a < b ? `${a} ${b}` : `${b} ${a}`
}
