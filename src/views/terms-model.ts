import type { AdminShell, Choice, Field } from './admin-model.ts'

/** All categories and tags. */
export interface TermsPage extends AdminShell {
	groups: {
		id: string
		heading: string
		empty?: string
		terms: {
			href: string
			text: string
			lang?: string
			/** Levels below the top, up to 5. */
			depth: number
			posts: string
			names: { lang: string; language: string; text?: string; missing: boolean }[]
		}[]
	}[]
	form: TermFormModel
	/** The form of a new one is shown unfolded. */
	isOpen: boolean
}

/** One of them. */
export interface TermPage extends AdminShell {
	kindName: string
	posts: string
	form: TermFormModel
	/** What it may be merged into. */
	others: Choice[]
}

export interface TermFormModel {
	action: string
	isNew: boolean
	kinds: Choice[]
	/** Categories have parents. */
	isCategory: boolean
	parents: Choice[]
	parentError?: string
	languages: {
		lang: string
		language: string
		dir: 'ltr' | 'rtl'
		ids: { name: string; slug: string; description: string }
		name: Field
		slug: Field
		description: Field
	}[]
}
