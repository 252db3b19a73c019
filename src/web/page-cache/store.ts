import type { IncomingMessage, ServerResponse } from 'node:http'
import { LRUCache } from 'lru-cache'
import { type Changes, hearChanges } from '../../db/changes.ts'
import type { Time } from '../../db/schema.ts'
import { preconditions } from '../conditional.ts'
import { nameRoute } from '../route.ts'
import { type Bodies, compress, type Encoding, encodingFor } from './variants.ts'

/** What a page shows, and until when it shows it rightly if nothing changes. */
export interface Lasting {
	/** See db/versions.ts. */
	scopes: string[]
	until: Time
}

/** An answer that anybody may have, whole. */
export interface Answer extends Lasting {
	body: string | Buffer
	/** Names in lower case; without those that belong to one answer alone. */
	headers: Record<string, string>
	etag: string
	lastModified?: Time
	/** Which route made it. */
	route: string
}

/** An answer ready to be sent. */
interface Page extends Lasting {
	route: string
	etag: string
	made: Time
	/** What the page itself says of its last change, else see `dateIfOver`. */
	lastModified?: Time
	bodies: Bodies
	/** Names and values in turn, by encoding. */
	headers: Partial<Record<Encoding, string[]>>
	/** See `writeHead`. */
	heads: Partial<Record<Encoding, { text: string | undefined; second: number }>>
	bytes: number
}

interface Expected {
	leader: IncomingMessage
	kept: Promise<boolean>
	settle(kept: boolean): void
}

/** How often pages were found, and what they take. */
export interface Counts {
	hits: number
	misses: number
	pages: number
	bytes: number
}

/** Beside the bodies: headers by encoding, keys and the sets that lead to a page. */
const OVERHEAD = 6_000
const MOST_CHANGED = 10_000

/**
 * Whole public answers in memory, by path, within `bytes`. A page ends when one of its scopes changes (`forget`) or
 * when its time is over; whoever asks for one that is being made waits for it.
 */
export class Pages {
	#hits = 0
	#misses = 0
	readonly #heard: Changes
	readonly #clock: () => Time
	readonly #pages: LRUCache<string, Page>
	readonly #byScope = new Map<string, Set<string>>()
	readonly #expected = new Map<string, Expected>()
	/** Counts changes, to tell what was made before one and would be kept after it. */
	#changes = 0
	readonly #changed = new Map<string, number>()
	#allChanged = 0

	/** Whether the database has been asked for changes in this turn of the event loop. */
	#isPresent = false

	constructor({ url, bytes, clock }: { url: string; bytes: number; clock: () => Time }) {
		this.#clock = clock
		this.#pages = new LRUCache({
			maxSize: bytes,
			sizeCalculation: (page) => page.bytes,
			dispose: (page, path) => this.#unlink(path, page),
		})
		this.#heard = hearChanges(url, (scopes) => this.forget(scopes))
	}

	get counts(): Counts {
		return { hits: this.#hits, misses: this.#misses, pages: this.#pages.size, bytes: this.#pages.calculatedSize }
	}

	/** Resolves when it hears of changes, if the database is there to tell. */
	get ready(): Promise<void> {
		return this.#heard.ready
	}

	/** Hears all that has been committed until now. */
	async catchUp(): Promise<void> {
		await this.#heard.catchUp()
	}

	async close(): Promise<void> {
		await this.#heard.close()
	}

	/** Answers a request from memory, and gives the route that made the page; undefined when it can't. */
	answer(request: IncomingMessage, response: ServerResponse): string | undefined {
		if (!isCommon(request)) return undefined
		this.#poll()
		return this.#send(request, response)
	}

	/** Answers when the page that another request waits for is there; or says that it can't. */
	answerLater(request: IncomingMessage, response: ServerResponse, otherwise: () => void): void {
		if (!isCommon(request)) {
			otherwise()
			return
		}
		const expected = this.#expected.get(request.url!)
		if (!expected) this.#expect(request)
		const kept = expected?.kept ?? Promise.resolve(false)
		void kept.then((isKept) => {
			const route = isKept ? this.#send(request, response) : undefined
			if (route === undefined) otherwise()
			else nameRoute(request, route)
		})
	}

	/** A number to give to `keep` later: what changes in between makes an answer unfit to be kept. */
	get now(): number {
		return this.#changes
	}

	/** Keeps an answer made of what was there at `since`, and gives it in the encoding that the request asks for. */
	async keep(request: IncomingMessage, answer: Answer, since: number): Promise<{ encoding: Encoding; body: Buffer }> {
		const page = pageOf(answer, await compress(answer.body), this.#clock())
		if (!this.#hasChanged(answer.scopes, since)) this.#store(request.url!, page)
		const encoding = bestOf(page, request)
		return { encoding, body: page.bodies[encoding]! }
	}

	/** The answer to a request is known: those who wait for it are told. */
	settle(request: IncomingMessage): void {
		const expected = this.#expected.get(request.url!)
		if (expected?.leader !== request) return
		this.#expected.delete(request.url!)
		expected.settle(this.#pages.has(request.url!))
	}

	/** Ends all pages that show any of these scopes. */
	forget(scopes: string[] | 'all'): void {
		this.#changes += 1
		if (scopes === 'all') {
			this.#allChanged = this.#changes
			this.#changed.clear()
			this.#pages.clear()
			return
		}
		for (const scope of scopes) {
			this.#changed.set(scope, this.#changes)
			for (const path of this.#byScope.get(scope) ?? []) this.#pages.delete(path)
		}
		// Who was at work when so much changed keeps nothing.
		if (this.#changed.size > MOST_CHANGED) {
			this.#changed.clear()
			this.#allChanged = this.#changes
		}
	}

	/** Once a turn: what is asked in the same turn may be answered alike. */
	#poll(): void {
		if (this.#isPresent) return
		this.#isPresent = true
		setImmediate(() => {
			this.#isPresent = false
		})
		this.#heard.poll()
	}

	#send(request: IncomingMessage, response: ServerResponse): string | undefined {
		const page = this.#pages.get(request.url!)
		if (!page) return undefined
		const now = this.#clock()
		// A clock that was set back may have made pages of days to come.
		if (now >= page.until || now < page.made) {
			this.#pages.delete(request.url!)
			return undefined
		}
		this.#hits += 1
		sendPage(page, request, response, now)
		return page.route
	}

	#expect(leader: IncomingMessage): void {
		this.#misses += 1
		const { promise: kept, resolve: settle } = Promise.withResolvers<boolean>()
		this.#expected.set(leader.url!, { leader, kept, settle })
	}

	#hasChanged(scopes: string[], since: number): boolean {
		return this.#allChanged > since || scopes.some((scope) => (this.#changed.get(scope) ?? 0) > since)
	}

	#store(path: string, page: Page): void {
		this.#pages.set(path, page)
		// One that is larger than all that there is room for.
		if (!this.#pages.has(path)) return
		for (const scope of page.scopes) {
			const paths = this.#byScope.get(scope)
			if (paths) paths.add(path)
			else this.#byScope.set(scope, new Set([path]))
		}
	}

	#unlink(path: string, { scopes }: Page): void {
		for (const scope of scopes) {
			const paths = this.#byScope.get(scope)
			paths?.delete(path)
			if (paths?.size === 0) this.#byScope.delete(scope)
		}
	}
}

/** Cookies that make a page somebody's own: an author's, a writer's whose comment waits, a reader's who knows a password. */
const PERSONAL = /(?:^|;\s*)(?:__Host-)?(?:session|held|unlock[^=;]*)=/

/** Whether the answer may be the same for everybody: no query, nobody in particular, the address in its one spelling. */
export function isCommon({ method, url = '', headers: { cookie } }: IncomingMessage): boolean {
	if (method !== 'GET' && method !== 'HEAD') return false
	return !url.includes('?') && (cookie === undefined || !PERSONAL.test(cookie))
}

function pageOf({ body, headers, lastModified, ...rest }: Answer, bodies: Bodies, made: Time): Page {
	const page: Page = { ...rest, made, bodies, headers: {}, heads: {}, bytes: OVERHEAD }
	for (const [encoding, { length }] of Object.entries(bodies)) {
		page.bytes += length
		page.headers[encoding as Encoding] = [
			...Object.entries(headers).flat(),
			...(encoding === 'identity' ? [] : ['content-encoding', encoding]),
			'content-length',
			String(length),
		]
	}
	if (lastModified !== undefined) date(page, lastModified)
	return page
}

/** Dates are written into the headers once, not for every request. */
function date(page: Page, time: Time): void {
	page.lastModified = time
	page.heads = {}
	for (const headers of Object.values(page.headers)) headers.push('last-modified', new Date(time).toUTCString())
}

function bestOf({ bodies }: Page, { headers }: IncomingMessage): Encoding {
	const wished = encodingFor(headers['accept-encoding'])
	return bodies[wished] ? wished : 'identity'
}

function sendPage(page: Page, request: IncomingMessage, response: ServerResponse, now: Time): void {
	if (page.lastModified === undefined) dateIfOver(page, now)
	const encoding = bestOf(page, request)
	const headers = page.headers[encoding]!
	const status = isConditional(request) ? preconditions(request.headers, page, now) : 200
	if (status !== 200) return void response.writeHead(status, withoutBody(headers)).end()
	if (request.method !== 'GET') return void response.writeHead(200, headers).end()
	writeHead(page, encoding, response, now)
	response.end(page.bodies[encoding])
}

/** Node keeps a head here until it is sent, and makes one only where there is none. */
type Sending = ServerResponse & { _header?: string }

/**
 * Node checks and joins every field of every answer, which takes longer than all else that a kept page needs: what it
 * has made once is sent again as long as its Date is right. Only connections that stay open have the same head.
 */
function writeHead(page: Page, encoding: Encoding, response: Sending, now: Time): void {
	const isUsual = response.shouldKeepAlive && !response.hasHeader('connection')
	const second = Math.floor(now / 1000)
	const known = page.heads[encoding]
	if (isUsual && known?.text && known.second === second) {
		response._header = known.text
		return
	}
	response.writeHead(200, page.headers[encoding]!)
	if (isUsual) page.heads[encoding] = { text: response._header, second }
}

/**
 * HTTP knows whole seconds: a page is dated by the second after the one it was made in, and before that has no date,
 * so that one made anew within the same second never passes for the old.
 */
function dateIfOver(page: Page, now: Time): void {
	const next = (Math.floor(page.made / 1000) + 1) * 1000
	if (next <= now) date(page, next)
}

function isConditional({ headers }: IncomingMessage): boolean {
	return (
		headers['if-none-match'] !== undefined ||
		headers['if-modified-since'] !== undefined ||
		headers['if-match'] !== undefined ||
		headers['if-unmodified-since'] !== undefined
	)
}

function withoutBody(headers: string[]): string[] {
	const kept: string[] = []
	for (let i = 0; i < headers.length; i += 2) {
		if (!/^content-(length|encoding|type)$/.test(headers[i]!)) kept.push(headers[i]!, headers[i + 1]!)
	}
	return kept
}
