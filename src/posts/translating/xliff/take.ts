import { hashOf } from '../memory.ts'
import { type ReadFile, Refused } from './read.ts'
import { type Exchange, readFileId, type Unit } from './units.ts'

/** What a file that came back holds. */
export interface Taken {
	title?: string
	excerpt?: string
	/** Paragraphs: hashes of the source's, and what each became, if the file says. */
	rows: { of: string; target?: string }[]
	/** What pictures show, by their number. */
	alts: Map<number, string>
}

/**
 * The translation in a file, if it is one of this post as it is now and in these languages, and whole.
 * @param units what would be sent now
 * @throws Refused
 */
export function take(file: ReadFile, exchange: Exchange, units: Unit[]): Taken {
	const sent = readFileId(file.id)
	if (sent?.post !== exchange.post) throw new Refused('post')
	const isSame = sent.source === exchange.source && sent.target === exchange.target
	if (!isSame || !speaks(file.source, exchange.source) || !speaks(file.target, exchange.target)) {
		throw new Refused('languages')
	}
	if (sent.digest !== exchange.digest) throw new Refused('changed')
	const came = new Map(file.units.map((unit) => [unit.id, unit]))
	const paragraphs = file.units.filter(({ id }) => /^p\d+$/.test(id))
	const isWhole =
		units.every(({ id }) => id.startsWith('p') || id.startsWith('alt-') || came.has(id)) &&
		letters(paragraphs) === letters(units.filter(({ id }) => /^p\d+$/.test(id)))
	if (!isWhole) throw new Refused('missing')
	const alts = file.units.flatMap(({ id, target }): [number, string][] => {
		const number = /^alt-(\d{1,9})$/.exec(id)?.[1]
		return number && target ? [[Number(number), target]] : []
	})
	return {
		title: came.get('title')?.target,
		excerpt: came.get('excerpt')?.target,
		rows: paragraphs.map(({ source, target }) => ({ of: hashOf(source), target })),
		alts: new Map(alts),
	}
}

/** Whether a language tag names a language: `en` and `en-GB` are both English. */
function speaks(tag: string, lang: string): boolean {
	return tag.toLowerCase() === lang.toLowerCase() || tag.toLowerCase().startsWith(`${lang.toLowerCase()}-`)
}

/** Paragraphs may have been parted otherwise when the file was made; what they say is the same. */
function letters(units: { source: string }[]): string {
	return units.map(({ source }) => source.replace(/\s+/g, '')).join('')
}
