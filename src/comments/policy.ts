/** How the blog takes comments; kept in the database as the setting `comments`. */
export interface CommentPolicy {
	/** New posts take comments. */
	open: boolean
	/** New posts take notices from other blogs. */
	pings: boolean
	/** Levels of replies that are set in from their parents. */
	depth: number
	/** Which thread of a post comes first. */
	order: 'oldest' | 'newest'
	perPage: number
	/** Posts older than this many days take no more; 0 = never close. */
	closeAfterDays: number
	requireEmail: boolean
	/** More links than this hold a comment. */
	maxLinks: number
	/** Words that hold a comment, and words that make it spam; `*` at the end stands for any ending. */
	moderationWords: string[]
	disallowedWords: string[]
	/** A writer's first comment waits for the author. */
	holdFirst: boolean
	/** Days for which addresses and browsers of writers are kept. */
	keepAddressDays: number
	/** Pictures of writers are asked for at Gravatar, by the blog; otherwise all are drawn here. */
	gravatar: boolean
}

export const DEFAULT_POLICY: CommentPolicy = {
	open: true,
	pings: true,
	depth: 5,
	order: 'oldest',
	perPage: 100,
	closeAfterDays: 0,
	requireEmail: true,
	maxLinks: 2,
	moderationWords: [],
	disallowedWords: [],
	holdFirst: true,
	keepAddressDays: 30,
	gravatar: false,
}

const DAY = 24 * 60 * 60 * 1000

interface Commented {
	comments_open: number
	published_at: number | null
}

/** Whether a post takes comments now. */
export function isOpen(post: Commented, policy: CommentPolicy, now: number): boolean {
	return post.comments_open !== 0 && now < endOfComments(post, policy)
}

/** Until when a post takes comments, in milliseconds; Infinity when that doesn't end by itself. */
export function endOfComments({ published_at }: Commented, { closeAfterDays }: CommentPolicy): number {
	if (closeAfterDays === 0 || published_at === null) return Number.POSITIVE_INFINITY
	return published_at + closeAfterDays * DAY
}
