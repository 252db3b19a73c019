import type { AdminShell, Choice } from './admin-model.ts'
import type { Link, Moment, Pages } from './model.ts'

/** The templates in which posts are joined and split. */
export interface JoiningTemplates {
	pairs: PairsPage
	join: JoinPage
	split: SplitPage
}

export const JOINING_TEMPLATES: (keyof JoiningTemplates)[] = ['pairs', 'join', 'split']

/** Posts that may be translations of each other. */
export interface PairsPage extends AdminShell {
	intro: string
	board: Link
	/** What was done just now, with the way back. */
	done?: { text: string; links: Link[] }
	pairs: PairRow[]
	empty?: string
	pages?: Pages
}

export interface PairRow {
	sides: TextLine[]
	/** `sure`, `likely`, `possible`. */
	likelihood: string
	likelihoodText: string
	reasons: string[]
	join: Link
}

/** A text by its title. */
export interface TextLine {
	lang: string
	language: string
	title: string
	href: string
	state: string
	status: string
	date?: Moment
}

export interface JoinPage extends AdminShell {
	/** The post that another one is looked for. */
	post: TextLine[]
	action: string
	/** The other one, and what will happen. */
	chosen?: JoinPlan
	/** Others it may be joined with. */
	candidates: PairRow[]
	words: string
	none?: string
}

export interface JoinPlan {
	sides: SideCard[]
	reasons: string[]
	effects: string[]
	/** Which text the others were made from. */
	originals: Choice[]
	with: string
	/** None when it can't be done. */
	seen?: string
}

/** One of two posts that are to be one. */
export interface SideCard {
	name: string
	texts: TextLine[]
	author?: string
	responses: string
	terms: string
	excerpt: { lang: string; text: string }
}

export interface SplitPage extends AdminShell {
	action: string
	post: TextLine[]
	/** None when there is nothing to part. */
	plan?: {
		/** `radio` for two languages, `checkbox` for more. */
		type: string
		leaves: Choice[]
		threads: string[]
		partings: (Choice & { hint: string })[]
		effects: string[]
		seen: string
	}
}
