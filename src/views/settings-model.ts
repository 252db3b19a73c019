import type { AdminShell, Choice, Field } from './admin-model.ts'
import type { Link } from './model.ts'

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
