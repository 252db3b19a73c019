import type { Time } from '../../db/schema.ts'
import { isExempt, isPrivateSite } from '../../net/exempt.ts'
import { FetchError, type Fetched } from '../../net/fetch.ts'
import { discover, type Endpoint } from './discover.ts'
import type { Out } from './out.ts'
import { type Outcome, outcomeOfFailure, outcomeOfFault, outcomeOfStatus, type Reason } from './outcome.ts'
import { pingbackCall, readFault } from './pingback.ts'

/** Who links, and to whom. */
export interface Link {
	source: string
	target: string
	/** Whether it is still there. */
	isThere: boolean
}

/** Tells a page that it is linked to, or no longer is; asks it first how it wants to be told. Throws only when aborted. */
export async function tellPage(out: Out, link: Link, signal: AbortSignal): Promise<Outcome> {
	try {
		if (isPrivateSite(out.config.siteUrl) && !(await isExempt(link.target, out.config, signal))) {
			return { kind: 'none', reason: 'private-site' }
		}
		const page = await look(out, link, signal)
		if (!isGood(page.status)) return afterLook(page, out.clock())
		const endpoint = await discover(page)
		if (!endpoint || (endpoint.kind === 'pingback' && !link.isThere)) return { kind: 'none', reason: '' }
		return await (endpoint.kind === 'webmention' ? sendWebmention : sendPingback)(out, link, endpoint, signal)
	} catch (error) {
		if (signal.aborted) throw error
		if (error instanceof FetchError) return outcomeOfFailure(error.reason)
		// One page that can't be dealt with mustn't hold up those behind it.
		out.log.error({ err: error, target: link.target }, 'mentions: telling a page broke off')
		return { kind: 'later', reason: 'unreadable' }
	}
}

function look(out: Out, { source, target }: Link, signal: AbortSignal): Promise<Fetched> {
	// Any type of content: a picture may name its endpoint in a header.
	return out.fetch(target, { purpose: `looking where to tell of a link from ${source}`, types: /^/, signal })
}

/** A page that isn't there takes no notices; what the owner of the link should know is told at another attempt. */
function afterLook({ status, headers }: Fetched, now: Time): Outcome {
	const outcome = outcomeOfStatus(status, headers, now)
	return outcome.kind === 'later' ? outcome : { kind: 'none', reason: outcome.reason }
}

/** W3C Webmention 3.1.3: any 2xx is a success. */
async function sendWebmention(out: Out, { source, target }: Link, { url }: Endpoint, signal: AbortSignal) {
	try {
		const { status, headers } = await out.fetch(url, {
			...posted(source, signal),
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: String(new URLSearchParams({ source, target })),
		})
		return isGood(status) ? told('webmention', `status ${status}`) : outcomeOfStatus(status, headers, out.clock())
	} catch (error) {
		// Only what came with a success is read, and what it says doesn't matter.
		if (error instanceof FetchError && ['type', 'large'].includes(error.reason)) return told('webmention', '')
		throw error
	}
}

/** Pingback 1.0, 3. */
async function sendPingback(out: Out, { source, target }: Link, { url }: Endpoint, signal: AbortSignal) {
	const answer = await out.fetch(url, {
		...posted(source, signal),
		headers: { 'Content-Type': 'text/xml; charset=utf-8' },
		body: pingbackCall(source, target),
	})
	if (!isGood(answer.status)) return outcomeOfStatus(answer.status, answer.headers, out.clock())
	try {
		const fault = await readFault(answer.body, answer.charset)
		return fault === undefined ? told('pingback', `status ${answer.status}`) : outcomeOfFault(fault)
	} catch {
		return { kind: 'refused', reason: 'unreadable' } as const
	}
}

function posted(source: string, signal: AbortSignal) {
	const purpose = `telling of a link from ${source}`
	return { method: 'POST', staysPost: true, types: /^/, purpose, signal } as const
}

function isGood(status: number): boolean {
	return status >= 200 && status <= 299
}

function told(by: Endpoint['kind'], reason: Reason): Outcome {
	return { kind: 'told', by, reason }
}
