import { formOf, movesOf, rowsOf } from './rows.ts'
import { field, type Section } from './section.ts'

const MOST = 40
const LONGEST = { label: 60, url: 500 }
const EMPTY = { label: '', url: '' }

/** Links to the author elsewhere; what is left empty is dropped. */
export const profiles: Section = {
	name: 'profiles',
	current: ({ settings }) => formOf(settings.profiles.map(({ label, url }) => ({ label, url }))),
	groups: ({ t }, form) => {
		const rows = rowsOf(form, ['label', 'url'])
		const filled = rows.filter(({ label, url }) => label || url)
		return [...filled, EMPTY].map((row, at) => ({
			legend: at < filled.length ? row.label || row.url : t('settings.newProfile'),
			isRow: true,
			moves: at < filled.length ? movesOf(t, at, filled.length, row.label || row.url) : [],
			fields: [
				field(form, 'line', 'url', { id: `url-${at}`, label: t('settings.url'), value: row.url, type: 'url' }),
				field(form, 'line', 'label', { id: `label-${at}`, label: t('settings.linkText'), value: row.label }),
			],
		}))
	},
	check: ({ t }, form) => {
		const rows = rowsOf(form, ['label', 'url']).filter(({ label, url }) => label || url)
		const errors: Record<string, string> = {}
		rows.forEach(({ label, url }, at) => {
			if (!isProfile(url)) errors[`url-${at}`] = t('settings.errors.profile')
			if (label.length > LONGEST.label) errors[`label-${at}`] = t('settings.errors.long', { count: LONGEST.label })
			if (url.length > LONGEST.url) errors[`url-${at}`] = t('settings.errors.long', { count: LONGEST.url })
		})
		if (rows.length > MOST) errors['url-0'] = t('settings.errors.many', { count: MOST })
		const value = rows.map(({ label, url }) => ({ label: label || hostOf(url), url }))
		return { errors, writes: [{ key: 'profiles', value }] }
	},
}

function isProfile(url: string): boolean {
	return ['http:', 'https:', 'mailto:'].includes(URL.parse(url)?.protocol ?? '')
}

function hostOf(url: string): string {
	const { hostname = '', pathname = '' } = URL.parse(url) ?? {}
	return hostname.replace(/^www\./, '') || pathname
}
