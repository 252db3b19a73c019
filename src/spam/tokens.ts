import type { ResponseKind } from '../db/schema.ts'
import { stem } from '../search/stem.ts'
import { readWords } from '../search/words.ts'
import { count, type Read, readHtml, unmask } from './text.ts'
import { hostOf, hostTokens, isNamesake, mailTokens, nameShape, siteTokens } from './writer.ts'

/** A response as the filter sees it. */
export interface Sample {
	kind: ResponseKind
	name: string
	email: string
	url: string
	/** The rendered text. */
	html: string
	/** The language of the text, for its stems. */
	locale: string
	/** Answers another response: those who advertise seldom do. */
	isReply: boolean
	/** Its language is none of those its post is written in. */
	isForeign: boolean
}

const MOST = 1500

/** What the filter counts of a response, each once, and how to show it to people ('' for what isn't a word). */
export function tokensOf(sample: Sample): Map<string, string> {
	const read = readHtml(sample.html)
	const tokens = new Map<string, string>()
	for (const token of shapeTokens(sample, read)) tokens.set(token, '')
	for (const { form } of readWords(sample.name)) tokens.set(`name:${form}`, form)
	for (const link of read.links.slice(0, 20)) {
		for (const token of linkTokens(link)) tokens.set(token, token.startsWith('host:') ? token.slice(5) : '')
	}
	for (const [token, shown] of wordTokens(read.text, sample.locale)) {
		if (tokens.size >= MOST) break
		tokens.set(token, shown)
	}
	return tokens
}

function* wordTokens(text: string, locale: string): Generator<[string, string]> {
	for (const sentence of text.split(/[.!?…\n]+/)) {
		let before = ''
		for (const { form } of readWords(sentence)) {
			const open = unmask(form)
			if (open) yield ['masked', '']
			const word = wordOf(open ?? form, locale)
			yield [`word:${word}`, open ?? form]
			if (before) yield [`pair:${before} ${word}`, '']
			before = word
		}
	}
}

function wordOf(form: string, locale: string): string {
	if (/^\d+$/.test(form)) return `#${form.length}`
	return form.length > 30 ? 'long' : stem(form, locale)
}

function linkTokens(link: string): string[] {
	const url = URL.parse(link)
	if (!url) return []
	return url.protocol === 'mailto:' ? ['link:mail'] : hostTokens(hostOf(url))
}

function shapeTokens(sample: Sample, read: Read): string[] {
	const { text, links } = read
	// The name of a mention is a title, its site the page that mentions.
	const isMention = sample.kind !== 'comment'
	const shape = isMention ? 'mention' : nameShape(sample.name)
	const site = isMention ? ['site:mention', ...linkTokens(sample.url)] : siteTokens(sample.url)
	const length = `length:${bucket(text.split(/\s+/).length)}`
	const linked = `links:${links.length > 5 ? 'many' : links.length > 2 ? 'some' : links.length}`
	const isQuestion = /[?]/.test(text) ? 'question' : 'statement'
	return [
		`named:${shape}`,
		...site,
		...mailTokens(sample.email, sample.name, sample.url),
		length,
		linked,
		isQuestion,
		// Together they tell more than each alone: a phrase for a name, a shop for a site, a few kind words.
		`${shape} ${isMention ? '' : (site[1] ?? site[0])}`,
		`${shape} ${linked}`,
		`${length} ${site[0]}`,
		`${length} ${linked}`,
		sample.isReply ? 'reply' : 'top',
		...(sample.isForeign ? ['foreign', `foreign ${site[0]}`] : []),
		...(!isMention && isNamesake(sample.name, sample.url) ? [`namesake:${shape}`] : []),
		...(read.hasQuote ? ['quote'] : []),
		...(read.hasCode ? ['code'] : []),
		...signTokens(text),
	]
}

const SIGNS: [string, RegExp][] = [
	['exclamations', /!\s*!/],
	['space before sign', /\p{L} [!?,.](?:\s|$)/u],
	['capitals', /(?:\p{Lu}{4,}[\s,.!]+){3}/u],
	['money', /[$€£₽₴]\s?\d|\d\s?(?:[$€£₽₴]|руб|usd|eur)/iu],
	['phone', /(?:\+\d|\b8)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d\d[\s-]*\d\d/],
	['messenger', /(?:^|\s)@\w{5,}|t\.me\/|wa\.me\/|telegram|whats\s?app|телеграм|в личку/iu],
	['percent', /\d\s?%/],
	['bbcode', /\[(?:url|link|b)[=\]]/i],
	['typed html', /<(?:a|img|h\d|iframe|script)[\s>]/i],
	['bare domain', /(?<![@\w.])[\w-]{1,60}\.(?:com|ru|net|org|info|biz|shop|store|xyz|online|site|top|club|pro)\b/i],
	['emoji', /\p{Extended_Pictographic}/u],
	['smile', /[:;]-?[)D(]|\){2,}|(?<![(\p{L}\d)])\)|\p{L}\)/u],
	['brackets', /\([^)]{5,200}\)/],
	['dash', / [—–-] /],
]

function signTokens(text: string): string[] {
	const signs = SIGNS.filter(([, pattern]) => pattern.test(text)).map(([name]) => name)
	const hasCapital = /^\s*[\p{Lu}\d"«]/u.test(text)
	if (!hasCapital) signs.push('small beginning')
	if (count(text, /\p{L}/gu) === 0) signs.push('no letters')
	return signs.map((sign) => `sign:${sign}`)
}

/** 0, 1, 2 … by doubling: 1–4 words, 5–8, 9–16 … */
function bucket(words: number): number {
	return Math.max(0, Math.min(8, Math.ceil(Math.log2(words)) - 2))
}
