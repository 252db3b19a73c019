import type { Time } from '../../db/schema.ts'
import type { FetchReason } from '../../net/fetch.ts'
import type { Endpoint } from './discover.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** How long it is tried to tell a page. */
export const PATIENCE = 72 * HOUR
const FIRST_PAUSE = 5 * MINUTE
const LONGEST_PAUSE = 12 * HOUR
const LONGEST_WISH = 24 * HOUR

/** What came of an attempt, as it is kept: `status 404`, `fault 17`, or why nothing was fetched. */
export type Reason = `status ${number}` | `fault ${number}` | FetchReason | 'unreadable' | 'private-site' | ''

/** What came of an attempt to tell a page. */
export type Outcome =
	| { kind: 'told'; by: Endpoint['kind']; reason: Reason }
	/** It takes no notices. */
	| { kind: 'none'; reason: Reason }
	| { kind: 'refused'; reason: Reason }
	/** It may go well later; `pause` is what the other side asked for, in milliseconds. */
	| { kind: 'later'; reason: Reason; pause?: number }

/** Milliseconds to wait after a failed attempt: 5 min, 15 min, 45 min … 12 h, longer when the other side asks for it. */
export function pauseAfter(attempt: number, wish = 0): number {
	const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 3 ** Math.min(attempt - 1, 10))
	return Math.max(pause, Math.min(wish, LONGEST_WISH))
}

/** What an answer of a server says that isn't the one hoped for. */
export function outcomeOfStatus(status: number, headers: Headers, now: Time): Outcome {
	const reason: Reason = `status ${status}`
	const isBusy = status === 408 || status === 425 || status === 429 || status >= 500
	return isBusy ? { kind: 'later', reason, pause: wishOf(headers, now) } : { kind: 'refused', reason }
}

/** Milliseconds that Retry-After asks for (RFC 9110, 10.2.3): seconds or a date; undefined when it asks for nothing. */
export function wishOf(headers: Headers, now: Time): number | undefined {
	const value = headers.get('retry-after')?.trim() ?? ''
	const wish = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now
	return wish > 0 ? wish : undefined
}

/** What the fault of a pingback says (Pingback 1.0): 48 is "known already"; 49 and 50 may pass. */
export function outcomeOfFault(code: number): Outcome {
	const reason: Reason = `fault ${code}`
	if (code === 48) return { kind: 'told', by: 'pingback', reason }
	return code === 49 || code === 50 ? { kind: 'later', reason } : { kind: 'refused', reason }
}

/** What it says that nothing was fetched. */
export function outcomeOfFailure(reason: FetchReason): Outcome {
	const isPassing = reason === 'timeout' || reason === 'network' || reason === 'busy'
	return isPassing ? { kind: 'later', reason } : { kind: 'none', reason }
}
