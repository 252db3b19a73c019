import type { Alternate } from '../views/model.ts'
import { type Addressed, permalink } from './permalink.ts'

/** A page that exists in a language. */
export interface Sibling {
	locale: string
	path: string
}

/** The published siblings of a translation as pages, in the order of the blog's languages. */
export function siblingPages(siblings: Addressed[], languages: string[]): Sibling[] {
	return languages
		.map((locale) => siblings.find((sibling) => sibling.locale === locale))
		.filter((sibling) => sibling !== undefined)
		.map((sibling) => ({ locale: sibling.locale, path: permalink(sibling) }))
}

/**
 * The one list of a page's languages, for `<head>`, sitemap, switcher, feeds, Open Graph and JSON-LD: absolute links
 * and `x-default` (the default language's sibling, else the first). Empty when the page has one language only; a
 * language that the blog had once has no pages.
 */
export function alternates(siblings: Sibling[], languages: string[], siteUrl: string): Alternate[] {
	const ordered = languages.flatMap((code) => siblings.find(({ locale }) => locale === code) ?? [])
	if (ordered.length < 2) return []
	const main = ordered[0]!
	return [
		...ordered.map(({ locale, path }) => ({ hreflang: locale, href: siteUrl + path })),
		{ hreflang: 'x-default', href: siteUrl + main.path },
	]
}
