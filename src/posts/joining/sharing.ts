import type { Post } from '../../db/schema.ts'

/** What the translations of a post share, as its row and its terms have it. */
export type Shared = Pick<
	Post,
	'author_id' | 'parent_id' | 'position' | 'sticky' | 'comments_open' | 'pings_open' | 'cover_id' | 'created_at'
> & { terms: number[] }

/**
 * What two posts share once they are one: the first one's author, place and cover where it has them; terms of both;
 * pinned and open when either was.
 */
export function together(kept: Shared, other: Shared): Shared {
	return {
		author_id: kept.author_id ?? other.author_id,
		parent_id: kept.parent_id ?? other.parent_id,
		position: kept.position || other.position,
		sticky: kept.sticky || other.sticky,
		comments_open: kept.comments_open || other.comments_open,
		pings_open: kept.pings_open || other.pings_open,
		cover_id: kept.cover_id ?? other.cover_id,
		created_at: Math.min(kept.created_at, other.created_at),
		terms: sorted([...kept.terms, ...other.terms]),
	}
}

/**
 * What each of two posts has once they are parted: what it had before they were one, but for what an author has changed
 * since, which both keep. Posts that never were two both have what is there now.
 */
export function apart(
	now: Shared,
	before?: Record<'kept' | 'other' | 'both', Shared>,
): Record<'kept' | 'other', Shared> {
	const parted = { kept: { ...now }, other: { ...now } }
	if (!before) return parted
	for (const name of Object.keys(before.both) as (keyof Shared)[]) {
		if (!isSame(now[name], before.both[name])) continue
		Object.assign(parted.kept, { [name]: before.kept[name] })
		Object.assign(parted.other, { [name]: before.other[name] })
	}
	return parted
}

function isSame(a: Shared[keyof Shared], b: Shared[keyof Shared]): boolean {
	return Array.isArray(a) && Array.isArray(b) ? String(sorted(a)) === String(sorted(b)) : a === b
}

function sorted(numbers: number[]): number[] {
	return [...new Set(numbers)].sort((a, b) => a - b)
}
