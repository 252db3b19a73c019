import { mf2 } from 'microformats-parser'
import type { MentionType } from '../../db/schema.ts'
import { clean } from './title.ts'

type Item = ReturnType<typeof mf2>['items'][number]
type Property = Item['properties'][string][number]

/** Who wrote a page. */
export interface Person {
	name: string
	url: string
	photo: string
}

/** What microformats tell of a page's entry. */
export interface Entry {
	/** The addresses it is about, and in which way. */
	about: { type: MentionType; url: string }[]
	/** '' when its text has no title of its own. */
	name: string
	/** Foreign HTML. */
	html: string
	text: string
	summary: string
	published: string
	author?: Person
}

/** What a property of an entry makes of the address in it; what tells more comes first. */
const TYPES: [string, MentionType][] = [
	['in-reply-to', 'reply'],
	['repost-of', 'repost'],
	['like-of', 'like'],
	['bookmark-of', 'bookmark'],
	['translation-of', 'translation'],
]
const ENTRIES = /^h-(entry|event|review|recipe|resume|product|cite)$/
const DEEPEST = 4

/** Whether there is anything to parse: most pages have none. */
export function mayHaveEntry(html: string): boolean {
	return /\bh-(entry|event|review|recipe|resume|product|cite|card|feed)\b/.test(html)
}

/**
 * The entry of a page that is about one of the addresses, else its only one.
 * The page must have been parsed before, so that its nesting is known to be bounded.
 */
export function readEntry(html: string, baseUrl: string, isWanted: (url: string) => boolean): Entry | undefined {
	const { items } = mf2(html, { baseUrl })
	const all = flatten(items)
	const entries = all.filter(({ type }) => type?.some((name) => ENTRIES.test(name)))
	const entry = entries.find((one) => aboutOf(one).some(({ url }) => isWanted(url))) ?? theOnly(items)
	const cards = all.filter(({ type }) => type?.includes('h-card'))
	if (!entry) return cards[0] ? { ...NOTHING, author: personOf(cards[0]) } : undefined
	const content = textAndHtml(entry.properties.content?.[0])
	return {
		about: aboutOf(entry).filter(({ url }) => isWanted(url)),
		name: nameOf(entry, content.text),
		...content,
		summary: clean(stringOf(entry.properties.summary?.[0])),
		published: stringOf(entry.properties.published?.[0]),
		author: authorOf(entry, cards),
	}
}

const NOTHING: Entry = { about: [], name: '', html: '', text: '', summary: '', published: '' }

function flatten(items: Item[], depth = 0): Item[] {
	if (depth === DEEPEST) return []
	return items.flatMap((item) => [item, ...flatten(item.children ?? [], depth + 1)])
}

function theOnly(items: Item[]): Item | undefined {
	const entries = flatten(items, DEEPEST - 1).filter(({ type }) => type?.some((name) => ENTRIES.test(name)))
	return entries.length === 1 ? entries[0] : undefined
}

function aboutOf({ properties }: Item): Entry['about'] {
	return TYPES.flatMap(([name, type]) =>
		(properties[name] ?? []).flatMap((property) => urlsOf(property).map((url) => ({ type, url }))),
	)
}

/** An h-cite names its page by its own addresses. */
function urlsOf(property: Property): string[] {
	if (typeof property === 'string') return [property]
	const inner = 'properties' in property ? (property.properties.url ?? []).map(stringOf) : []
	return inner.length > 0 ? inner : [stringOf(property)]
}

function stringOf(property: Property | undefined): string {
	if (property === undefined) return ''
	if (typeof property === 'string') return property
	return 'value' in property && property.value !== undefined ? stringOf(property.value) : ''
}

function textAndHtml(property: Property | undefined): { text: string; html: string } {
	const html = typeof property === 'object' && 'html' in property ? property.html : ''
	return { text: clean(stringOf(property)), html }
}

/** Notes have none: parsers then take their whole text for it. */
function nameOf({ properties }: Item, text: string): string {
	const name = clean(stringOf(properties.name?.[0]))
	return name.length > 200 || (text !== '' && (text.startsWith(name) || name.startsWith(text))) ? '' : name
}

function authorOf({ properties }: Item, cards: Item[]): Person | undefined {
	const [author] = properties.author ?? []
	if (author === undefined) return cards[0] && personOf(cards[0])
	if (typeof author === 'object' && 'properties' in author) return personOf(author)
	const text = clean(stringOf(author))
	const card = cards.find(({ properties }) => (properties.url ?? []).some((url) => stringOf(url) === text))
	if (card) return personOf(card)
	return /^https?:/.test(text) ? { name: '', url: text, photo: '' } : { name: text, url: '', photo: '' }
}

function personOf({ properties, value }: Item): Person {
	const name = clean(stringOf(properties.name?.[0])) || clean(stringOf(value as Property | undefined))
	return {
		name: /^https?:/.test(name) ? '' : name,
		url: stringOf(properties.url?.[0]),
		photo: stringOf(properties.photo?.[0]) || stringOf(properties.logo?.[0]),
	}
}
