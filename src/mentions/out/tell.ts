import type { Time } from '../../db/schema.ts'
import { isExempt, isPrivateSite } from '../../net/exempt.ts'
import { FetchError, type Fetched } from '../../net/fetch.ts'
import type { Blog } from '../../web/context.ts'
import { discover, type Endpoint } from './discover.ts'
import { type Outcome, outcomeOfFailure, outcomeOfFault, outcomeOfStatus } from './outcome.ts'
import { pingbackCall, readFault } from './pingback.ts'

/** Who links, and to whom. */
export interface Link {
	source: string
	target: string
	/** Whether it is still there. */
	isThere: boolean
}

type Way = Pick<Blog, 'fetch' | 'config' | 'clock'>

/** Tells a page that it is linked to, or no longer is; asks it first how it wants to be told. Throws only when aborted. */
export async function tellPage(way: Way, link: Link, signal: AbortSignal): Promise<Outcome> {
	if (isPrivateSite(way.config.siteUrl) && !(await isExempt(link.target, way.config, signal))) {
		return { kind: 'none', reason: 'private-site' }
	}
	try {
		const page = await look(way, link, signal)
		if (page.status < 200 || page.status > 299) return afterLook(page, way.clock())
		const endpoint = await discover(page)
		if (!endpoint || (endpoint.kind === 'pingback' && !link.isThere)) return { kind: 'none', reason: '' }
		return await (endpoint.kind === 'webmention' ? sendWebmention : sendPingback)(way, link, endpoint, signal)
	} catch (error) {
		if (signal.aborted || !(error instanceof FetchError)) throw error
		return outcomeOfFailure(error.reason)
	}
}

function look({ fetch }: Way, { source, target }: Link, signal: AbortSignal): Promise<Fetched> {
	// Any type of content: a picture may name its endpoint in a header.
	return fetch(target, { purpose: `looking where to tell of a link from ${source}`, types: /^/, signal })
}

/** A page that isn't there takes no notices; what the owner of the link should know is told at another attempt. */
function afterLook({ status, headers }: Fetched, now: Time): Outcome {
	const outcome = outcomeOfStatus(status, headers, now)
	return outcome.kind === 'later' ? outcome : { kind: 'none', reason: outcome.reason }
}

/** W3C Webmention 3.1.3: any 2xx is a success. */
async function sendWebmention(way: Way, { source, target }: Link, { url }: Endpoint, signal: AbortSignal) {
	const answer = await way.fetch(url, {
		method: 'POST',
		headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		body: String(new URLSearchParams({ source, target })),
		types: /^/,
		purpose: `telling of a link from ${source}`,
		signal,
	})
	const isTold = answer.status >= 200 && answer.status <= 299
	return isTold ? told('webmention', answer) : outcomeOfStatus(answer.status, answer.headers, way.clock())
}

/** Pingback 1.0, 3. */
async function sendPingback(way: Way, { source, target }: Link, { url }: Endpoint, signal: AbortSignal) {
	const answer = await way.fetch(url, {
		method: 'POST',
		headers: { 'Content-Type': 'text/xml; charset=utf-8' },
		body: pingbackCall(source, target),
		types: /^/,
		purpose: `telling of a link from ${source}`,
		signal,
	})
	if (answer.status !== 200) return outcomeOfStatus(answer.status, answer.headers, way.clock())
	try {
		const fault = await readFault(answer.body, answer.charset)
		return fault === undefined ? told('pingback', answer) : outcomeOfFault(fault)
	} catch {
		return { kind: 'refused', reason: 'unreadable' } as const
	}
}

function told(by: Endpoint['kind'], { status }: Fetched): Outcome {
	return { kind: 'told', by, reason: `status ${status}` }
}
