import { tame } from '../../markdown/tame.ts'
import type { Block } from './flow.ts'

/** Characters on each side of a link. */
const SIDE = 100
/** A link's own text is cut above this. */
const LONGEST_LINK = 200
/** A block that says less than this beside its link tells too little: the one around it is taken. */
const TELLING = 40
/** A character may be made of several code units. */
const WINDOW = SIDE * 12

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** A link in a text, and the block that it stands in. */
export interface Linked {
	start: number
	end: number
	block: Block
}

/**
 * What is said around a link, cut at the ends of words, never inside a character.
 * @example '[…] On November 26 the first conference has been held. You can read about results here […]'
 */
export function excerptAround(text: string, link: Linked): string {
	const block = tellingBlock(link)
	const before = lastWords(text.slice(Math.max(block.start, link.start - WINDOW), link.start))
	const after = firstWords(text.slice(link.end, Math.min(block.end, link.end + WINDOW)), SIDE)
	const inside = firstWords(text.slice(link.start, link.end), LONGEST_LINK)
	return `[…] ${`${before}${inside}${after}`.replace(/\s+/g, ' ').trim()} […]`.replace('[…]  […]', '[…]')
}

/** The text of the block around a link, to tell its language from. */
export function blockText(text: string, link: Linked): string {
	const { start, end } = tellingBlock(link)
	return text.slice(Math.max(start, link.start - WINDOW), Math.min(end, link.end + WINDOW))
}

function tellingBlock({ start, end, block }: Linked): Block {
	let wide = block
	while (wide.parent && wide.end - wide.start - (end - start) < TELLING) wide = wide.parent
	return wide
}

function lastWords(text: string): string {
	const all = charactersOf(text)
	if (all.length <= SIDE) return all.join('')
	const last = all.slice(-SIDE)
	// Unless a word begins just there, the rest of the first one goes.
	const space = /\s/.test(all.at(-SIDE - 1)!) ? -1 : last.indexOf(' ')
	return last.slice(space + 1).join('')
}

function firstWords(text: string, most: number): string {
	const all = charactersOf(text)
	if (all.length <= most) return all.join('')
	const first = all.slice(0, most)
	const space = /\s/.test(all[most]!) ? most : first.lastIndexOf(' ')
	return first.slice(0, space > 0 ? space : most).join('')
}

function charactersOf(text: string): string[] {
	return [...graphemes.segment(tame(text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '')))].map(
		({ segment }) => segment,
	)
}
