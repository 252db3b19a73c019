import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { FetchError } from './fetch-error.ts'

export { FetchError, type FetchReason } from './fetch-error.ts'

/** What to fetch, and why. */
export interface FetchOptions {
	method?: 'GET' | 'HEAD' | 'POST'
	headers?: Record<string, string>
	body?: string | Uint8Array
	/** Content types taken, without parameters and in lower case; HTML, XHTML, plain text and JSON by default. */
	types?: RegExp
	/** After decompression; 1 MiB by default. */
	maxBytes?: number
	/** Milliseconds for all, redirects included; 10 s by default. */
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
	/** Decompressed. Empty when the status is an error and the type is not one of those taken. */
	body: Buffer
}

/**
 * Fetches an address that others named. Errors of status are answers, not exceptions; the type matters only to answers
 * of status 2xx with content. @throws FetchError, or the signal's reason
 */
export type SafeFetch = (url: string, options: FetchOptions) => Promise<Fetched>

/** All addresses of a host name, IPv4 and IPv6. */
export type Resolve = (host: string, signal: AbortSignal) => Promise<string[]>

/** What a way out is made from. */
export interface FetchParts {
	config: Pick<Config, 'siteUrl' | 'port' | 'fetchAllow'>
	log: Logger
	resolve?: Resolve
}

/** The only way out of the program to addresses that others name. */
export function createFetch(_parts: FetchParts): SafeFetch {
	return () => Promise.reject(new FetchError('network'))
}
