import { type Answer, exchange, type Question } from './exchange.ts'
import type { Fetched, FetchOptions } from './fetch.ts'
import { FetchError } from './fetch-error.ts'
import { allowedAddresses, type FetchConfig, hostOf, literalAddress, readAddress } from './fetch-rules.ts'
import type { Gate, Place } from './gate.ts'
import { ENCODINGS, readBody } from './read-body.ts'
import { isRedirect, redirected } from './redirect.ts'
import type { Resolve } from './resolve.ts'

const TYPES = /^(?:text\/html|text\/plain|application\/xhtml\+xml|application\/(?:[\w.-]+\+)?json)$/
const MOST_BYTES = 1024 * 1024
const DEADLINE = 10_000
const FIRST_BYTE = 5_000
const MOST_REDIRECTS = 5
const MOST_AT_ONCE = 8
const MOST_OF_A_HOST = 2
const MOST_OF_A_TARGET = 2
const ACCEPT = 'text/html, application/xhtml+xml;q=0.9, text/plain;q=0.8, application/json;q=0.8, */*;q=0.1'
const NOTHING: Buffer = Buffer.alloc(0)

/** What a fetch takes along. */
interface Baggage {
	config: FetchConfig
	gate: Gate
	resolve: Resolve
	options: FetchOptions
}

/** One fetch, from its turn to its answer, over all redirects. */
export class Journey {
	readonly #baggage: Baggage
	readonly #limits = new AbortController()
	#question: Question
	#places: Place[]

	constructor(baggage: Baggage, url: URL) {
		const { method = 'GET', headers, body, target } = baggage.options
		this.#baggage = baggage
		this.#question = { url, method, headers: Object.fromEntries(new Headers(headers)), body }
		this.#places = [{ name: 'all', most: MOST_AT_ONCE }, hostPlace(url)]
		if (target !== undefined) this.#places.push({ name: `target ${target}`, most: MOST_OF_A_TARGET })
	}

	/** @throws FetchError, or the signal's reason */
	async go(): Promise<Fetched> {
		const { gate, options } = this.#baggage
		const giveUp = () => this.#limits.abort(options.signal!.reason)
		await gate.enter(this.#places, options.signal)
		const timer = this.#limit(options.deadline ?? DEADLINE)
		options.signal?.addEventListener('abort', giveUp)
		try {
			return await this.#follow()
		} catch (error) {
			throw this.#limits.signal.aborted ? this.#limits.signal.reason : fetchError(error)
		} finally {
			clearTimeout(timer)
			options.signal?.removeEventListener('abort', giveUp)
			gate.leave(this.#places)
		}
	}

	#limit(milliseconds: number): NodeJS.Timeout {
		return setTimeout(() => this.#limits.abort(new FetchError('timeout')), milliseconds)
	}

	async #follow(): Promise<Fetched> {
		for (let redirects = 0; ; redirects++) {
			const answer = await this.#ask()
			try {
				const location = isRedirect(answer.status) && answer.headers.get('location')
				if (!location) return await this.#read(answer)
				if (redirects === MOST_REDIRECTS) throw new FetchError('redirects')
				const next = readAddress(location, this.#question.url, this.#baggage.config)
				this.#question = redirected(this.#question, answer.status, next, this.#baggage.options.staysPost)
			} finally {
				answer.close()
			}
			await this.#changeHost()
		}
	}

	/** Asks the host of the moment; the first byte has to come in time, names and connections included. */
	async #ask(): Promise<Answer> {
		const { config, resolve } = this.#baggage
		const { signal } = this.#limits
		const { url, headers } = this.#question
		const timer = this.#limit(FIRST_BYTE)
		try {
			const literal = literalAddress(url)
			const addresses = literal ? [literal] : await before(signal, resolve(url.hostname, signal))
			const allowed = allowedAddresses(url, addresses, config)
			return await exchange(
				{ ...this.#question, headers: { accept: ACCEPT, ...headers, ...this.#ownHeaders() } },
				allowed,
				signal,
			)
		} finally {
			clearTimeout(timer)
		}
	}

	#ownHeaders(): Record<string, string> {
		const { config, options } = this.#baggage
		return {
			'user-agent': `Otklik/0.1 (+${config.siteUrl}; ${options.purpose})`,
			'accept-encoding': ENCODINGS,
		}
	}

	async #read({ status, headers, body }: Answer): Promise<Fetched> {
		const { types = TYPES, maxBytes = MOST_BYTES } = this.#baggage.options
		const { url, method } = this.#question
		const [type, charset] = contentType(headers.get('content-type') ?? '')
		const fetched = { status, url: url.href, headers, type, charset, body: NOTHING }
		const hasContent = method !== 'HEAD' && status >= 200 && status < 300 && headers.get('content-length') !== '0'
		if (!hasContent || status === 204) return fetched
		if (Number(headers.get('content-length')) > maxBytes) throw new FetchError('large')
		if (type && !types.test(type)) throw new FetchError('type')
		fetched.body = await readBody(body, headers.get('content-encoding') ?? '', maxBytes)
		if (!type && fetched.body.length && !types.test('')) throw new FetchError('type')
		return fetched
	}

	async #changeHost(): Promise<void> {
		const { gate } = this.#baggage
		const old = this.#places[1]!
		const next = hostPlace(this.#question.url)
		if (next.name === old.name) return
		gate.leave([old])
		this.#places = this.#places.filter((place) => place !== old)
		await gate.enter([next], this.#limits.signal)
		this.#places.splice(1, 0, next)
	}
}

function hostPlace(url: URL): Place {
	return { name: `host ${hostOf(url)}`, most: MOST_OF_A_HOST }
}

function contentType(header: string): [type: string, charset?: string] {
	const [type = '', ...parameters] = header.toLowerCase().split(';')
	const charset = parameters.map((text) => /^\s*charset\s*=\s*["']?([^"'\s]+)/.exec(text)?.[1]).find(Boolean)
	return [type.trim(), charset]
}

/** The same, unless the signal comes first. */
function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
	signal.throwIfAborted()
	return new Promise((resolve, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason), { once: true })
		work.then(resolve, reject)
	})
}

function fetchError(error: unknown): FetchError {
	if (error instanceof FetchError) return error
	return new FetchError((error as { code?: string }).code === 'UND_ERR_HEADERS_OVERFLOW' ? 'large' : 'network')
}
