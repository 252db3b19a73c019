import { languageName } from '../../i18n/languages.ts'
import { permalink } from '../../posts/permalink.ts'
import { listPages } from '../../posts/queries.ts'
import type { SettingGroup } from '../../views/settings-model.ts'
import type { MenuItem } from '../settings.ts'
import { formOf, movesOf, rowsOf } from './rows.ts'
import { field, type Section, type Stand, type Write } from './section.ts'

const MOST = 30
const LONGEST = { href: 500, text: 60 }
const EMPTY = { href: '', text: '' }

type Row = typeof EMPTY
type Pages = Awaited<ReturnType<typeof listPages>>

/** The navigation of each language: made of the pages, or of what the owner has put there. */
export const menus: Section = {
	name: 'menus',
	async current(stand) {
		const form = new URLSearchParams()
		for (const locale of stand.languages) {
			const items = stand.settings.menu(locale)
			const pages = await listPages(stand.db, locale, stand.now)
			if (items) form.set(`own-${locale}`, '1')
			const rows = (items ?? itemsOf(pages)).map((item) => rowOf(item, pages))
			for (const [name, value] of formOf(rows)) form.append(`${name}-${locale}`, value)
		}
		return form
	},
	async groups(stand, form) {
		const groups: SettingGroup[] = []
		for (const locale of stand.languages) {
			const pages = await listPages(stand.db, locale, stand.now)
			groups.push(ownGroup(stand, form, locale, pages), ...rowGroups(stand, form, locale, pages))
		}
		return groups
	},
	async check(stand, form) {
		const errors: Record<string, string> = {}
		const writes: Write[] = []
		for (const locale of stand.languages) {
			const rows = filledRows(form, locale)
			const pages = await listPages(stand.db, locale, stand.now)
			const isOwn = form.has(`own-${locale}`) || isEdited(stand, rows, locale, pages)
			if (isOwn) Object.assign(errors, errorsOf(stand, rows, locale, pages))
			writes.push({ key: 'menu', locale, value: isOwn ? rows.map((row) => itemOf(row, pages)) : undefined })
		}
		return { errors, writes }
	},
}

/** Whether the rows of a navigation that is made by itself were changed: then it is the owner's own. */
function isEdited({ settings }: Stand, rows: Row[], locale: string, pages: Pages): boolean {
	const byItself = itemsOf(pages).map((item) => rowOf(item, pages))
	return settings.menu(locale) === undefined && JSON.stringify(rows) !== JSON.stringify(byItself)
}

/** What the navigation is made of by itself. */
function itemsOf(pages: Pages): MenuItem[] {
	return pages.filter((page) => page.parent_id === null).map((page) => ({ post: page.post_id }))
}

function rowOf(item: MenuItem, pages: Pages): Row {
	if ('href' in item) return { href: item.href, text: item.text }
	const page = pages.find((page) => page.post_id === item.post)
	return { href: page ? permalink(page) : '', text: item.text ?? '' }
}

/** A page is kept by its number: its address and its title may change. */
function itemOf({ href, text }: Row, pages: Pages): MenuItem {
	const page = pages.find((page) => permalink(page) === href)
	return page ? { post: page.post_id, ...(text === '' ? {} : { text }) } : { href, text }
}

function filledRows(form: URLSearchParams, locale: string): Row[] {
	const [href, text] = [`href-${locale}`, `text-${locale}`] as const
	const move = form.get('move') ?? ''
	const own = new URLSearchParams([...form].filter(([name]) => name !== 'move'))
	if (move.startsWith(`${locale}/`)) own.set('move', move.slice(locale.length + 1))
	return rowsOf(own, [href, text])
		.map((row) => ({ href: row[href]!, text: row[text]! }))
		.filter((row) => row.href || row.text)
}

function ownGroup({ t }: Stand, form: URLSearchParams, lang: string, pages: Pages): SettingGroup {
	return {
		legend: languageName(lang),
		lang,
		fields: [
			field(form, 'flag', `own-${lang}`, { label: t('settings.ownMenu'), hint: t('settings.ownMenuHint'), value: '1' }),
		],
		suggestions: {
			id: `pages-${lang}`,
			options: pages.map((page) => ({ value: permalink(page), text: page.title })),
		},
	}
}

function rowGroups({ t }: Stand, form: URLSearchParams, lang: string, pages: Pages): SettingGroup[] {
	const rows = filledRows(form, lang)
	const nameOf = ({ href, text }: Row) => text || pages.find((page) => permalink(page) === href)?.title || href
	return [...rows, EMPTY].map((row, at) => ({
		legend: at < rows.length ? nameOf(row) : t('settings.newMenuItem'),
		isRow: true,
		moves: movesOf(t, at, rows.length, nameOf(row))
			.filter(() => at < rows.length)
			.map((move) => ({ ...move, value: `${lang}/${move.value}` })),
		fields: [
			field(form, 'line', `href-${lang}`, {
				id: `href-${lang}-${at}`,
				label: t('settings.menuHref'),
				value: row.href,
				list: `pages-${lang}`,
			}),
			field(form, 'line', `text-${lang}`, {
				id: `text-${lang}-${at}`,
				label: t('settings.menuText'),
				value: row.text,
				lang,
			}),
		],
	}))
}

function errorsOf({ t }: Stand, rows: Row[], locale: string, pages: Pages): Record<string, string> {
	const errors: Record<string, string> = {}
	rows.forEach(({ href, text }, at) => {
		const isPage = pages.some((page) => permalink(page) === href)
		if (!isAddress(href)) errors[`href-${locale}-${at}`] = t('settings.errors.menuHref')
		if (text === '' && !isPage) errors[`text-${locale}-${at}`] = t('settings.errors.menuText')
		if (text.length > LONGEST.text) errors[`text-${locale}-${at}`] = t('settings.errors.long', { count: LONGEST.text })
	})
	if (rows.length > MOST) errors[`own-${locale}`] = t('settings.errors.many', { count: MOST })
	return errors
}

/** A path of this blog, or an address elsewhere. */
export function isAddress(href: string): boolean {
	if (href.length > LONGEST.href) return false
	if (href.startsWith('/')) return !/^\/[/\\]/.test(href) && URL.canParse(href, 'http://localhost')
	return ['http:', 'https:', 'mailto:'].includes(URL.parse(href)?.protocol ?? '')
}
