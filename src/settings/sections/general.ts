import { languageName } from '../../i18n/languages.ts'
import { renderPost } from '../../markdown/render.ts'
import { lineOf, textOf } from '../../web/fields.ts'
import type { Note } from '../settings.ts'
import { field, type Section, type Stand, type Write } from './section.ts'

const LONGEST = { title: 100, tagline: 300, footer: 5000, respondNote: 5000 }

/** How the blog is called and what it says of itself, in each language. */
export const general: Section = {
	name: '',
	current: ({ settings, languages }) =>
		new URLSearchParams(
			languages.flatMap((locale) => [
				[`title-${locale}`, settings.title(locale)],
				[`tagline-${locale}`, settings.tagline(locale)],
				[`footer-${locale}`, settings.footer(locale).source],
				[`respondNote-${locale}`, settings.respondNote(locale).source],
			]),
		),
	groups: ({ t, languages }, form) =>
		languages.map((lang) => ({
			legend: languageName(lang),
			lang,
			fields: [
				field(form, 'line', `title-${lang}`, { label: t('settings.title'), lang }),
				field(form, 'line', `tagline-${lang}`, { label: t('settings.tagline'), lang, hint: t('settings.taglineHint') }),
				field(form, 'area', `footer-${lang}`, { label: t('settings.footer'), lang, hint: t('settings.footerHint') }),
				field(form, 'area', `respondNote-${lang}`, {
					label: t('settings.respondNote'),
					lang,
					hint: t('settings.respondNoteHint'),
				}),
			],
		})),
	async check(stand, form) {
		const errors = Object.assign({}, ...stand.languages.map((locale) => errorsIn(stand, form, locale)))
		const writes = Object.keys(errors).length > 0 ? [] : await writesOf(stand, form)
		return { errors, writes }
	},
}

function errorsIn({ t }: Stand, form: URLSearchParams, locale: string): Record<string, string> {
	const errors: Record<string, string> = {}
	if (lineOf(form, `title-${locale}`) === '') errors[`title-${locale}`] = t('settings.errors.title')
	for (const [name, most] of Object.entries(LONGEST)) {
		const long = [...(form.get(`${name}-${locale}`) ?? '')].length > most
		if (long) errors[`${name}-${locale}`] = t('settings.errors.long', { count: most })
	}
	return errors
}

async function writesOf({ languages }: Stand, form: URLSearchParams): Promise<Write[]> {
	const writes: Write[] = []
	for (const locale of languages) {
		for (const key of ['title', 'tagline']) writes.push({ key, locale, value: lineOf(form, `${key}-${locale}`) })
		for (const key of ['footer', 'respondNote']) {
			writes.push({ key, locale, value: await noteOf(textOf(form, `${key}-${locale}`).trim(), locale) })
		}
	}
	return writes
}

async function noteOf(source: string, locale: string): Promise<Note | undefined> {
	return source === '' ? undefined : { source, html: (await renderPost({ source, format: 'markdown', locale })).html }
}
