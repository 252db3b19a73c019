import type { Translate } from '../i18n/catalog.ts'
import type { Link } from '../views/model.ts'
import { sectionPath, TABS } from './sections.ts'

/** The tabs of all settings, one of them being shown. */
export function tabsOf(t: Translate, name: string): Link[] {
	// i18n: settings.tabs.general settings.tabs.responses settings.tabs.menus settings.tabs.profiles
	// i18n: settings.tabs.widgets settings.tabs.feeds settings.tabs.languages settings.tabs.themes settings.tabs.redirects
	return TABS.map((tab) => ({
		href: sectionPath(tab),
		text: t(`settings.tabs.${tab || 'general'}`),
		current: tab === name,
	}))
}
