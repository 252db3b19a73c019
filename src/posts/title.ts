import { LRUCache } from 'lru-cache'
import type { Translation } from '../db/schema.ts'
import { formatMoment } from '../i18n/dates.ts'
import { typesetTitle } from '../markdown/typography.ts'

const typeset = new LRUCache<string, string>({ max: 5000 })

/** What a title is made from. */
export type Titled = Pick<Translation, 'title' | 'format' | 'locale' | 'published_at'>

/** A title to show, with its language's typography; a post that has none is called by its date. */
export function titleOf({ title, format, locale, published_at }: Titled, timezone: string): string {
	if (title.trim() === '') return formatMoment(published_at ?? 0, locale, timezone).text
	// Imported titles keep their own characters, as imported texts do.
	return format === 'html' ? title : typesetOnce(title, locale)
}

function typesetOnce(title: string, locale: string): string {
	const key = `${locale} ${title}`
	const known = typeset.get(key) ?? typesetTitle(title, locale)
	typeset.set(key, known)
	return known
}
