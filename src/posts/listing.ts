import type { Link } from '../views/model.ts'
import type { Context } from '../web/context.ts'
import type { Sibling } from './alternates.ts'
import type { Listing } from './listing-queries.ts'

/** One listing of posts, for its pages and its feeds. */
export interface ListingSource {
	kind: 'home' | 'archive' | 'term' | 'author' | 'search'
	/** `<h1>`, and the feed's title. */
	heading: string
	/** Safe HTML above the posts. */
	intro?: string
	/** Address of its first page: `/ru/tag/egov/`. */
	path: string
	/** The query string that is part of the address. */
	search?: string
	filter: Listing
	/** This listing in every language in which it has entries. */
	siblings: () => Promise<Sibling[]>
	/** What the calendar is to show: a month, or the last one with posts of a year. */
	month?: { year: number; month?: number }
	/** Larger listings around it. */
	trail?: Link[]
}

/** Finds the listing that a request asks for, or throws a 404. */
export type FindListing = (ctx: Context) => Promise<ListingSource>
