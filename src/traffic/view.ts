import type { IncomingMessage } from 'node:http'
import { LRUCache } from 'lru-cache'

/** A page or a feed that was sent to somebody. */
export interface View {
	/** Without its query. */
	path: string
	/** Where the reader says they came from. */
	referrer?: string
	userAgent?: string
	/** The reader doesn't want to be counted. */
	dnt: boolean
	ip: string
}

/** What of a view is counted. */
export interface Counted {
	kind: 'view' | 'feed'
	/** Of the page, as people read it; the host alone for where the reader came from. */
	path: string
	referrer?: string
	/** What a service that reads for many says of itself: its name and for how many. */
	service?: { name: string; subscribers: number }
}

/** Programs that aren't people reading; feed readers are told apart by what they ask for. */
const ROBOTS =
	/bot|crawl|spider|slurp|scrap|fetch|monitor|preview|headless|lighthouse|pingdom|uptime|archiv|validator|facebookexternalhit|embedly|whatsapp|telegram|curl|wget|python|java\/|okhttp|go-http|node|undici|axios|perl|ruby|php|libwww|http-?client|feed|rss/i
/** Most readers come with the same few names, and looking through one takes longer than all else that is counted. */
const robots = new LRUCache<string, boolean>({ max: 500, memoMethod: (userAgent) => ROBOTS.test(userAgent) })
const SUBSCRIBERS = /\b(\d{1,7}) (?:subscriber|reader|user)s?\b/i
const FEEDS = ['/feed/', '/feed/atom/', '/feed/json/']
/** Addresses that are nobody's business, and those that are asked for by machines; behind the language. */
const PRIVATE = ['/subscriptions/', '/search/']

/** What is to be counted of a view of a public page, if anything. */
export function countedOf(view: View, { languages, siteUrl }: { languages: string[]; siteUrl: string }) {
	const { userAgent = '', dnt } = view
	const path = readable(view.path)
	if (dnt || userAgent === '' || !path?.endsWith('/')) return undefined
	const end = path.indexOf('/', 1)
	if (PRIVATE.some((part) => path.startsWith(part, end))) return undefined
	if (FEEDS.some((part) => path.endsWith(part))) return feedOf(path, userAgent)
	const isPage = languages.includes(path.slice(1, end))
	return isPage && !robots.memo(userAgent.slice(0, 500)) ? pageOf(path, view.referrer, siteUrl) : undefined
}

/** One address has many spellings. */
function readable(path: string): string | undefined {
	if (!path.includes('%')) return path
	try {
		return decodeURI(path)
	} catch {
		return undefined
	}
}

function pageOf(path: string, referrer: string | undefined, siteUrl: string): Counted {
	const from = referrer ? URL.parse(referrer) : null
	const isElsewhere = from && /^https?:$/.test(from.protocol) && from.origin !== siteUrl
	return { kind: 'view', path, referrer: isElsewhere ? from.hostname.replace(/^www\./, '') : undefined }
}

function feedOf(path: string, userAgent: string): Counted {
	const subscribers = Number(SUBSCRIBERS.exec(userAgent)?.[1] ?? 0)
	const name = /^[^/;(]{1,40}/.exec(userAgent)?.[0].trim() ?? ''
	return { kind: 'feed', path, service: subscribers > 0 ? { name, subscribers } : undefined }
}

/** A request as a view; the hops that `trustProxy` names are believed. */
export function viewOf({ url = '', headers, socket }: IncomingMessage, trustProxy: number): View {
	const end = url.indexOf('?')
	return {
		path: end < 0 ? url : url.slice(0, end),
		referrer: headers.referer,
		userAgent: headers['user-agent'],
		dnt: headers.dnt === '1' || headers['sec-gpc'] === '1' || isAhead(headers),
		ip: (trustProxy > 0 && forwardedFor(headers, trustProxy)) || (socket.remoteAddress ?? ''),
	}
}

function forwardedFor(headers: IncomingMessage['headers'], trustProxy: number): string | undefined {
	const hops = String(headers['x-forwarded-for'] ?? '').split(',')
	return hops.at(-Math.min(trustProxy, hops.length))?.trim()
}

/** A page that a browser fetches in advance may never be seen. */
function isAhead(headers: IncomingMessage['headers']): boolean {
	const purpose = headers['sec-purpose'] ?? headers.purpose
	return purpose !== undefined && /prefetch|prerender/.test(String(purpose))
}
