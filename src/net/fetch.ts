import type { Logger } from 'pino'
import { FetchError } from './fetch-error.ts'
import { type FetchConfig, readAddress } from './fetch-rules.ts'
import { createGate } from './gate.ts'
import { Journey } from './journey.ts'
import { type Resolve, resolveByDns } from './resolve.ts'

export { FetchError, type FetchReason } from './fetch-error.ts'
export type { Resolve } from './resolve.ts'

/** What to fetch, and why. */
export interface FetchOptions {
	method?: 'GET' | 'HEAD' | 'POST'
	headers?: Record<string, string>
	body?: string | Uint8Array
	/** A POST stays one over 301 and 302 too, as it does over 307 and 308: what was told is told there. */
	staysPost?: boolean
	/** Content types taken, without parameters and in lower case; HTML, XHTML, plain text and JSON by default. */
	types?: RegExp
	/** After decompression; 1 MiB by default. */
	maxBytes?: number
	/** Milliseconds for all, redirects included, from when its turn comes; 10 s by default. */
	deadline?: number
	/** Told to the server in the User-Agent: `verifying a pingback`. */
	purpose: string
	/** On whose behalf it is, such as a post: few fetches of one target run at once. */
	target?: string
	signal?: AbortSignal
}

/** What came, whatever its status. */
export interface Fetched {
	status: number
	/** The address after redirects. */
	url: string
	headers: Headers
	/** The content type without parameters, in lower case; '' when there is none. */
	type: string
	/** As the content type names it, in lower case. */
	charset?: string
	/** Decompressed; empty unless the status is 2xx. */
	body: Buffer
}

/**
 * Fetches an address that others named. Statuses of errors are answers, not exceptions.
 * @throws FetchError, or the signal's reason
 * @example const { status, body } = await blog.fetch(source, { purpose: 'verifying a webmention' })
 */
export type SafeFetch = (address: string, options: FetchOptions) => Promise<Fetched>

/** What a way out is made from. */
export interface FetchParts {
	config: FetchConfig
	log: Logger
	/** Names to addresses; by DNS unless given. */
	resolve?: Resolve
}

const MOST_WAITING = 200

/** The only way out of the program to addresses that others name. */
export function createFetch({ config, log, resolve = resolveByDns }: FetchParts): SafeFetch {
	const gate = createGate(MOST_WAITING)
	return async (address, options) => {
		const began = performance.now()
		const tell = (facts: object) =>
			log.debug(
				{
					host: URL.parse(address)?.host,
					purpose: options.purpose,
					...facts,
					ms: Math.round(performance.now() - began),
				},
				'fetched',
			)
		try {
			const url = readAddress(address, undefined, config)
			const fetched = await new Journey({ config, gate, resolve, options }, url).go()
			tell({ status: fetched.status, bytes: fetched.body.length })
			return fetched
		} catch (error) {
			tell({ reason: error instanceof FetchError ? error.reason : 'given up' })
			throw error
		}
	}
}
