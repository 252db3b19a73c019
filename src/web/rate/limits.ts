import { createHash } from 'node:crypto'
import { addressKey } from './address.ts'

/** How often something may be done by one who does it. */
export interface Limit {
	/** What is done; several limits of a name all hold. */
	name: string
	points: number
	seconds: number
	/** What tells one from another: an internet address, or any text (its hash is kept). */
	by: 'address' | 'text'
	/** Not counted from this machine itself: behind a proxy that nobody named in TRUST_PROXY, all readers come from it. */
	isOpenHere?: true
}

/** Who may do what how often, by name the shortest first. */
export const LIMITS: Limit[] = [
	{ name: 'comment', points: 5, seconds: 60, by: 'address' },
	{ name: 'comment', points: 30, seconds: 3600, by: 'address' },
	// Every form of a comment, also one that is shown again or refused: each costs a page.
	{ name: 'comment form', points: 60, seconds: 60, by: 'address' },
	{ name: 'comment form', points: 300, seconds: 3600, by: 'address' },
	// What is looked for and made anew each time.
	{ name: 'search', points: 300, seconds: 60, by: 'address', isOpenHere: true },
	{ name: 'feed', points: 600, seconds: 60, by: 'address', isOpenHere: true },
	// Addresses that are keys: of drafts, and of subscriptions to replies.
	{ name: 'draft link', points: 120, seconds: 60, by: 'address' },
	{ name: 'subscription', points: 60, seconds: 60, by: 'address' },
	// Letters that ask whether to be told of replies, by whom they go to.
	{ name: 'confirmation to', points: 5, seconds: 86_400, by: 'text' },
	// Notices of mentions: by who tells, by the host that is said to mention, by the post.
	{ name: 'mention', points: 60, seconds: 60, by: 'address' },
	{ name: 'mention', points: 300, seconds: 3600, by: 'address' },
	{ name: 'mention of', points: 60, seconds: 60, by: 'text' },
	{ name: 'mention of', points: 300, seconds: 3600, by: 'text' },
	{ name: 'mention under', points: 60, seconds: 60, by: 'text' },
	{ name: 'mention under', points: 600, seconds: 3600, by: 'text' },
	// The password of a protected post.
	{ name: 'unlock', points: 20, seconds: 900, by: 'address' },
	// By account and address together: nobody can lock the owner out from elsewhere.
	{ name: 'sign-in', points: 20, seconds: 900, by: 'text' },
	{ name: 'sign-in from', points: 100, seconds: 3600, by: 'address' },
	// A browser in which the author has signed in before.
	{ name: 'sign-in known', points: 20, seconds: 900, by: 'text' },
	// The code after the right password, and passwords asked for again inside, by account.
	{ name: 'second step', points: 10, seconds: 900, by: 'text' },
	// Programs for writing.
	{ name: 'call', points: 600, seconds: 60, by: 'address' },
	{ name: 'micropub', points: 600, seconds: 60, by: 'address' },
	// Requests with files, by account and from wherever.
	{ name: 'upload', points: 1000, seconds: 3600, by: 'text' },
	{ name: 'upload from', points: 2000, seconds: 3600, by: 'address' },
	{ name: 'reset', points: 10, seconds: 3600, by: 'address' },
	{ name: 'reset of', points: 3, seconds: 3600, by: 'text' },
]

/** What the one who does something is counted under. */
export function keyOf({ by }: Limit, who: string): string {
	return by === 'address' ? addressKey(who) : createHash('sha256').update(who).digest('base64url')
}
