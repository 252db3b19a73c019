import { loadCatalog, type Translate } from '../i18n/catalog.ts'
import type { RenderStrings } from './strings.ts'

const known = new Map<string, RenderStrings>()

/** The words of a locale from its file, section `text`; those of English for a language without a file. */
export function stringsOf(locale: string): RenderStrings {
	const strings = known.get(locale) ?? readStrings(locale)
	known.set(locale, strings)
	return strings
}

function readStrings(locale: string): RenderStrings {
	const t = translatorOf(locale)
	return {
		footnotes: t('text.footnotes'),
		footnoteBack: t('text.footnoteBack', { note: '{0}' }),
		video: t('text.video', { service: '{0}' }),
		table: t('text.table'),
		image: t('text.image'),
		taskDone: t('text.taskDone'),
		taskOpen: t('text.taskOpen'),
	}
}

function translatorOf(locale: string): Translate {
	try {
		return loadCatalog([locale]).translator(locale)
	} catch {
		return loadCatalog(['en']).translator('en')
	}
}
