import type { Db, Time } from '../../db/schema.ts'
import type { Authors } from './authors.ts'
import type { Detect } from './languages.ts'
import type { Group } from './plan.ts'
import type { Problems } from './problems.ts'
import type { Tally } from './report.ts'
import type { Names } from './slugs.ts'
import type { Survey } from './survey.ts'
import type { Terms } from './terms.ts'
import type { Uploads } from './uploads.ts'

/** What one import works with. */
export interface ImportContext {
	db: Db
	dryRun: boolean
	languages: string[]
	timezone: string
	now: Time
	survey: Survey
	tally: Tally
	problems: Problems
	terms: Terms
	authors: Authors
	names: Names
	uploads: Uploads
	groups: Map<string, Group>
	/** The language of what names none. */
	fallback: string
	/** The language of a text that names none: told by the text itself, when that was asked for. */
	localeOf: (text: string) => string
	/** Loads the detector: languages of comments under texts in several languages. */
	detector: () => Promise<Detect>
	/** Our posts and translations by the number they had. */
	stored: Map<string, { postId: number; translationId: number }>
	/** Pages and the number of the page above. */
	parents: Map<number, string>
	/** Days with posts, and a language that has them. */
	days: Map<string, string>
	redirects: number
}
