import type { AdminShell, Choice, Field } from './admin-model.ts'
import type { Link, Pages } from './model.ts'

/** A section of the settings. */
export interface SettingsPage extends AdminShell {
	tabs: Link[]
	intro: string
	action: string
	groups: SettingGroup[]
}

/** A set of fields, or a row of a list that can be moved. */
export interface SettingGroup {
	legend?: string
	lang?: string
	fields: SettingField[]
	isRow?: boolean
	moves?: SettingMove[]
	/** What its fields offer while one is typing. */
	suggestions?: { id: string; options: { value: string; text: string }[] }
}

/** A button `name="move"` of a row. */
export interface SettingMove {
	value: string
	text: string
	label: string
}

export interface SettingField extends Field {
	id: string
	name: string
	kind: 'line' | 'area' | 'number' | 'flag' | 'choice' | 'hidden'
	label: string
	hint?: string
	lang?: string
	dir?: 'ltr' | 'rtl'
	/** The keyboard to offer: `url`. */
	type?: string
	/** The id of its suggestions. */
	list?: string
	least?: number
	most?: number
	checked: boolean
	choices: Choice[]
}

/** Addresses that lead elsewhere. */
export interface RedirectsPage extends AdminShell {
	tabs: Link[]
	intro: string
	action: string
	from: Field
	to: Field
	/** What was searched for. */
	letters: string
	rows: { path: string; target: string; label: string }[]
	empty?: string
	pages?: Pages
}

/** The languages of the blog. */
export interface LanguagesPage extends AdminShell {
	tabs: Link[]
	rows: {
		code: string
		name: string
		isDefault: boolean
		percent: string
		value: string
		most: string
		/** Keys of texts it lacks. */
		missing: string[]
		published: string
		drafts: string
	}[]
	/** Languages that have texts and aren't used. */
	others: string[]
}

/** The themes, and one of them being tried. */
export interface ThemesPage extends AdminShell {
	tabs: Link[]
	intro: string
	action: string
	themes: { folder: string; name: string; isCurrent: boolean; href: string; label: string; choose: string }[]
	canReset: boolean
	preview?: { title: string; src: string; views: Link[] }
}
