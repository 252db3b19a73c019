/** What the filter reads of a rendered response. */
export interface Read {
	/** Without markup and links' addresses. */
	text: string
	links: string[]
	hasQuote: boolean
	hasCode: boolean
}

/** More than this of a response isn't read. */
const LONGEST = 20_000
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' }
const INVISIBLE = /\p{Cf}/gu
const ADDRESS = /https?:\/\/\S+/gi

/** Reads safe HTML such as our own rendering makes. */
export function readHtml(html: string): Read {
	const source = html.slice(0, LONGEST)
	const text = decode(source.replace(/<[^<>]*>/g, (tag) => (/^<\/?(a|b|i|em|strong|code|del)\b/.test(tag) ? '' : '\n')))
	return {
		text: text.replace(INVISIBLE, '').replace(ADDRESS, ' ').trim(),
		links: [...source.matchAll(/<a href="([^"<>]*)"/g)].map((match) => decode(match[1]!)),
		hasQuote: source.includes('<blockquote'),
		hasCode: source.includes('<code'),
	}
}

function decode(html: string): string {
	return html.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => ENTITIES[name]!)
}

const LATIN = 'acekmhoptxybnur'
const CYRILLIC = 'асекмнортхувпиг'
const LOOKALIKES = new Map(zip(LATIN, CYRILLIC))
const LATIN_LOOKALIKES = new Map(zip(CYRILLIC, LATIN))

/** A folded word in one alphabet: letters that only look like those around them are put right; else undefined. */
export function unmask(word: string): string | undefined {
	const cyrillic = count(word, /\p{sc=Cyrillic}/gu)
	const latin = count(word, /\p{sc=Latin}/gu)
	if (cyrillic === 0 || latin === 0) return undefined
	const [foreign, table] = cyrillic >= latin ? [/\p{sc=Latin}/gu, LOOKALIKES] : [/\p{sc=Cyrillic}/gu, LATIN_LOOKALIKES]
	const isDisguise = [...word.matchAll(foreign)].every(([letter]) => table.has(letter))
	return isDisguise ? word.replace(foreign, (letter) => table.get(letter)!) : undefined
}

/** How many times a pattern is in a text. */
export function count(text: string, pattern: RegExp): number {
	return text.match(pattern)?.length ?? 0
}

function zip(from: string, to: string): [string, string][] {
	return [...from].map((letter, index) => [letter, to[index]!])
}
