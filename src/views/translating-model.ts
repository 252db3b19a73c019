import type { AdminShell, DiffPart, Field, PostFormPage } from './admin-model.ts'
import type { Link, Moment, Pages } from './model.ts'

/** A language of a text. */
interface Language {
	lang: string
	dir: 'ltr' | 'rtl'
	language: string
}

/** A change that is ticked off. */
interface Tick {
	key: string
	checked: boolean
}

/** A line of the source with what changed in it, beside its translation. */
interface TranslateHead {
	pieces: DiffPart['pieces']
	tick?: Tick
	field: Field
}

/** A translation beside its source. */
export interface TranslatePage extends AdminShell {
	/** What the source is called. */
	name: string
	action: string
	/** Where what is typed is kept. */
	draft: string
	editor: string
	from: Language
	to: Language
	/** Other languages it may be made from. */
	others: Link[]
	state: string
	status: string
	/** That the source has moved on, and what is left to be seen to. */
	intro?: string
	isUpToDate: boolean
	lacks: { text: string; href?: string }[]
	revision: string
	formKey: string
	/** The revision of the source that is shown. */
	seen: string
	title: TranslateHead
	excerpt?: TranslateHead
	/** For a source of which no earlier state is known. */
	whole?: Tick
	textError?: string
	rows: TranslateRow[]
	pictures: { id: number; src: string; name: string; original: string; isMine: boolean; field: Field }[]
	conflict: PostFormPage['conflict']
	unsaved: PostFormPage['unsaved']
	othersWriting?: string
	mayPublish: boolean
	/** Where the file for translators is fetched and brought back. */
	xliff: string
	importMap: string
	script: string
}

/** A paragraph of the source beside its translation. */
export interface TranslateRow {
	number: string
	/** Names the paragraph. */
	of: string
	/** The empty lines after the translation. */
	gap: string
	/** `same`, `changed`, `added`, `removed`. */
	state: string
	mark?: string
	isCode: boolean
	isEmpty: boolean
	pieces: DiffPart['pieces']
	target: string
	/** How many lines the field shows. */
	lines: string
	tick?: Tick
}

/** Posts × languages. */
export interface TranslationsPage extends AdminShell {
	action: string
	letters: string
	states: { value: string; text: string; checked: boolean }[]
	codes: { value: string; text: string; checked: boolean }[]
	rows: TranslationsRow[]
	/** How many posts were found. */
	total: string
	empty?: string
	pages?: Pages
}

export interface TranslationsRow {
	title: string
	lang: string
	href: string
	marks: string[]
	cells: TranslationsCell[]
}

/** A post in a language. */
export interface TranslationsCell {
	lang: string
	language: string
	/** Where the next thing is done, and what that is. */
	href: string
	deed: string
	state: string
	status: string
	/** A draft whose source has moved on. */
	mark?: string
	date?: Moment
	lacks: string[]
}
