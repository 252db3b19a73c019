import type { ResponseStatus } from '../db/schema.ts'
import { askedQuery } from '../search/asked.ts'

/** The states of responses, those that wait first. */
export const STATES = ['held', 'approved', 'spam', 'trash'] as const

/** What a response may be: a kind, or a mention that only likes or passes on. */
export const SORTS = ['comment', 'webmention', 'pingback', 'trackback', 'like', 'repost'] as const
export type Sort = (typeof SORTS)[number]

/** Which responses are asked for. */
export interface Filters {
	state: ResponseStatus | 'all'
	lang?: string
	post?: number
	kind?: Sort
	/** Words of the text, the name, the e-mail, the site or the address; '' asks for none. */
	q: string
}

/** A page of the queue: the newest, those older than a response, or those newer. */
export interface Place extends Filters {
	before?: number
	after?: number
}

/** The place that a query names; what can't be understood is left out, and those that wait come first. */
export function readPlace(fields: URLSearchParams, languages: string[]): Place {
	const state = fields.get('state')
	return {
		state: state === 'all' ? 'all' : (STATES.find((one) => one === state) ?? 'held'),
		lang: languages.find((one) => one === fields.get('lang')),
		post: numberIn(fields, 'post'),
		kind: SORTS.find((one) => one === fields.get('kind')),
		q: askedQuery(fields),
		before: numberIn(fields, 'before'),
		after: numberIn(fields, 'after'),
	}
}

/** The place as a query: `state=spam&lang=ru`. */
export function placeQuery({ state, lang, post, kind, q, before, after }: Place): string {
	const all = { state, lang, post, kind, q: q || undefined, before, after }
	const named = Object.entries(all).filter(([, value]) => value !== undefined)
	return String(new URLSearchParams(named.map(([name, value]) => [name, String(value)])))
}

/** `/admin/responses/?state=spam&lang=ru` */
export function placePath(place: Place): string {
	return `/admin/responses/?${placeQuery(place)}`
}

/** The same filters with others among them, from the first page on. */
export function filtered({ before: _, after: __, ...filters }: Place, changes: Partial<Filters> = {}): Place {
	return { ...filters, ...changes }
}

function numberIn(fields: URLSearchParams, name: string): number | undefined {
	const text = fields.get(name) ?? ''
	return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}
