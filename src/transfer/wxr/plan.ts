import type { NewTranslation } from '../../db/schema.ts'
import type { NewComment, NewPost } from './queries.ts'
import type { Term } from './terms.ts'

/** Several items that are one post in several languages. */
export interface Group {
	/** Its key in `imports`. */
	key: string
	/** Our number, once the first of them is stored. */
	id?: number
	locales: Set<string>
}

/** A translation ready to be stored. */
export interface PlannedTranslation {
	/** Our number, once it is stored. */
	id?: number
	row: Omit<NewTranslation, 'post_id'>
	oldSlugs: string[]
	enclosures: { url: string; mime: string; bytes: number }[]
	/** Old addresses that lead here. */
	addresses: string[]
	/** Key in `imports` for one of the languages of a split item. */
	importKey?: string
}

/** A response ready to be stored, after the one it answers. */
export interface PlannedComment {
	key: string
	/** The number it had. */
	number: number
	/** The key of the one it answers. */
	parentKey?: string
	row: Omit<NewComment, 'post_id' | 'parent_id' | 'id'>
}

/** An item ready to be stored. */
export interface PlannedPost {
	/** Key in `imports`. */
	key: string
	/** Number in WordPress, which others refer to. */
	number: string
	/** Number in WordPress of the page above it. */
	parentNumber?: string
	/** Our number, when an earlier run stored it. */
	id?: number
	group?: Group
	row: NewPost
	translations: PlannedTranslation[]
	terms: { term: Term; locales: string[] }[]
	comments: PlannedComment[]
	/** Comments that an earlier run stored: from key to number. */
	storedComments: Map<string, number>
}
