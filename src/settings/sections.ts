import { comments } from './sections/comments.ts'
import { feeds } from './sections/feeds.ts'
import { general } from './sections/general.ts'
import { menus } from './sections/menus.ts'
import { profiles } from './sections/profiles.ts'
import type { Section } from './sections/section.ts'
import { widgets } from './sections/widgets.ts'

/** The sections that are one form each, in the order of their tabs. */
export const SECTIONS: Section[] = [general, comments, menus, profiles, widgets, feeds]

/** Rooms of the settings that are more than a form. */
const ROOMS = ['languages', 'themes', 'redirects']

/** Every tab of the settings by its part of the address. */
export const TABS = [...SECTIONS.map(({ name }) => name), ...ROOMS]

/** `/admin/settings/NAME/`; the first one has no name. */
export function sectionPath(name: string): string {
	return name === '' ? '/admin/settings/' : `/admin/settings/${name}/`
}
