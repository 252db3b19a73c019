import { LRUCache } from 'lru-cache'
import type { Time, Translation } from '../db/schema.ts'
import { formatMoment } from '../i18n/dates.ts'
import { typesetTitle } from '../markdown/typography.ts'
import type { Context } from '../web/context.ts'

const typeset = new LRUCache<string, string>({ max: 5000 })

type Titled = Pick<Translation, 'title' | 'format' | 'locale'> & { published_at?: Time | null }

/** A title to show, with its language's typography; a post that has none is called by its date. */
export function titleOf({ title, format, locale, published_at }: Titled, ctx: Context): string {
	if (title.trim() === '') return formatMoment(published_at ?? 0, ctx.state.locale, ctx.blog.config.timezone).text
	// Imported titles keep their own characters, as imported texts do.
	return format === 'html' ? title : typesetOnce(title, locale)
}

function typesetOnce(title: string, locale: string): string {
	const key = `${locale} ${title}`
	const known = typeset.get(key) ?? typesetTitle(title, locale)
	typeset.set(key, known)
	return known
}
