import { between, pick } from './random.ts'
import { REPLIES, SENTENCES, TOPICS } from './words.ts'

export type Language = keyof typeof SENTENCES

const POST_WORDS = 600
const REPLY_WORDS = 30

/** The Markdown of a post of some 600 words on two topics, by their places in the list. */
export function postText(random: () => number, locale: Language, topics: number[]): string {
	const paragraphs: string[] = []
	for (let words = 0; words < POST_WORDS; words += wordsIn(paragraphs.at(-1)!)) {
		const sentences = Array.from({ length: between(random, 3, 6) }, () => {
			const topic = TOPICS[pick(random, topics)]![locale]
			return pick(random, SENTENCES[locale]).replace('*', topic)
		})
		paragraphs.push(sentences.join(' '))
	}
	const [first, ...rest] = paragraphs
	return [first, '<!--more-->', ...rest].join('\n\n')
}

/** A response of some 30 words. */
export function replyText(random: () => number, locale: Language): string {
	let text: string = pick(random, REPLIES[locale])
	while (wordsIn(text) < REPLY_WORDS) text += ` ${pick(random, REPLIES[locale])}`
	return text
}

function wordsIn(text: string): number {
	return text.split(' ').length
}
