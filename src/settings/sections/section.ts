import type { Db, Time } from '../../db/schema.ts'
import type { Translate } from '../../i18n/catalog.ts'
import { direction } from '../../i18n/languages.ts'
import type { SettingField, SettingGroup } from '../../views/settings-model.ts'
import type { Settings } from '../settings.ts'

/** What a section of the settings is made from. */
export interface Stand {
	db: Db
	now: Time
	settings: Settings
	/** Of the blog. */
	languages: string[]
	/** The language of the owner's pages. */
	locale: string
	t: Translate
}

/** A setting to be stored; `undefined` lets the default stand again. */
export interface Write {
	key: string
	locale?: string
	value: unknown
}

/** What came of a form: what is wrong, by the id of the field, or what to store. */
export interface Outcome {
	errors: Record<string, string>
	writes: Write[]
}

/** A page of the settings with one form. */
export interface Section {
	/** Its part of the address. */
	name: string
	/** The form as the blog stands. */
	current(stand: Stand): URLSearchParams | Promise<URLSearchParams>
	/** What the page shows of a form. */
	groups(stand: Stand, form: URLSearchParams): SettingGroup[] | Promise<SettingGroup[]>
	check(stand: Stand, form: URLSearchParams): Outcome | Promise<Outcome>
}

type About = Partial<Omit<SettingField, 'name' | 'kind'>> & Pick<SettingField, 'label'>

/** A field whose value is what the form holds under its name. */
export function field(form: URLSearchParams, kind: SettingField['kind'], name: string, about: About): SettingField {
	const dir = about.lang ? direction(about.lang) : undefined
	return { id: name, name, kind, value: form.get(name) ?? '', checked: form.has(name), choices: [], dir, ...about }
}

/** A whole number within bounds, or undefined. */
export function numberIn(form: URLSearchParams, name: string, least: number, most: number): number | undefined {
	const text = (form.get(name) ?? '').trim()
	const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
	return number >= least && number <= most ? number : undefined
}

/** The lines of a field, without those that are empty. */
export function linesOf(text: string): string[] {
	const lines = text.split(/\r?\n/).map((line) => line.trim().normalize('NFC'))
	return [...new Set(lines.filter((line) => line !== ''))]
}
